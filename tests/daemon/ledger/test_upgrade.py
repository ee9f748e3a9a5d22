"""A ledger of every released version is carried forward, with all that is in it."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from daemon.errors import ConfigError
from daemon.ledger import Ledger
from rules.verdict import Status
from tests.daemon.ledger.entries import NOTICE, a_claim, a_ledger, a_verdict, an_entry, at

RELEASED = sorted((Path(__file__).parent / "released").glob("*.sql"))
SCHEMA = "select type, name, sql from sqlite_master where name not like 'sqlite_%'"


@pytest.fixture(params=RELEASED, ids=[path.stem for path in RELEASED])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The file that this version left behind."""
    path = tmp_path / "ledger.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(request.param.read_text(encoding="utf-8"))
    return path


def schema(path: Path) -> set[tuple[str, str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(SCHEMA).fetchall()
    return {(kind, name, re.sub(r"\s+", " ", sql or "").strip()) for kind, name, sql in rows}


def test_every_row_of_the_old_ledger_is_read_as_before(old: Path) -> None:
    with Ledger(old) as ledger:
        rows = [(m["status"], m["version"], m["reply"]) for m in ledger.messages()]
        states = {row.state for row in ledger.status()}
        [granted] = [s for s in ledger.status() if s.extended]
        assert ledger.caps.dead("gone@example.com") == "550 5.1.1"
        assert [w.state for w in ledger.drafts.listing()] == ["waiting"]
        assert len(ledger.before(a_claim())) > 0
        assert [event.what for event in ledger.history(1)] == ["accepted", "reply sent"]
    assert [status for status, _, _ in rows] == ["accepted", "returned", "held", "ignored"]
    assert [version for _, version, _ in rows] == [1, 2, 3, None]
    assert [reply and reply["state"] for _, _, reply in rows] == [
        "sent",
        "failed",
        "waiting",
        None,
    ]
    assert states == {"accepted", "missing"}
    assert granted.unit == "园艺学院党委"


def test_an_upgraded_ledger_is_built_like_a_new_one(old: Path, tmp_path: Path) -> None:
    Ledger(old).close()
    (tmp_path / "new").mkdir()
    a_ledger(tmp_path / "new").close()
    assert schema(old) == schema(tmp_path / "new" / "ledger.db")


def test_bytes_that_an_old_ledger_saw_are_known(old: Path) -> None:
    with closing(sqlite3.connect(old)) as connection:
        files = connection.execute("select sha256 from attachment where ignored = ''").fetchall()
        letters = connection.execute("select mailbox, sha256, min(id) from message group by 1, 2")
        first = letters.fetchall()
    with Ledger(old) as ledger:
        assert files
        assert all(ledger.sightings([digest]) for (digest,) in files)
        found = [ledger.by_digest(mailbox, digest) for mailbox, digest, _ in first]
        assert [row and row[0] for row in found] == [message for _, _, message in first]


def test_an_upgraded_ledger_is_written_on(old: Path) -> None:
    with Ledger(old) as ledger:
        ledger.sync(NOTICE, at(3))
        assert ledger.record(an_entry(5, a_verdict(Status.ACCEPTED))) == 5
        assert list(ledger.messages())[-1]["version"] == 4


def test_upgrading_twice_changes_nothing(old: Path) -> None:
    Ledger(old).close()
    once = schema(old)
    Ledger(old).close()
    assert schema(old) == once


def test_a_reader_does_not_upgrade(old: Path) -> None:
    before = schema(old)
    with pytest.raises(ConfigError, match="older version"):
        Ledger(old, readonly=True)
    assert schema(old) == before
