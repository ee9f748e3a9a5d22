"""Accepted material on disk."""

import hashlib
import os
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from daemon.errors import Unavailable
from daemon.library import Keep, Library, shelf
from tests.daemon.crash import deaths

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

FOLDER = "2020-four-ones/战疫故事汇/农学院党委/2020-07-01-1"


def a_keep(folder: Path, name: str, data: bytes = b"data") -> Keep:
    source = folder / hashlib.sha256(name.encode() + data).hexdigest()[:12]
    source.write_bytes(data)
    return Keep(name=name, source=source, sha256=hashlib.sha256(data).hexdigest())


def tree(root: Path) -> dict[str, bytes]:
    files = (p for p in root.rglob("*") if p.is_file())
    return {str(p.relative_to(root)): p.read_bytes() for p in files}


def test_a_submission_lies_in_its_folder_with_its_letter_and_sums(tmp_path: Path) -> None:
    letter = a_keep(tmp_path, "letter", b"From: a@example.com\r\n")
    files = [a_keep(tmp_path, "故事.docx"), a_keep(tmp_path, "图.jpg", b"picture")]
    folder = Library(tmp_path / "library").file(FOLDER, letter, files)
    assert folder == tmp_path / "library" / FOLDER
    assert sorted(p.name for p in folder.iterdir()) == [
        "SHA256SUMS",
        "图.jpg",
        "故事.docx",
        "来件.eml",
    ]
    check = subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=folder, check=True)
    assert check.returncode == 0


def test_filing_twice_changes_nothing(tmp_path: Path) -> None:
    library = Library(tmp_path / "library")
    letter, file = a_keep(tmp_path, "letter"), a_keep(tmp_path, "a.txt")
    library.file(FOLDER, letter, [file])
    before = tree(library.root)
    file.source.unlink()
    library.file(FOLDER, letter, [file])
    assert tree(library.root) == before


def test_hostile_names_stay_in_the_folder_and_apart(tmp_path: Path) -> None:
    names = ["../../../escape.txt", "/etc/passwd", "来件.eml", "SHA256SUMS", "a.jpg", "A.JPG", ""]
    files = [a_keep(tmp_path, name, name.encode()) for name in names]
    folder = Library(tmp_path / "library").file(FOLDER, a_keep(tmp_path, "letter"), files)
    assert len(list(folder.iterdir())) == len(names) + 2
    assert not (tmp_path / "escape.txt").exists()
    assert (folder / "来件.eml").read_bytes() == b"data"


@pytest.mark.parametrize("part", ["..", "a/b", "\0", "../../x"])
def test_a_shelf_stays_below_the_library(part: str) -> None:
    parts = shelf(part, part, part, date(2020, 7, 1)).split("/")
    assert len(parts) == 4
    assert ".." not in parts


def test_bytes_that_changed_on_the_way_are_never_filed(tmp_path: Path) -> None:
    file = a_keep(tmp_path, "a.txt")
    file.source.write_bytes(b"tampered")
    library = Library(tmp_path / "library")
    with pytest.raises(Unavailable, match="recorded"):
        library.file(FOLDER, a_keep(tmp_path, "letter"), [file])
    assert not (library.root / FOLDER).exists()


def test_a_file_that_is_gone_is_the_worlds_fault(tmp_path: Path) -> None:
    file = a_keep(tmp_path, "a.txt")
    file.source.unlink()
    with pytest.raises(Unavailable, match="filing"):
        Library(tmp_path / "library").file(FOLDER, a_keep(tmp_path, "letter"), [file])


def test_who_writes_into_the_library_does_not_change_the_raw_copy(tmp_path: Path) -> None:
    """Only decoded files, which are ours alone, lie there as the same file."""
    letter, file = a_keep(tmp_path, "letter", b"raw"), a_keep(tmp_path, "a.txt")
    files = [file, replace(a_keep(tmp_path, "b.txt"), ours=True)]
    folder = Library(tmp_path / "library").file(FOLDER, letter, files)
    for name in ("来件.eml", "a.txt"):
        (folder / name).write_bytes(b"edited in place")
    assert letter.source.read_bytes() == b"raw"
    assert file.source.read_bytes() == b"data"
    assert (folder / "b.txt").samefile(files[1].source)


def test_a_decoded_file_that_changed_on_the_way_is_not_filed(tmp_path: Path) -> None:
    file = replace(a_keep(tmp_path, "a.txt"), ours=True)
    file.source.write_bytes(b"tampered")
    library = Library(tmp_path / "library")
    with pytest.raises(Unavailable, match="recorded"):
        library.file(FOLDER, a_keep(tmp_path, "letter"), [file])
    assert not (library.root / FOLDER).exists()


def test_a_write_that_is_cut_short_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a disk does that is nearly full."""

    class Reluctant(FileIO):
        def write(self, data: "ReadableBuffer") -> int:
            return super().write(memoryview(data)[:7])

    monkeypatch.setattr("daemon.library.FileIO", Reluctant)
    letter = a_keep(tmp_path, "letter", b"From: a@example.com\r\n" * 100)
    folder = Library(tmp_path / "library").file(FOLDER, letter, [])
    assert (folder / "来件.eml").read_bytes() == letter.source.read_bytes()
    assert (folder / "SHA256SUMS").read_text() == f"{letter.sha256}  来件.eml\n"


def test_power_may_fail_once_the_folder_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every file, and every folder that got a new name in it, was synced; files before folders."""
    synced: list[str] = []
    sync = os.fsync

    def noted(handle: int) -> None:
        path = Path(f"/proc/self/fd/{handle}").readlink()
        synced.append(str(path.relative_to(tmp_path)))
        sync(handle)

    monkeypatch.setattr(os, "fsync", noted)
    library = Library(tmp_path / "library")
    library.file("notice/unit/1", a_keep(tmp_path, "letter"), [a_keep(tmp_path, "a.txt")])
    incoming = next(str(Path(path).parent) for path in synced if ".incoming/" in path)
    written = [path.removeprefix(f"{incoming}/") for path in synced if incoming in path]
    assert written == ["来件.eml", "a.txt", "SHA256SUMS", incoming]
    assert synced[-1] == "library/notice/unit"
    assert {".", "library", "library/notice"} <= set(synced)
    assert len(synced) == len(set(synced)) + 1, "the root alone twice, for two names in it"


def test_folders_that_are_there_are_synced_once_more_after_a_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A crash may have come between making them and that; and somebody may have moved them."""
    synced: list[Path] = []
    letter, root = a_keep(tmp_path, "letter"), tmp_path / "library"
    Library(root).file("notice/unit/1", letter, [])
    monkeypatch.setattr("daemon.library._sync", synced.append)
    library = Library(root)
    library.file("notice/unit/2", letter, [])
    assert {root, root / "notice", root / "notice/unit"} <= set(synced)
    synced.clear()
    library.file("notice/unit/3", letter, [])
    assert {path.name for path in synced if ".incoming" not in path.parts} == {"unit"}
    (root / "notice").rename(tmp_path / "elsewhere")
    synced.clear()
    library.file("notice/unit/4", letter, [])
    assert {root, root / "notice", root / "notice/unit"} <= set(synced)


def test_killed_between_any_two_lines_the_folder_is_whole_or_absent(tmp_path: Path) -> None:
    files = [a_keep(tmp_path, "1.jpg"), a_keep(tmp_path, "1.JPG", b"other")]
    letter = a_keep(tmp_path, "letter", b"letter")
    whole = tree(Library(tmp_path / "calm").file(FOLDER, letter, files))
    library = Library(tmp_path / "library")
    step = 0
    for step in deaths(lambda n: filed(library, n, letter, files), within="daemon/library"):
        left = library.root / f"{FOLDER}-{step}"
        assert not left.exists() or tree(left) == whole
        assert tree(filed(library, step, letter, files)) == whole
    assert step > 80
    assert list((library.root / ".incoming").iterdir()) == []


def filed(library: Library, number: int, letter: Keep, files: Sequence[Keep]) -> Path:
    return library.file(f"{FOLDER}-{number}", letter, files)
