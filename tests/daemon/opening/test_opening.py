"""A mail opened in a process of its own is the same mail; its death costs no more than itself."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from daemon import links
from daemon import message as letter
from daemon.errors import Unavailable
from daemon.message import Opened
from daemon.opening import LIMITS, LOST, Openers
from daemon.opening.wire import (
    from_words,
    provider_from_words,
    provider_to_words,
    to_words,
)
from tests import material
from tests.letters import letter as written

RECEIVED = datetime(2020, 7, 10, 4, 30, 1, tzinfo=UTC)
DYING = "tests.daemon.opening.dying"
BAIDU = "链接: https://pan.baidu.com/s/1aBcDeFgHiJkLmNoPqRsTuV 提取码: ab12"


@pytest.fixture(scope="module")
def openers() -> Iterator[Openers]:
    with Openers(workers=1) as ready:
        yield ready


@pytest.fixture
def into(tmp_path: Path) -> Path:
    folder = tmp_path / "work"
    folder.mkdir()
    return folder


def spooled(folder: Path, raw: bytes) -> Path:
    path = folder / "spooled.eml"
    path.write_bytes(raw)
    return path


def beside(opened: Opened, folder: Path) -> Opened:
    """With its files named as they lie below the folder."""
    files = (replace(f, disk=f.disk.relative_to(folder)) for f in opened.files)
    return replace(opened, files=tuple(files))


MAILS = {
    "a film and a manuscript": written(
        subject="信息学院党委+理论宣讲+20200701",
        files=[("讲稿.docx", material.docx("一", "二")), ("宣讲.mp4", material.mp4(5))],
        text=BAIDU,
    ),
    "nothing": b"",
    "no mail at all": os.urandom(4_000),
    "a mail in a mail": written(
        subject="转发", files=[("原信.eml", written(subject="内", files=[("a.txt", b"a")]))]
    ),
    "half a character": b"Subject: \xff\xfe\xed\xa0\x80\r\nFrom: \xff@x\r\n\r\n\x80",
}


@pytest.mark.parametrize("raw", MAILS.values(), ids=MAILS)
def test_a_mail_is_the_same_wherever_it_is_opened(
    openers: Openers, tmp_path: Path, into: Path, raw: bytes
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    path = spooled(tmp_path, raw)
    there = openers.open(path, into, received=RECEIVED)
    assert beside(there, into) == beside(letter.read(path, here, received=RECEIVED), here)
    assert all(f.disk.stat().st_size == f.size for f in there.files)


def test_a_mail_that_kills_twice_is_unreadable_and_the_next_one_is_opened(
    tmp_path: Path, into: Path
) -> None:
    path = spooled(tmp_path, written(subject="die"))
    with Openers(workers=1, program=DYING) as openers:
        lost = openers.open(path, into, received=RECEIVED)
        assert lost.message.unreadable == LOST
        assert lost.message.received == RECEIVED
        path.write_bytes(written(subject="live"))
        assert openers.open(path, into, received=None).message.subject == "live"


def test_a_mail_that_kills_once_is_opened(tmp_path: Path, into: Path) -> None:
    path = spooled(tmp_path, written(subject="die once", files=[("a.txt", b"abc")]))
    with Openers(workers=1, program=DYING) as openers:
        opened = openers.open(path, into, received=RECEIVED)
    assert opened.message.subject == "die once"
    assert [f.disk.read_bytes() for f in opened.files] == [b"abc"]


def test_a_mail_that_hangs_is_given_up(tmp_path: Path, into: Path) -> None:
    path = spooled(tmp_path, written(subject="hang"))
    with Openers(workers=1, program=DYING, limits=replace(LIMITS, timeout=1.0)) as openers:
        assert openers.open(path, into, received=None).message.unreadable == LOST


def test_what_the_disk_does_is_the_fault_of_the_world(
    openers: Openers, tmp_path: Path, into: Path
) -> None:
    with pytest.raises(Unavailable, match="No such file"):
        openers.open(tmp_path / "gone.eml", into, received=None)


@pytest.mark.parametrize("place", ["../spooled.eml", "/etc/passwd", "link", "folder/passwd", "no"])
def test_a_process_that_was_taken_over_names_no_file_outside_its_folder(
    tmp_path: Path, into: Path, place: str
) -> None:
    path = spooled(tmp_path, written(subject="甲", files=[("a.txt", b"abc")]))
    (into / "link").symlink_to("/etc/passwd")
    (into / "folder").symlink_to("/etc")
    words = to_words(letter.read(path, into, received=None), into)
    assert from_words(words, into).files
    words["files"][0]["disk"] = place
    with pytest.raises(ValueError, match="no file of this mail"):
        from_words(words, into)


def test_every_provider_of_links_is_told_whole() -> None:
    told = [provider_from_words(provider_to_words(p)) for p in links.shipped()]
    assert told == list(links.shipped())
