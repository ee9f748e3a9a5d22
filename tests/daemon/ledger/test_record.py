"""Writing one message down."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from daemon.ledger import Key, Ledger
from rules.submission import Contact, Facts, Link, Picture
from rules.verdict import Severity, Status
from tests.daemon.ledger.entries import (
    NOON,
    a_claim,
    a_draft,
    a_file,
    a_finding,
    a_ledger,
    a_submission,
    a_verdict,
    an_entry,
)

TABLES = ("message", "attachment", "link", "finding", "reply", "event", "filing")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with a_ledger(tmp_path) as opened:
        yield opened


def contents(ledger: Ledger) -> dict[str, list[tuple[object, ...]]]:
    connection = sqlite3.connect(ledger.path)
    try:
        return {t: connection.execute(f"select * from {t}").fetchall() for t in TABLES}
    finally:
        connection.close()


def test_ten_replays_leave_the_same_ledger(ledger: Ledger) -> None:
    entries = [an_entry(uid, a_verdict(findings=[a_finding()])) for uid in (1, 2, 3)]
    ids = [ledger.record(entry) for entry in entries]
    first = contents(ledger)
    for _ in range(10):
        assert [ledger.record(entry) for entry in entries] == ids
    assert contents(ledger) == first


def test_a_known_key_keeps_its_first_verdict(ledger: Ledger) -> None:
    ledger.record(an_entry(1))
    ledger.record(an_entry(1, a_verdict(Status.RETURNED)))
    assert [m["status"] for m in ledger.messages()] == ["accepted"]


def test_the_same_uid_in_the_junk_folder_is_another_message(ledger: Ledger) -> None:
    own = ledger.record(an_entry(1))
    key = Key(mailbox="zuzhibu", uidvalidity="1", uid=1, folder="垃圾邮件")
    assert ledger.record(an_entry(1, key=key, reply=None)) != own


def test_an_ignored_message_has_a_row_and_its_reason_but_is_no_version(ledger: Ledger) -> None:
    verdict = replace(a_verdict(Status.IGNORED), reason="自动回复：不处理")
    ledger.record(an_entry(1, verdict, reply=None))
    (line,) = ledger.messages()
    assert (line["status"], line["version"], line["reply"]) == ("ignored", None, None)
    assert ledger.history(1)[0].why == "自动回复：不处理"
    assert ledger.before(a_claim()) == ()


def test_a_fault_in_the_last_insert_leaves_nothing_behind(ledger: Ledger) -> None:
    ledger.record(an_entry(1))
    before = contents(ledger)
    second = an_entry(2)
    clash = replace(second, reply=a_draft(an_entry(1).key))
    with pytest.raises(sqlite3.IntegrityError):
        ledger.record(clash)
    assert contents(ledger) == before
    assert ledger.record(second) > 0


def test_findings_can_be_read_without_the_program(ledger: Ledger) -> None:
    ledger.record(an_entry(1, a_verdict(Status.RETURNED, findings=[a_finding("no-attachment")])))
    (row,) = contents(ledger)["finding"]
    assert row[3:] == ("no-attachment", "error", "message", "没有", "应有", "补上")


def test_facts_come_back_as_they_were(ledger: Ledger) -> None:
    facts = Facts(
        size=1,
        sha256="ab",
        format="docx",
        hash=(1 << 64) - 1,
        duration_ms=None,
        pictures=(Picture(width=3, height=4, size=5, hash=6),),
        tables=((("联系人", "张老师"), ("电话",)),),
        contact=Contact(name="张老师", way="020-1234567"),
    )
    file = replace(a_file(), facts=facts, path=("a.zip", "b.zip"), declared_type="image/jpeg")
    ledger.record(an_entry(1, a_verdict(submission=a_submission(file))))
    assert ledger.before(a_claim()) == (file,)


@pytest.mark.parametrize(
    "facts",
    [
        Facts(size=1, sha256="ab"),
        Facts(
            size=1,
            sha256="ab",
            unknown="\0\ud800好",
            pictures=(Picture(width=3, height=4, size=5), Picture(width=1, height=1, size=1)),
            tables=((("联系人", "\ud800"), ()), ()),
            contact=Contact(name="张老师", way="0"),
        ),
    ],
)
def test_facts_are_written_whole_and_in_their_order(ledger: Ledger, facts: Facts) -> None:
    ledger.record(an_entry(1, a_verdict(submission=a_submission(replace(a_file(), facts=facts)))))
    plain = json.dumps(asdict(facts), ensure_ascii=False, separators=(",", ":"))
    with closing(sqlite3.connect(ledger.path)) as connection:
        (stored,) = connection.execute("select facts from attachment").fetchone()
    assert stored == plain.encode("utf-8", "replace").decode()


def test_facts_of_another_version_of_the_program_are_read(ledger: Ledger) -> None:
    ledger.record(an_entry(1))
    connection = sqlite3.connect(ledger.path)
    stored = json.dumps({"size": 1, "sha256": "ab", "colour": "red"})
    with connection:
        connection.execute("update attachment set facts = ?", (stored,))
    connection.close()
    assert ledger.before(a_claim())[0].facts == Facts(size=1, sha256="ab")


@pytest.mark.parametrize("hostile", ["\ud800", "a\0b", "\N{RIGHT-TO-LEFT OVERRIDE}", "x" * 10**6])
def test_whatever_a_sender_writes_can_be_stored(ledger: Ledger, hostile: str) -> None:
    file = replace(a_file(hostile + ".docx", sha256="ab"), path=(hostile,))
    link = Link(provider="qq", url=hostile, name=hostile, size=10**30, code=hostile)
    submission = a_submission(file, links=(link,))
    message = replace(submission.message, sender=hostile, subject=hostile, text=hostile)
    submission = replace(submission, message=replace(message, message_id=hostile))
    ledger.record(
        an_entry(1, a_verdict(submission=submission, findings=[a_finding("x", file.name)]))
    )
    (line,) = ledger.messages()
    assert line["subject"]
    assert "\0" not in line["subject"]
    assert len(line["subject"]) <= 1000
    assert len(ledger.before(a_claim())) == 0


@pytest.mark.parametrize(
    ("date", "stored"),
    [
        (datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=8))), "0001-01-01T00:00:00.000Z"),
        (
            datetime(9999, 12, 31, 23, tzinfo=timezone(-timedelta(hours=8))),
            "9999-12-31T23:00:00.000Z",
        ),
        (datetime(2020, 7, 1, 20, tzinfo=timezone(timedelta(hours=8))), "2020-07-01T12:00:00.000Z"),
        (datetime(2020, 7, 1, 12), "2020-07-01T12:00:00.000Z"),  # noqa: DTZ001 - a Date with no zone
    ],
)
def test_any_date_becomes_an_instant(ledger: Ledger, date: datetime, stored: str) -> None:
    submission = a_submission(a_file())
    submission = replace(submission, message=replace(submission.message, date=date, received=date))
    ledger.record(an_entry(1, a_verdict(submission=submission)))
    assert [m["received"] for m in ledger.messages()] == [stored]


def test_without_a_server_time_a_message_is_received_when_it_was_met(ledger: Ledger) -> None:
    submission = a_submission(a_file())
    submission = replace(submission, message=replace(submission.message, received=None))
    ledger.record(an_entry(1, a_verdict(submission=submission), recorded=NOON.astimezone(UTC)))
    assert [m["received"] for m in ledger.messages()] == ["2020-07-01T12:00:00.000Z"]


@pytest.mark.parametrize(
    ("severity", "good"),
    [(Severity.ERROR, 0), (Severity.HOLD, 1), (Severity.REMARK, 1)],
)
def test_only_errors_spoil_a_file(ledger: Ledger, severity: Severity, good: int) -> None:
    finding = replace(a_finding("x", "故事.docx"), severity=severity)
    ledger.record(an_entry(1, a_verdict(Status.RETURNED, findings=[finding])))
    assert len(ledger.before(a_claim())) == good


@pytest.mark.parametrize("danger", [{"executable": True}, {"threat": "Eicar"}, {"bomb": "ratio"}])
def test_a_dangerous_file_never_fills_a_part_of_a_later_version(
    ledger: Ledger, danger: dict[str, Any]
) -> None:
    ledger.record(an_entry(1, a_verdict(Status.HELD, a_submission(a_file(**danger)))))
    assert ledger.before(a_claim()) == ()
