"""Messages recorded together: all of a group or none, and what a crash leaves is made good."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from daemon.config import Config, load
from daemon.errors import Unavailable
from daemon.filing import AtHand, Filer
from daemon.ledger import Key, Ledger
from daemon.ledger.filings import Filing
from daemon.ledger.skipped import Skipped
from daemon.mailbox.maildir import LocalFolder
from daemon.office import Office
from tests import material
from tests.daemon.crash import killed_at
from tests.daemon.offices import NOON, Clock, an_office, configured, post
from tests.journeys.post import good
from tests.letters import letter

UNITS = ("农学院党委", "园艺学院党委", "资源环境学院党委", "动物科学学院党委", "机关党委")
SUBJECT = "农学院党委+战疫故事汇+20200701"


@pytest.fixture
def seen(tmp_path: Path) -> Config:
    """An office in which recorded mail is marked; a letter of each unit waits."""
    path = an_office(tmp_path)
    text = path.read_text().replace('path = "in"', 'path = "in"\nafter = "seen"')
    path.write_text(text)
    for number, unit in enumerate(UNITS):
        post(tmp_path, f"{number}", good(unit, title=f"第{number}稿"))
    return load(path)


def marked(root: Path) -> list[str]:
    return sorted(p.name for p in (root / "in" / "cur").iterdir() if p.name.endswith("S"))


def test_ready_together_recorded_together(seen: Config) -> None:
    commits: list[str] = []
    with Office(seen, clock=Clock()) as office:
        office.ledger._store._connection.set_trace_callback(
            lambda said: commits.append(said) if said == "commit" else None
        )
        assert office.poll(seen.mailboxes[0]) == len(UNITS)
        office.ledger._store._connection.set_trace_callback(None)
    # at worst each alone: row, filing, end of what was left to do
    assert 0 < len(commits) <= 3 * len(UNITS) + 2


def test_a_later_message_of_a_group_knows_the_earlier_ones(tmp_path: Path) -> None:
    config = configured(tmp_path)
    text = ("文.docx", material.manuscript())
    for number in range(5):
        raw = letter(
            subject="农学院党委+战疫故事汇+20200701", files=[text], text=f"{number}", date=NOON
        )
        post(tmp_path, f"{number}", raw)
    with Office(config, clock=Clock()) as office:
        office.poll(config.mailboxes[0])
        rows = list(office.ledger.messages())
    assert sorted(row["version"] for row in rows) == [1, 2, 3, 4, 5]
    assert sum(row["reply"] is not None for row in rows) == 3, "the cap of a sender"


def test_a_group_that_is_not_committed_leaves_no_row_and_marks_nothing(
    tmp_path: Path, seen: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Office(seen, clock=Clock()) as office:
        record = Ledger.record
        taken: list[int] = []

        def full(self: Ledger, entry: object) -> int:
            taken.append(record(self, entry))  # type: ignore[arg-type]
            if len(taken) == 3:
                office.ledger._store._connection.execute("rollback")  # as on a full disk
                raise Unavailable("writing the ledger", sqlite3.OperationalError("disk is full"))
            return taken[-1]

        monkeypatch.setattr(Ledger, "record", full)
        with pytest.raises(Unavailable):
            office.poll(seen.mailboxes[0])
        monkeypatch.undo()
        rows = list(office.ledger.messages())
        assert len(marked(tmp_path)) <= len(rows), "nothing is marked that has no row"
        while office.poll(seen.mailboxes[0]):
            pass
        assert len(list(office.ledger.messages())) == len(UNITS)
    assert len(marked(tmp_path)) == len(UNITS)


@pytest.mark.parametrize("what", ["shelve", "dispose", "settle"])
def test_what_a_crash_behind_the_commit_left_the_next_pass_does(
    tmp_path: Path, seen: Config, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """Not for the last message alone: for every one of the group."""
    owner = {"shelve": Filer, "dispose": LocalFolder, "settle": Skipped}[what]

    class Killed(BaseException):
        pass

    def die(*_: object) -> Iterator[None]:
        raise Killed

    with Office(seen, clock=Clock()) as office, monkeypatch.context() as patch:
        patch.setattr(owner, what, die)
        with pytest.raises(Killed):
            office.poll(seen.mailboxes[0])
    with Office(seen, clock=Clock()) as office:
        for _ in UNITS:
            office.poll(seen.mailboxes[0])
        assert len(list(office.ledger.messages())) == len(UNITS)
        assert office.ledger.skipped.of(seen.mailboxes[0].name, "", _validity(office)) == {}
        assert office.ledger.filings.unfiled() == ()
    assert len(marked(tmp_path)) == len(UNITS)
    assert len(list((tmp_path / "state/library").glob("[!.]*/*/*/*"))) == len(UNITS)


def test_what_has_left_the_folder_is_not_looked_for_any_more(tmp_path: Path, seen: Config) -> None:
    """We moved it ourselves, and died before we could say so."""
    box = seen.mailboxes[0]
    with Office(seen, clock=Clock()) as office:
        office.poll(box)
        key = Key(mailbox=box.name, uidvalidity=_validity(office), uid=2)
        office.ledger.skipped.unfinished(key, NOON)
        next((tmp_path / "in" / "cur").glob("1:*")).unlink()
        office.poll(box)
        assert office.ledger.skipped.of(box.name, "", key.uidvalidity) == {}


def test_a_folder_that_takes_no_mark_keeps_no_new_mail_from_being_read(
    tmp_path: Path, seen: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many that are recorded wait to be put away, in vain, and each pass gives up after a few."""

    def never(_: object, uid: int) -> None:
        raise Unavailable(f"marking message {uid}", "[OVERQUOTA]")

    monkeypatch.setattr(LocalFolder, "dispose", never)
    box = seen.mailboxes[0]
    with Office(seen, clock=Clock()) as office:
        with pytest.raises(Unavailable):
            office.poll(box)
        post(tmp_path, "later", good("机关党委", title="后来"))
        with pytest.raises(Unavailable):
            office.poll(box)
        assert len(list(office.ledger.messages())) == len(UNITS) + 1


def test_a_shelf_that_cannot_be_filled_is_told_and_the_others_are_filled(
    tmp_path: Path, seen: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelve = Filer.shelve

    def refuse(self: Filer, filing: Filing, *at_hand: AtHand) -> None:
        if filing.message == 2:
            raise Unavailable("filing", "the disk is full")
        shelve(self, filing, *at_hand)

    with Office(seen, clock=Clock()) as office:
        with monkeypatch.context() as patch:
            patch.setattr(Filer, "shelve", refuse)
            with pytest.raises(Unavailable, match="the disk is full"):
                office.poll(seen.mailboxes[0])
        assert office.ledger.filings.unfiled() == (2,)
        assert len(marked(tmp_path)) == len(UNITS) - 1
        assert list((tmp_path / "state/spool/work").iterdir()) == [], "nothing decoded is left"


def _validity(office: Office) -> str:
    return str(next(iter(office.ledger.messages()))["uidvalidity"])


@pytest.mark.parametrize("file", ["daemon/passage.py", "daemon/shelving.py"])
def test_killed_at_any_line_of_a_passage_the_next_one_makes_it_good(
    tmp_path: Path, seen: Config, file: str
) -> None:
    def passes(_: int) -> None:
        with Office(seen, clock=Clock()) as office:
            office.poll(seen.mailboxes[0])

    for step in range(3, 400, 37):
        post(tmp_path, f"k{step}", good(UNITS[step % 5], title=f"k{step}"))
        killed_at(step, passes, file)
    for _ in range(3):
        passes(0)
    with Office(seen, clock=Clock()) as office:
        rows = len(list(office.ledger.messages()))
        assert office.ledger.filings.unfiled() == ()
    assert rows == len(UNITS) + len(range(3, 400, 37)) == len(marked(tmp_path))
