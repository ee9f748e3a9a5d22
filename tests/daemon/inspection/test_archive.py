"""Archives are opened within bounds, and nothing in them can reach out of its folder."""

import gzip
import io
import shutil
import struct
import subprocess
import tarfile
import zipfile
import zlib
from pathlib import Path

import pytest

from daemon.errors import Unavailable
from daemon.inspection import Examined, Inspector
from daemon.inspection.archive.member import base_name
from rules.submission import Facts
from tests import material
from tests.daemon.inspection.files import written
from tests.daemon.inspection.rars import rar4_locked, rar5


@pytest.fixture
def opened(inspector: Inspector, tmp_path: Path) -> "Opener":
    return Opener(inspector, tmp_path)


class Opener:
    def __init__(self, inspector: Inspector, folder: Path) -> None:
        self._inspector = inspector
        self.folder = folder

    def __call__(self, name: str, data: bytes) -> list[Examined]:
        files = self.folder / "files"
        files.mkdir()
        into = self.folder / "into"
        into.mkdir()
        return list(self._inspector.inspect([written(files, name, data)], into))

    def facts(self, name: str, data: bytes) -> Facts:
        return self(name, data)[0].attachment.facts


def names(found: list[Examined]) -> list[str]:
    return [examined.attachment.name for examined in found]


def test_the_container_comes_first_and_its_members_know_it(opened: Opener) -> None:
    found = opened("材料.zip", material.zip_of({"稿件.txt": b"x", "照片/a.txt": b"yy"}))
    assert names(found) == ["材料.zip", "稿件.txt", "a.txt"]
    assert [e.attachment.path for e in found] == [(), ("材料.zip",), ("材料.zip",)]
    assert found[0].attachment.facts.entries == 2
    assert found[2].attachment.facts.size == 2
    assert found[2].disk.read_bytes() == b"yy"


def test_windows_writes_names_in_gbk(opened: Opener) -> None:
    data = material.zip_of({"农学院党委+战疫故事汇.txt": b"x"}, gbk=True)
    assert names(opened("a.zip", data))[1] == "农学院党委+战疫故事汇.txt"


def test_names_in_utf8_without_the_flag_are_utf8(opened: Opener) -> None:
    data = material.zip_of({"xxxxxxxxx.txt": b"x"})
    data = data.replace(b"xxxxxxxxx", "春天里".encode())
    assert names(opened("a.zip", data))[1] == "春天里.txt"


def test_the_unicode_path_field_is_believed_when_its_checksum_fits(opened: Opener) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        entry = zipfile.ZipInfo("a.txt")
        body = struct.pack("<BI", 1, zlib.crc32(b"a.txt")) + "春天.txt".encode()
        entry.extra = struct.pack("<HH", 0x7075, len(body)) + body
        archive.writestr(entry, b"x")
    assert names(opened("a.zip", out.getvalue()))[1] == "春天.txt"


def test_a_path_that_climbs_out_is_only_a_name(opened: Opener) -> None:
    data = material.zip_of({"../../../../tmp/evil.txt": b"x", "C:\\Windows\\evil2.txt": b"y"})
    found = opened("a.zip", data)
    assert names(found)[1:] == ["evil.txt", "evil2.txt"]
    assert all(opened.folder in e.disk.parents for e in found)


def test_links_and_devices_are_left_where_they_are(opened: Opener) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("a.txt", "x")
    assert names(opened("a.zip", out.getvalue())) == ["a.zip", "a.txt"]


def test_a_tar_gives_its_files_and_no_links(opened: Opener) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, kind in (("a/稿件.txt", tarfile.REGTYPE), ("l", tarfile.SYMTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    assert names(opened("a.tar", out.getvalue())) == ["a.tar", "稿件.txt"]


def test_a_gzip_holds_one_file_named_by_it(opened: Opener) -> None:
    found = opened("稿件.txt.gz", gzip.compress(b"hello"))
    assert names(found) == ["稿件.txt.gz", "稿件.txt"]


def test_a_gzip_cut_short_is_truncated(opened: Opener) -> None:
    data = gzip.compress(bytes(range(256)) * 64)
    assert opened.facts("a.gz", data[: len(data) // 2]).damaged == "truncated"


def test_what_macos_windows_and_telephones_leave_behind_is_ignored(opened: Opener) -> None:
    left = (
        "__MACOSX/._a.docx",
        ".DS_Store",
        "图/Thumbs.db",
        "._a.jpg",
        "desktop.ini",
        "图/IMG_1.AAE",
    )
    found = opened("a.zip", material.zip_of(dict.fromkeys((*left, "a.txt"), b"x")))
    assert [e.attachment.ignored for e in found] == ["", *["system"] * 6, ""]


def test_a_zip_under_a_password_is_encrypted(opened: Opener) -> None:
    facts = opened.facts("a.zip", material.zip_of({"a.txt": b"x"}, encrypted=True))
    assert (facts.encrypted, facts.damaged) == (True, "")


def test_a_rar_gives_its_files(opened: Opener) -> None:
    found = opened("a.rar", material.rar({"a.txt": b"hello"}))
    assert names(found) == ["a.rar", "a.txt"]
    assert found[1].disk.read_bytes() == b"hello"


@pytest.mark.parametrize(
    ("data", "locked"),
    [
        (material.rar({"a.txt": b"hello"}), False),
        (rar4_locked(names_too=False), True),
        (rar4_locked(names_too=True), True),
        (rar5(b"a.txt", b"hello"), False),
        (rar5(b"a.txt", b"hello", locked=True), True),
        (rar5(b"a.txt", b"hello", names_too=True), True),
    ],
)
def test_a_rar_under_a_password_is_encrypted_and_not_noise(
    opened: Opener, data: bytes, *, locked: bool
) -> None:
    found = opened("a.rar", data)
    assert found[0].attachment.facts.encrypted is locked
    assert len(found) == (1 if locked else 2)


def test_a_rar_that_ends_in_a_document_is_not_taken_for_that_document(opened: Opener) -> None:
    """A stored .docx at the end looks like the end of a ZIP; its parts are no files of anybody."""
    found = opened("a.rar", material.rar({"a.txt": b"hello", "b.docx": material.manuscript()}))
    assert names(found) == ["a.rar", "a.txt", "b.docx"]


@pytest.mark.skipif(shutil.which("7z") is None, reason="makes its samples with p7zip-full")
@pytest.mark.parametrize(
    ("options", "locked"), [((), False), (("-psecret",), True), (("-psecret", "-mhe=on"), True)]
)
def test_a_7z_opens_or_says_that_it_needs_a_password(
    opened: Opener, options: tuple[str, ...], *, locked: bool
) -> None:
    path = opened.folder / "made.7z"
    (opened.folder / "稿件.txt").write_bytes(b"hello")
    subprocess.run(
        ["7z", "a", "-bd", *options, path, opened.folder / "稿件.txt"],
        check=True,
        capture_output=True,
    )
    found = opened("a.7z", path.read_bytes())
    assert found[0].attachment.facts.encrypted is locked
    assert names(found)[1:] == ([] if locked else ["稿件.txt"])


def test_an_archive_cut_short_is_damaged_and_what_came_out_is_judged(opened: Opener) -> None:
    data = material.zip_of({"a.txt": b"x" * 50, "b.bin": bytes(range(256)) * 200}, stored=True)
    found = opened("a.zip", data[: len(data) - 20_000])
    assert found[0].attachment.facts.damaged in {"truncated", "unopenable"}


def test_a_member_that_is_broken_is_told_of(opened: Opener) -> None:
    data = material.zip_of({"a.txt": b"hello hello", "b.txt": b"fine"}, stored=True)
    found = opened("a.zip", data.replace(b"hello hello", b"hellO hello"))
    assert found[0].attachment.facts.damaged == "unopenable"


@pytest.mark.parametrize(("depth", "bomb"), [(1, ""), (3, ""), (4, "depth")])
def test_archives_nest_three_levels(opened: Opener, depth: int, bomb: str) -> None:
    found = opened("a.zip", material.nested_zip({"a.txt": b"x"}, depth))
    assert found[0].attachment.facts.bomb == bomb
    assert len(found) == (1 if bomb else depth + 1)


@pytest.mark.parametrize(("count", "bomb"), [(1000, ""), (1001, "entries"), (10_000, "entries")])
def test_a_thousand_entries_are_enough(opened: Opener, count: int, bomb: str) -> None:
    data = material.zip_of({f"{i}.txt": b"" for i in range(count)})
    assert opened.facts("a.zip", data).bomb == bomb


def test_entries_of_all_levels_count_together(opened: Opener) -> None:
    inner = material.zip_of({f"{i}.txt": b"" for i in range(600)})
    found = opened("a.zip", material.zip_of({"1.zip": inner, "2.zip": inner}))
    assert [e.attachment.facts.bomb for e in found] == ["entries"]


def test_a_bomb_stays_closed_and_leaves_nothing_behind(opened: Opener) -> None:
    found = opened("a.zip", material.zip_bomb(64))
    assert [e.attachment.facts.bomb for e in found] == ["ratio"]
    assert list((opened.folder / "into").iterdir()) == []


def test_a_small_file_that_shrinks_a_thousandfold_is_no_bomb(opened: Opener) -> None:
    assert opened.facts("a.zip", material.zip_of({"blank.bmp": bytes(1 << 20)})).bomb == ""


def test_a_large_file_that_shrinks_a_thousandfold_is(opened: Opener) -> None:
    data = material.zip_of({"blank.bmp": bytes((1 << 20) + 1)})
    assert opened.facts("a.zip", data).bomb == "ratio"


def in_deflate64(data: bytes) -> bytes:
    """The first member marked as Windows marks films over 2 GB."""
    marked = bytearray(data)
    for mark, place in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        struct.pack_into("<H", marked, marked.find(mark) + place, 9)
    return bytes(marked)


def test_a_method_that_nobody_here_reads_is_no_damage_and_the_others_are_read(
    opened: Opener,
) -> None:
    found = opened("a.zip", in_deflate64(material.zip_of({"片.mp4": b"x", "稿.txt": b"y"})))
    facts = found[0].attachment.facts
    assert (facts.unknown, facts.damaged, names(found)[1:]) == ("method", "", ["稿.txt"])


@pytest.mark.skipif(shutil.which("7z") is None, reason="makes its samples with p7zip-full")
@pytest.mark.parametrize(
    ("kind", "method", "read"),
    [
        ("zip", "PPMd", True),
        ("zip", "BZip2", True),
        ("zip", "LZMA", True),
        ("zip", "Deflate64", False),
        ("7z", "PPMd", True),
        ("7z", "Deflate64", False),
    ],
)
def test_every_way_of_packing_is_read_or_named(
    opened: Opener, kind: str, method: str, *, read: bool
) -> None:
    path, text = opened.folder / f"made.{kind}", opened.folder / "稿件.txt"
    text.write_bytes(b"hello hello hello\n" * 3000)
    option = f"-mm={method}" if kind == "zip" else f"-m0={method}"
    command = ["7z", "a", "-bd", f"-t{kind}", option, str(path), str(text)]
    subprocess.run(command, check=True, capture_output=True)
    found = opened(f"a.{kind}", path.read_bytes())
    assert found[0].attachment.facts.unknown == ("" if read else "method")
    assert names(found)[1:] == (["稿件.txt"] if read else [])


def test_a_folder_that_cannot_be_made_is_the_fault_of_the_world(
    inspector: Inspector, tmp_path: Path
) -> None:
    file = written(tmp_path, "a.zip", material.zip_of({"a.txt": b"x"}))
    with pytest.raises(Unavailable, match="open an archive"):
        inspector.inspect([file], tmp_path / "gone")


def test_programs_in_archives_are_seen(opened: Opener) -> None:
    found = opened("a.zip", material.zip_of({"照片.jpg": material.exe()}))
    assert found[1].attachment.facts.executable


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("a/b.txt", "b.txt"),
        ("a\\b.txt", "b.txt"),
        ("..", ".."),
        ("", "未命名"),
        ("a\x00b\u202etxt.exe", "abtxt.exe"),
        ("夹/", "夹"),
    ],
)
def test_a_name_is_the_last_part_of_a_path_and_printable(path: str, name: str) -> None:
    assert base_name(path) == name
