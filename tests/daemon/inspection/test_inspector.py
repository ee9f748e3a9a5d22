"""Files in, facts out: the whole way, through the sandbox."""

import threading
from pathlib import Path

import pytest

from daemon.errors import Unavailable
from daemon.inspection import Examined, Inspector
from rules.submission import Contact, Facts, Picture
from tests import material
from tests.daemon.inspection.files import written


def inspect(inspector: Inspector, folder: Path, **files: bytes) -> tuple[Examined, ...]:
    """Files by name; `_` stands for the dot."""
    put, into = folder / "files", folder / "into"
    put.mkdir()
    into.mkdir()
    loose = [written(put, name.replace("_", "."), data) for name, data in files.items()]
    return inspector.inspect(loose, into)


def test_an_ordinary_mail_is_inspected(inspector: Inspector, tmp_path: Path) -> None:
    photo = material.jpeg()
    found = inspect(
        inspector,
        tmp_path,
        稿件_docx=material.manuscript(pictures=(photo,)),
        照片_jpg=photo,
        推荐表_pdf=material.scan_pdf(),
        微党课_mp4=material.mp4(),
    )
    facts = [e.attachment.facts for e in found]
    assert [f.format for f in facts] == ["docx", "jpeg", "pdf", "mp4"]
    assert facts[0].contact == Contact(name="张老师", way="13800138000")
    hash_, sketch = facts[1].hash, facts[1].sketch
    shown = Picture(width=1600, height=1200, size=len(photo), hash=hash_, sketch=sketch)
    assert facts[0].pictures == (shown,)
    assert not any(f.damaged or f.unknown or f.encrypted for f in facts)


def test_nothing_to_inspect_starts_nothing(tmp_path: Path) -> None:
    with Inspector() as idle:
        assert idle.inspect([], tmp_path) == ()


def test_facts_come_through_the_sandbox_unchanged(inspector: Inspector, tmp_path: Path) -> None:
    (found,) = inspect(inspector, tmp_path, a_docx=material.form())
    assert isinstance(found.attachment.facts.tables[0][0], tuple)
    assert hash(found.attachment) == hash(found.attachment)


def test_what_the_message_said_of_a_file_is_kept(inspector: Inspector, tmp_path: Path) -> None:
    logo = written(tmp_path, "logo.png", material.png(40, 30), ignored="logo")
    (found,) = inspector.inspect([logo], tmp_path)
    assert (found.attachment.ignored, found.attachment.name) == ("logo", "logo.png")
    assert found.attachment.facts.format == "png"
    assert found.disk == logo.disk


def test_an_ignored_archive_is_not_opened(inspector: Inspector, tmp_path: Path) -> None:
    file = written(tmp_path, "a.zip", material.zip_of({"a.txt": b"x"}), ignored="report")
    assert len(inspector.inspect([file], tmp_path)) == 1


def test_an_empty_file_is_called_empty(inspector: Inspector, tmp_path: Path) -> None:
    (found,) = inspect(inspector, tmp_path, a_docx=b"")
    assert (found.attachment.facts.format, found.attachment.facts.size) == ("empty", 0)


def test_several_threads_inspect_at_once(inspector: Inspector, tmp_path: Path) -> None:
    results: list[str] = []

    def one(number: int) -> None:
        folder = tmp_path / str(number)
        folder.mkdir()
        (found,) = inspect(inspector, folder, a_jpg=material.jpeg(400, 300))
        results.append(found.attachment.facts.format)

    threads = [threading.Thread(target=one, args=(i,)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == ["jpeg"] * 4


def test_a_file_that_vanished_is_the_fault_of_the_world(
    inspector: Inspector, tmp_path: Path
) -> None:
    file = written(tmp_path, "a.txt", b"x")
    file.disk.unlink()
    with pytest.raises(Unavailable, match="look into a file"):
        inspector.inspect([file], tmp_path)


@pytest.mark.parametrize("count", [1, 2])
def test_who_still_asks_when_the_daemon_stops_is_told_so(tmp_path: Path, count: int) -> None:
    files = [written(tmp_path, f"{n}.txt", b"x") for n in range(count)]
    inspector = Inspector()
    inspector.close()
    with pytest.raises(Unavailable, match="stopping"):
        inspector.inspect(files, tmp_path)


def test_a_scanner_that_is_not_there_is_the_fault_of_the_world(tmp_path: Path) -> None:
    file = written(tmp_path, "a.txt", b"x")
    with (
        Inspector(workers=1, clamd=str(tmp_path / "no.socket")) as scanned,
        pytest.raises(Unavailable, match="clamd"),
    ):
        scanned.inspect([file], tmp_path)


def test_a_lost_worker_leaves_what_it_had_said(tmp_path: Path) -> None:
    """The program dies after a first look: the format is known, the rest is not."""
    with Inspector(workers=1, program="tests.daemon.inspection.dying") as inspector:
        (found,) = inspect(inspector, tmp_path, a_mp4=material.mp4())
    facts = found.attachment.facts
    assert facts == Facts(size=facts.size, sha256=facts.sha256, format="mp4", unknown="died")
