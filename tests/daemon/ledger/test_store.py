"""The file under the ledger: locks, faults, versions, and an index for every question."""

import re
import sqlite3
import stat
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from sqlite_utils import Database

from daemon.errors import ConfigError, Unavailable
from daemon.ledger import Key, Ledger, Limits
from daemon.ledger.store import Store
from daemon.migrations import NAMES
from daemon.migrations.steps import MIGRATIONS
from rules.verdict import Status
from tests.daemon.ledger.entries import (
    NOTICE,
    a_claim,
    a_finding,
    a_ledger,
    a_submission,
    a_verdict,
    an_entry,
    at,
    digest,
)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with a_ledger(tmp_path) as opened:
        yield opened


def test_what_is_recorded_survives_the_power(ledger: Ledger) -> None:
    with ledger._store.reading() as connection:
        values = {
            name: connection.execute(f"pragma {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert values == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 30000,
    }


def test_only_the_service_user_may_read_the_ledger(ledger: Ledger) -> None:
    assert stat.S_IMODE(ledger.path.stat().st_mode) == 0o600


def test_every_table_is_strict(ledger: Ledger) -> None:
    with closing(sqlite3.connect(ledger.path)) as connection:
        tables = connection.execute("select name, strict from pragma_table_list").fetchall()
    loose = {n for n, strict in tables if not strict and not n.startswith(("sqlite_", "_sqlite"))}
    # views have no types, and the tables inside a full-text index are SQLite's own
    assert {n for n in loose if not n.startswith("search")} == {"status", "form"}


def test_four_threads_write_at_once_and_nothing_is_lost(ledger: Ledger) -> None:
    def work(first: int) -> None:
        for uid in range(first, first + 50):
            ledger.record(an_entry(uid))

    threads = [threading.Thread(target=work, args=(n * 50 + 1,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    versions = [m["version"] for m in ledger.messages()]
    assert sorted(versions) == list(range(1, 201))


def test_two_processes_write_at_once(ledger: Ledger) -> None:
    with Ledger(ledger.path) as other:
        for uid in range(1, 41):
            (ledger if uid % 2 else other).record(an_entry(uid))
        assert sorted(m["version"] for m in other.messages()) == list(range(1, 41))


def test_a_reader_sees_the_table_and_cannot_write(ledger: Ledger) -> None:
    ledger.record(an_entry(1))
    with Ledger(ledger.path, readonly=True) as reader:
        assert len(reader.status()) == 9
        with pytest.raises(Unavailable, match="readonly"):
            reader.record(an_entry(2))


def test_a_reader_of_nothing_says_so(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match=r"nowhere\.db"):
        Ledger(tmp_path / "nowhere.db", readonly=True)
    assert not (tmp_path / "nowhere.db").exists()


def test_a_file_that_is_no_ledger_is_named_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    path.write_bytes(b"not a database at all" * 100)
    with pytest.raises(Unavailable, match=r"ledger\.db.*not a database"):
        Ledger(path)
    assert path.read_bytes().startswith(b"not a database")


def test_a_ledger_of_a_newer_version_is_left_alone(ledger: Ledger) -> None:
    with closing(sqlite3.connect(ledger.path)) as connection, connection:
        row = ("baosong", "m999_from_the_future", "2030-01-01")
        connection.execute(
            "insert into _sqlite_migrations (migration_set, name, applied_at) values (?, ?, ?)", row
        )
    with pytest.raises(ConfigError, match="newer version"):
        Ledger(ledger.path)


def test_a_reader_does_not_upgrade_an_older_ledger(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    sqlite3.connect(path).close()
    path.write_bytes(b"")
    with pytest.raises(ConfigError, match="older version"):
        Ledger(path, readonly=True)


def test_a_migration_that_fails_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nonsense = "create view status as select nonsense from"
    monkeypatch.setattr("daemon.migrations.steps.STATUS", nonsense)
    with pytest.raises(Unavailable):
        Ledger(tmp_path / "ledger.db")
    with closing(sqlite3.connect(tmp_path / "ledger.db")) as connection:
        assert connection.execute("select name from sqlite_master").fetchall() == []


def record_many(ledger: Ledger) -> None:
    for uid in range(1, 500):
        ledger.record(an_entry(uid))


def test_a_full_disk_is_the_worlds_fault_and_passes(ledger: Ledger) -> None:
    with ledger._store.reading() as connection:
        pages = connection.execute("pragma page_count").fetchone()[0]
        connection.execute(f"pragma max_page_count = {pages}")
    with pytest.raises(Unavailable, match="full"):
        record_many(ledger)
    written = sum(1 for _ in ledger.messages())
    with ledger._store.reading() as connection:
        connection.execute("pragma max_page_count = 1000000")
    ledger.record(an_entry(1000))
    assert sum(1 for _ in ledger.messages()) == written + 1


def test_another_writer_is_waited_for_and_then_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("daemon.ledger.store.BUSY_SECONDS", 0.05)
    ledger = a_ledger(tmp_path)
    second = ledger._store
    with closing(Store(ledger.path)) as first, first.writing(), pytest.raises(Unavailable) as error:
        second.writing().__enter__()
    assert "locked" in str(error.value)
    ledger.record(an_entry(1))
    ledger.close()


def test_migrations_are_applied_once(ledger: Ledger) -> None:
    with Ledger(ledger.path) as again:
        assert len(again.status()) == 9
    db = Database(ledger.path)
    assert tuple(m.name for m in MIGRATIONS.applied(db)) == NAMES
    assert NAMES[:4] == ("m001_the_ledger", "m002_alarms", "m003_filled_forms", "m004_skipped")
    db.close()


def test_a_copy_made_between_writes_is_a_whole_ledger(ledger: Ledger, tmp_path: Path) -> None:
    ledger.record(an_entry(1))
    with ledger._store.writing() as connection:
        connection.execute("delete from event")
        ledger.backup(tmp_path / "copy.db")
    assert stat.S_IMODE((tmp_path / "copy.db").stat().st_mode) == 0o600
    with Ledger(tmp_path / "copy.db") as copy:
        assert list(copy.messages()) == list(ledger.messages())
        assert len(copy.history(1)) == 1
        assert copy.record(an_entry(2)) == 2
    with pytest.raises(Unavailable, match="copying"):
        ledger.backup(tmp_path / "copy.db")


def questions(ledger: Ledger) -> Iterator[str]:
    """Every SQL text that the ledger's methods run, with their values filled in."""
    asked: list[str] = []
    with ledger._store.reading() as connection:
        connection.set_trace_callback(asked.append)
    ledger.record(an_entry(2, a_verdict(Status.RETURNED, findings=[a_finding()])))
    ledger.before(a_claim())
    ledger.mended(["a@b"])
    ledger.sightings([digest("故事.docx")])
    ledger.status()
    list(ledger.messages())
    ledger.newest("zuzhibu", "1")
    ledger.uids("zuzhibu", "1")
    ledger.by_digest("zuzhibu", "ab")
    ledger.history(1)
    list(ledger.letters())
    list(ledger.shelved())
    list(ledger.rows("zuzhibu", ""))
    ledger.respool(1, Path("spool/1.eml"))
    ledger.filings.known("2020-four-ones/战疫故事汇/农学院党委/2020-07-01-1")
    ledger.filings.reopen(1)
    ledger.backlog()
    ledger.restored_at()
    ledger.same_letter(Key(mailbox="zuzhibu", uidvalidity="1", uid=1), a_submission().message, [])
    ledger.caps.written_to("zhang@example.com", "zuzhibu", at(3))
    ledger.trace("zuzhibu", "m1@example.com")
    ledger.drafts.find(1)
    ledger.drafts.findings(1)
    ledger.filings.of(1)
    ledger.filings.unfiled()
    ledger.filings.filed(1, at(0))
    ledger.replies.due("zuzhibu", at(1))
    ledger.replies.sending(1, at(1))
    ledger.replies.later(1, at(2), "")
    ledger.replies.failed(1, at(2), "")
    ledger.drafts.approve(1, at(2), "staff")
    ledger.replies.sent(1, at(3))
    ledger.caps.answered("zhang@example.com", at(3))
    ledger.caps.answered_for("zhang@example.com", NOTICE.id)
    ledger.caps.heard_until("zhang@example.com", at(3), Limits(per_sender_per_day=1))
    ledger.caps.full_until("zuzhibu", at(3), Limits(per_mailbox_per_day=1))
    ledger.caps.dead("zhang@example.com")
    ledger.caps.paused("zuzhibu")
    with ledger._store.reading() as connection:
        connection.set_trace_callback(None)
    yield from (q for q in asked if q.split()[0].lower() in {"select", "update", "insert"})


def plan(ledger: Ledger, question: str) -> str:
    with ledger._store.reading() as connection:
        rows = connection.execute(f"explain query plan {question}").fetchall()
    return "\n".join(row["detail"] for row in rows)


def test_no_question_reads_a_whole_growing_table(ledger: Ledger) -> None:
    """A million messages must not slow any of them: a SCAN is allowed only where it is listed."""
    ledger.record(an_entry(1))
    asked = set(questions(ledger))
    assert len(asked) > 30
    growing = re.compile(
        r"SCAN (?:TABLE )?(message|attachment|link|finding|reply|event|m)\b(?! USING)"
    )
    slow = {q: p for q in asked if growing.search(p := plan(ledger, q))}
    assert slow == {}
    sorted_ = {q for q in asked if "TEMP B-TREE FOR ORDER BY" in plan(ledger, q)}
    assert {q.split()[0] for q in sorted_} <= {"select"}


def test_what_is_written_together_is_there_together_or_not_at_all(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger, closing(sqlite3.connect(ledger.path)) as another:
        count = "select count(*) from message"
        with ledger.together():
            ledger.record(an_entry(1))
            ledger.record(an_entry(2))
            assert len(list(ledger.messages())) == 2, "to this thread they are there"
            assert another.execute(count).fetchone()[0] == 0
        assert another.execute(count).fetchone()[0] == 2
        with suppress(KeyError), ledger.together():
            ledger.record(an_entry(3))
            raise KeyError
        assert another.execute(count).fetchone()[0] == 2


def test_one_that_cannot_be_written_leaves_the_others_of_its_group(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        with ledger.together():
            ledger.record(an_entry(1))
            with pytest.raises(sqlite3.IntegrityError), ledger._store.writing() as connection:
                connection.execute("insert into link (message) values (1)")
            ledger.record(an_entry(2))
        assert len(list(ledger.messages())) == 2
