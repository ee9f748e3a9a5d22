"""The view `status` and the list of messages."""

import json
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daemon.ledger import Key, Ledger, Standing
from rules.mending import Place
from rules.verdict import Severity, Status
from tests.daemon.ledger.entries import (
    NOTICE,
    STORIES,
    UNITS,
    a_claim,
    a_draft,
    a_file,
    a_finding,
    a_ledger,
    a_submission,
    a_verdict,
    an_entry,
    at,
)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with a_ledger(tmp_path) as opened:
        yield opened


def standing(ledger: Ledger, unit: str = "农学院党委", category: str = "战疫故事汇") -> Standing:
    return next(s for s in ledger.status() if (s.unit, s.category) == (unit, category))


def record(ledger: Ledger, *statuses: Status) -> None:
    start = sum(1 for _ in ledger.messages())
    for uid, status in enumerate(statuses, start=start + 1):
        ledger.record(an_entry(uid, a_verdict(status)))


def test_every_unit_is_missing_everywhere_at_first(ledger: Ledger) -> None:
    rows = ledger.status()
    assert [(s.unit, s.window) for s in rows[:4]] == [
        ("农学院党委", "7月15日前"),
        ("农学院党委", "第一次"),
        ("农学院党委", "第二次"),
        ("园艺学院党委", "7月15日前"),
    ]
    assert {s.state for s in rows} == {"missing"}
    assert len(rows) == 9


@pytest.mark.parametrize(
    ("history", "state", "version", "last"),
    [
        ([Status.RETURNED], "returned", 1, "returned"),
        ([Status.RETURNED, Status.ACCEPTED], "accepted", 2, "accepted"),
        ([Status.ACCEPTED, Status.RETURNED], "accepted", 1, "returned"),
        ([Status.ACCEPTED, Status.ACCEPTED, Status.HELD], "accepted", 2, "held"),
        ([Status.RETURNED, Status.HELD], "held", 2, "held"),
        ([Status.IGNORED], "missing", None, ""),
        ([Status.RETURNED, Status.IGNORED], "returned", 1, "returned"),
    ],
)
def test_the_newest_accepted_version_is_the_effective_one(
    ledger: Ledger, history: list[Status], state: str, version: int | None, last: str
) -> None:
    record(ledger, *history)
    row = standing(ledger)
    assert (row.state, row.version, row.last_state) == (state, version, last)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(Status), st.integers(0, 2)), max_size=12))
def test_the_table_always_agrees_with_the_history(mails: list[tuple[Status, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder, a_ledger(Path(folder)) as ledger:
        for uid, (status, n) in enumerate(mails, start=1):
            submission = a_submission(claim=a_claim(UNITS[n]))
            ledger.record(an_entry(uid, a_verdict(status, submission)))
        for number, unit in enumerate(UNITS):
            told: list[Status] = [s for s, n in mails if n == number and s is not Status.IGNORED]
            row = standing(ledger, unit.name)
            assert row.last_state == (told[-1] if told else "")
            effective = Status.ACCEPTED if Status.ACCEPTED in told else row.last_state
            assert row.state == (effective or "missing")
            newest = len(told) - told[::-1].index(Status(row.state)) if told else None
            assert row.version == newest


def test_findings_and_lateness_are_those_of_the_effective_version(ledger: Ledger) -> None:
    late = replace(a_finding("late"), severity=Severity.REMARK)
    findings = [a_finding("subject-tolerated"), late, late]
    ledger.record(an_entry(1, replace(a_verdict(findings=findings), late=True)))
    record(ledger, Status.RETURNED)
    row = standing(ledger)
    assert row.findings == ("subject-tolerated", "late")
    assert row.late


@pytest.mark.parametrize(
    ("history", "late"),
    [
        ([(Status.ACCEPTED, False), (Status.ACCEPTED, True)], False),
        ([(Status.ACCEPTED, False), (Status.RETURNED, True)], False),
        ([(Status.RETURNED, False), (Status.ACCEPTED, True)], True),
        ([(Status.HELD, False), (Status.ACCEPTED, True)], True),
        ([(Status.ACCEPTED, True), (Status.ACCEPTED, True)], True),
        ([(Status.RETURNED, False), (Status.RETURNED, True)], True),
        ([(Status.ACCEPTED, True), (Status.ACCEPTED, False)], False),
    ],
)
def test_who_complied_in_time_stays_in_time_whatever_comes_later(
    ledger: Ledger, history: list[tuple[Status, bool]], *, late: bool
) -> None:
    for uid, (status, is_late) in enumerate(history, start=1):
        ledger.record(an_entry(uid, replace(a_verdict(status), late=is_late)))
    assert standing(ledger).late is late


def test_a_unit_struck_off_the_roster_leaves_the_table_and_keeps_its_messages(
    ledger: Ledger,
) -> None:
    record(ledger, Status.ACCEPTED)
    ledger.sync(replace(NOTICE, roster=UNITS[1:]), at(1))
    assert {s.unit for s in ledger.status()} == {"园艺学院党委", "机关党委"}
    ledger.sync(NOTICE, at(2))
    assert standing(ledger).state == "accepted"


def test_the_order_of_the_roster_is_the_order_of_the_table(ledger: Ledger) -> None:
    ledger.sync(replace(NOTICE, roster=UNITS[::-1]), at(1))
    assert ledger.status()[0].unit == "机关党委"


def test_a_category_without_windows_is_one_place(ledger: Ledger) -> None:
    rolling = replace(STORIES, name="随时报送", windows=())
    ledger.sync(replace(NOTICE, categories=(rolling,)), at(1))
    claim = replace(a_claim(category=None), category=rolling)
    ledger.record(an_entry(1, a_verdict(submission=a_submission(claim=claim))))
    assert (standing(ledger, category="随时报送").state, len(ledger.status())) == ("accepted", 3)


def test_the_view_is_the_same_table_for_any_sqlite_tool(ledger: Ledger) -> None:
    record(ledger, Status.ACCEPTED)
    connection = sqlite3.connect(f"{ledger.path.as_uri()}?mode=ro", uri=True)
    rows = connection.execute("select unit, category, window, state from status").fetchall()
    connection.close()
    assert sorted(rows) == sorted((s.unit, s.category, s.window, s.state) for s in ledger.status())


def test_two_notices_stand_one_after_the_other(ledger: Ledger) -> None:
    ledger.sync(replace(NOTICE, id="other", title="另一个"), at(1))
    assert [s.notice_title for s in ledger.status()] == ["四个一"] * 9 + ["另一个"] * 9


def test_a_message_is_listed_exactly_as_the_contract_says(ledger: Ledger) -> None:
    entry = an_entry(7, a_verdict(Status.RETURNED, findings=[a_finding(), a_finding("late")]))
    ledger.record(entry)
    assert entry.reply is not None
    assert list(ledger.messages()) == [
        {
            "mailbox": "zuzhibu",
            "uidvalidity": "1",
            "uid": 7,
            "message_id": "m1@example.com",
            "received": "2020-07-01T12:00:00.000Z",
            "from": "zhang@example.com",
            "subject": "农学院党委+战疫故事汇+20200701",
            "status": "returned",
            "late": False,
            "unit": "农学院党委",
            "category": "战疫故事汇",
            "window": "7月15日前",
            "version": 1,
            "codes": ["part-missing", "late"],
            "reply": {"message_id": entry.reply.message_id, "state": "waiting", "attempts": 0},
        }
    ]


def test_what_is_not_known_is_null(ledger: Ledger) -> None:
    nowhere = a_claim(None, None)
    ledger.record(an_entry(1, a_verdict(submission=a_submission(claim=nowhere)), reply=None))
    (line,) = ledger.messages()
    unknown = {k: line[k] for k in ("unit", "category", "window", "version", "reply")}
    assert json.dumps(unknown) == json.dumps(dict.fromkeys(unknown))


def test_messages_come_oldest_first_over_many_pages(ledger: Ledger) -> None:
    for uid in range(1, 1204):
        submission = a_submission()
        message = replace(submission.message, received=at(-uid // 3))
        verdict = a_verdict(submission=replace(submission, message=message, claim=a_claim(None)))
        ledger.record(an_entry(uid, verdict, reply=None, shelf=""))
    listed = [(m["received"], m["uid"]) for m in ledger.messages()]
    assert listed == sorted(listed)
    assert len(set(listed)) == 1203


def test_the_work_list_is_kept_for_each_uidvalidity(ledger: Ledger) -> None:
    for uid in (3, 9):
        ledger.record(an_entry(uid))
    assert ledger.newest("zuzhibu", "1") == 9
    assert ledger.uids("zuzhibu", "1") == {3, 9}
    assert ledger.newest("zuzhibu", "2") == 0
    assert ledger.uids("xuanchuanbu", "1") == set()
    assert ledger.known(Key(mailbox="zuzhibu", uidvalidity="1", uid=3)) == 1
    assert ledger.known(Key(mailbox="zuzhibu", uidvalidity="1", uid=4)) is None


def test_a_mail_is_recognised_after_a_change_of_uidvalidity(ledger: Ledger) -> None:
    entry = an_entry(3)
    message = ledger.record(entry)
    assert ledger.by_digest("zuzhibu", entry.sha256) == (message, entry.key)
    assert ledger.by_digest("xuanchuanbu", entry.sha256) is None
    new = Key(mailbox="zuzhibu", uidvalidity="99999999999", uid=1)
    ledger.move(message, new, at(1))
    assert ledger.known(new) == message
    assert ledger.known(entry.key) is None
    assert ledger.history(message)[-1].why == "zuzhibu/ 99999999999:1"


def test_reconciliation_finds_every_letter_and_folder(ledger: Ledger) -> None:
    for uid in range(1, 1100):
        key = an_entry(uid).key
        ledger.record(an_entry(uid, reply=a_draft(key)))
    assert sum(t.messages for t in ledger.tally()) == 1099
    assert [letter.uid for letter in ledger.letters()] == list(range(1, 1100))
    assert len({s.folder for s in ledger.shelved()}) == 1099


def test_only_accepted_material_is_filed(ledger: Ledger) -> None:
    record(ledger, Status.RETURNED, Status.HELD, Status.IGNORED, Status.ACCEPTED)
    assert ledger.filings.unfiled() == (4,)
    assert ledger.filings.of(1) is None


def test_a_filing_holds_the_good_files_of_every_version(ledger: Ledger) -> None:
    first = a_submission(a_file("文.docx"), a_file("坏.jpg"))
    broken = [a_finding("image-damaged", "坏.jpg")]
    ledger.record(an_entry(1, a_verdict(Status.RETURNED, first, broken)))
    ledger.record(an_entry(2, a_verdict(submission=a_submission(a_file("好.jpg")))))
    filing = ledger.filings.of(2)
    assert filing is not None
    assert [(s.message, [f.name for f in s.files]) for s in filing.sources] == [
        (2, ["好.jpg"]),
        (1, ["文.docx"]),
    ]


def test_an_accepted_letter_without_files_is_filed_by_itself(ledger: Ledger) -> None:
    ledger.record(an_entry(1, a_verdict(Status.RETURNED)))
    ledger.record(an_entry(2, a_verdict(submission=a_submission())))
    filing = ledger.filings.of(2)
    assert filing is not None
    assert [(s.message, len(s.files)) for s in filing.sources] == [(2, 0), (1, 1)]


def test_folders_of_one_day_are_numbered_by_the_ledger(ledger: Ledger) -> None:
    record(ledger, Status.ACCEPTED, Status.ACCEPTED)
    folders = [s.folder.rsplit("/", 1)[-1] for s in ledger.shelved()]
    assert folders == ["2020-07-01-1", "2020-07-01-2"]
    ledger.filings.filed(1, at(1))
    assert ledger.filings.unfiled() == (2,)


def test_owed_is_what_the_table_says_is_missing_or_returned_and_not_waived(ledger: Ledger) -> None:
    record(ledger, Status.RETURNED)
    for unit, status in ((UNITS[1], Status.HELD), (UNITS[2], Status.ACCEPTED)):
        verdict = a_verdict(status, a_submission(a_file(), claim=a_claim(unit)))
        uid = 10 + UNITS.index(unit)
        ledger.record(an_entry(uid, verdict, reply=None))
    waived = next(s for s in ledger.status() if s.state == "missing")
    spared = (waived.notice, waived.unit, waived.category, waived.window)
    place = Place(**dict(zip(("notice", "unit", "category", "window"), spared, strict=True)))
    assert ledger.concessions.waive(place, "不报")
    states = [s.state for s in ledger.status()]
    assert {states.count(state) for state in ("returned", "held", "accepted")} == {1}
    owed = ledger.owed()
    assert owed == tuple(
        s for s in ledger.status() if s.state in {"missing", "returned"} and not s.waived
    )
    assert len(owed) == len(states) - 3
