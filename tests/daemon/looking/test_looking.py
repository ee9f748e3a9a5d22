"""A mail that sandboxed processes look into is the same mail; a death costs no more than itself."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from daemon import links, looking
from daemon import message as letter
from daemon.errors import Unavailable
from daemon.looking import AT_ONCE, LOST, Here, Looked, Lookers
from daemon.looking.wire import (
    from_words,
    provider_from_words,
    provider_to_words,
    to_words,
)
from daemon.sandbox import Limits
from tests import material
from tests.letters import letter as written

RECEIVED = datetime(2020, 7, 10, 4, 30, 1, tzinfo=UTC)
DYING = "tests.daemon.looking.dying"
BAIDU = "链接: https://pan.baidu.com/s/1aBcDeFgHiJkLmNoPqRsTuV 提取码: ab12"


@pytest.fixture(scope="module")
def lookers() -> Iterator[Lookers]:
    with Lookers(workers=1) as ready:
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


def beside(looked: Looked, folder: Path) -> Looked:
    """With its files named as they lie below the folder."""
    opened = looked.opened
    files = tuple(replace(f, disk=f.disk.relative_to(folder)) for f in opened.files)
    found = (replace(e, disk=Path(e.disk.name)) for e in looked.examined)
    return Looked(replace(opened, files=files), tuple(found))


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
def test_a_mail_is_the_same_wherever_it_is_looked_into(
    lookers: Lookers, tmp_path: Path, into: Path, raw: bytes
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    path = spooled(tmp_path, raw)
    there = lookers.look(path, into, RECEIVED)
    assert beside(there, into) == beside(Here(lookers).look(path, here, RECEIVED), here)
    assert all(f.disk.stat().st_size == f.size for f in there.opened.files)


def test_a_large_mail_is_the_same_too(lookers: Lookers, tmp_path: Path, into: Path) -> None:
    files = [("讲稿.docx", material.docx("一")), ("附件.bin", os.urandom(AT_ONCE))]
    path = spooled(tmp_path, written(subject="甲", files=files))
    here = tmp_path / "here"
    here.mkdir()
    there = lookers.look(path, into, RECEIVED)
    assert beside(there, into / "apart") == beside(Here(lookers).look(path, here, RECEIVED), here)


def test_a_mail_that_kills_twice_is_unreadable_and_the_next_one_is_opened(
    tmp_path: Path, into: Path
) -> None:
    path = spooled(tmp_path, written(subject="die"))
    with Lookers(workers=1, program=DYING) as lookers:
        lost = lookers.look(path, into, RECEIVED).opened
        assert lost.message.unreadable == LOST
        assert lost.message.received == RECEIVED
        path.write_bytes(written(subject="live"))
        assert lookers.look(path, into, None).opened.message.subject == "live"


@pytest.mark.parametrize("subject", ["die once", "die in a look"])
def test_a_mail_that_kills_once_is_opened(tmp_path: Path, into: Path, subject: str) -> None:
    path = spooled(tmp_path, written(subject=subject, files=[("a.txt", b"abc")]))
    with Lookers(workers=1, program=DYING) as lookers:
        looked = lookers.look(path, into, RECEIVED)
    assert looked.opened.message.subject == subject
    assert [e.disk.read_bytes() for e in looked.examined] == [b"abc"]


def test_a_file_that_kills_costs_nothing_but_itself(tmp_path: Path, into: Path) -> None:
    files = [("a.txt", b"abc"), ("b.bin", b"deadly"), ("c.pdf", material.pdf())]
    path = spooled(tmp_path, written(subject="die in a look", files=files))
    with Lookers(workers=1, program=DYING) as lookers:
        examined = lookers.look(path, into, RECEIVED).examined
    assert [e.attachment.facts.unknown for e in examined] == ["", "died", ""]
    assert [e.attachment.facts.size for e in examined] == [len(data) for _, data in files]


def test_a_mail_that_hangs_is_given_up(
    tmp_path: Path, into: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "OPENING", 1.0)
    path = spooled(tmp_path, written(subject="hang"))
    with Lookers(workers=1, program=DYING, limits=Limits(timeout=1.0)) as lookers:
        assert lookers.look(path, into, None).opened.message.unreadable == LOST


def test_what_the_disk_does_is_the_fault_of_the_world(
    lookers: Lookers, tmp_path: Path, into: Path
) -> None:
    with pytest.raises(Unavailable, match="No such file"):
        lookers.look(tmp_path / "gone.eml", into, None)
    with pytest.raises(Unavailable, match="No such file"):
        lookers.look(spooled(tmp_path, MAILS["a mail in a mail"]), tmp_path / "gone", None)


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
