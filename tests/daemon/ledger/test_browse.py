"""The list of messages as staff look through it: every filter, and pages that miss nothing."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from daemon.ledger import Filter, Ledger
from rules.submission import Submission
from rules.verdict import Status
from tests.daemon.ledger.entries import (
    NOTICE,
    UNITS,
    WALL,
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


@pytest.fixture
def four(ledger: Ledger) -> Ledger:
    """1 accepted; 2 returned, late; 3 held, in the other mailbox; 4 ignored."""
    ledger.record(an_entry(1))
    verdict = a_verdict(Status.RETURNED, findings=[a_finding(), a_finding("form-missing")])
    entry = an_entry(2, replace(verdict, late=True))
    ledger.record(replace(entry, reply=a_draft(entry.key, approval=True)))
    held = a_verdict(Status.HELD, moved(2, a_submission(claim=a_claim(UNITS[1], WALL))))
    entry = an_entry(3, held, reply=None)
    ledger.record(replace(entry, key=replace(entry.key, mailbox="xuanchuanbu")))
    nowhere = a_submission(claim=a_claim(None, None))
    ledger.record(an_entry(4, a_verdict(Status.IGNORED, moved(3, nowhere)), reply=None))
    return ledger


def moved(hours: float, submission: Submission) -> Submission:
    """The same, received that much later."""
    message = replace(submission.message, received=at(hours))
    return replace(submission, message=message)


def found(ledger: Ledger, wanted: Filter) -> list[int]:
    lines = ledger.browse.page(wanted)
    assert ledger.browse.count(wanted) == len(lines)
    assert ledger.browse.first(wanted) == (lines, len(lines))
    return [line.id for line in lines]


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (Filter(), [4, 3, 2, 1]),
        (Filter(status="held"), [3]),
        (Filter(late=True), [2]),
        (Filter(late=False), [4, 3, 1]),
        (Filter(mailbox="xuanchuanbu"), [3]),
        (Filter(mailboxes=frozenset({"zuzhibu"})), [4, 2, 1]),
        (Filter(mailboxes=frozenset()), []),
        (Filter(notice=NOTICE.id), [4, 3, 2, 1]),
        (Filter(notice="other"), []),
        (Filter(unit="\ud800", code="\ud800", mailbox="\0"), []),
        (Filter(unit="园艺学院党委"), [3]),
        (Filter(category="战疫故事汇"), [2, 1]),
        (Filter(window="第一次"), [3]),
        (Filter(code="form-missing"), [2]),
        (Filter(code="late"), []),
        (Filter(reply="waiting"), [2, 1]),
        (Filter(reply="failed"), []),
        (Filter(since=at(2)), [4, 3]),
        (Filter(until=at(2)), [2, 1]),
        (Filter(since=at(2), until=at(3)), [3]),
        (Filter(words="园艺"), [3]),
        (Filter(words="故事", status="returned"), [2]),
    ],
)
def test_each_filter_leaves_what_it_asks_for(four: Ledger, wanted: Filter, ids: list[int]) -> None:
    assert found(four, wanted) == ids


def test_a_line_says_what_became_of_a_message(four: Ledger) -> None:
    _, _, returned, accepted = four.browse.page(Filter())
    assert (returned.status, returned.late, returned.reply) == ("returned", True, "waiting")
    assert returned.codes == ("part-missing", "form-missing")
    assert (returned.unit, returned.category, returned.version) == ("农学院党委", "战疫故事汇", 2)
    assert (accepted.files, accepted.codes, accepted.received) == (1, (), at(0))


def test_files_that_nobody_handed_in_are_not_counted(ledger: Ledger) -> None:
    logo = replace(a_file("logo.png"), ignored="logo", role="ignored")
    box = replace(a_file("all.zip"), role="container")
    ledger.record(an_entry(1, a_verdict(submission=a_submission(a_file(), logo, box))))
    assert [line.files for line in ledger.browse.page(Filter())] == [1]


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_pages_follow_each_other_and_miss_nothing(ledger: Ledger, size: int) -> None:
    # of one moment, and of several
    for uid in range(1, 8):
        submission = moved(uid // 3, a_submission(a_file()))
        ledger.record(an_entry(uid, a_verdict(submission=submission)))
    seen: list[int] = []
    after = ""
    while lines := ledger.browse.page(Filter(), after=after, size=size):
        seen += [line.id for line in lines]
        after = lines[-1].mark
    assert seen == [7, 6, 5, 4, 3, 2, 1]


@pytest.mark.parametrize("mark", ["x", ".", "2020.x", "a.99999999999999999999", "', 1)--.1", "9.²"])
def test_an_unreadable_mark_begins_anew(four: Ledger, mark: str) -> None:
    assert len(four.browse.page(Filter(), after=mark)) == 4 or "'" in mark


def test_counting_stops_where_it_was_told(four: Ledger) -> None:
    assert four.browse.count(Filter(), most=3) == 4
    assert four.browse.count(Filter(), most=2) == 3


def test_every_code_that_was_found_is_listed_once(four: Ledger) -> None:
    assert four.browse.codes() == ("form-missing", "part-missing")


def test_no_code_was_ever_found(ledger: Ledger) -> None:
    assert ledger.browse.codes() == ()


def test_a_page_is_chosen_from_the_index_alone(four: Ledger) -> None:
    asked: list[str] = []
    with four._store.reading() as connection:
        connection.set_trace_callback(asked.append)
        four.browse.page(Filter(status="held", unit="x", late=True, mailbox="m", category="c"))
        four.browse.count(Filter(notice="n", window="w"))
        four.browse.first(Filter(unit="u"))
        connection.set_trace_callback(None)
        plans = [connection.execute(f"explain query plan {q}").fetchall() for q in asked]
    lines = [row["detail"] for plan in plans for row in plan]
    assert sum("USING COVERING INDEX message_browse" in line for line in lines) == 3
    assert not [line for line in lines if "SCAN message" in line and "COVERING" not in line]


@pytest.mark.parametrize(
    "wanted",
    [
        Filter(words="查收"),
        Filter(words="zhang"),
        Filter(words="请查收 zhang", status="returned"),
        Filter(words="查收", code="form-missing"),
        Filter(words="查收", reply="waiting", since=at(0)),
        Filter(words="查收 园艺"),
        Filter(words="没有", code="form-missing"),
    ],
)
def test_few_messages_or_many_with_a_word_the_list_is_the_same(
    four: Ledger, monkeypatch: pytest.MonkeyPatch, wanted: Filter
) -> None:
    """Few are looked up by what they hold, many are met on the way through all."""

    def shown() -> tuple[object, ...]:
        lines = four.browse.page(wanted)
        after = four.browse.page(wanted, after=lines[0].mark) if lines else ()
        return lines, after, four.browse.count(wanted)

    few = shown()
    monkeypatch.setattr("daemon.ledger.browse.MANY", -1)
    assert shown() == few


def test_a_rare_word_is_not_sought_in_every_message(four: Ledger) -> None:
    wanted = [Filter(words="查收", code="form-missing", reply="waiting"), Filter(words="zhang")]
    asked: list[str] = []
    with four._store.reading() as connection:
        connection.set_trace_callback(asked.append)
        for one in wanted:
            four.browse.page(one)
            four.browse.count(one)
            four.browse.first(one)
        connection.set_trace_callback(None)
        asked = [q for q in asked if "message not indexed" in q]
        plans = [connection.execute(f"explain query plan {q}").fetchall() for q in asked]
    assert len(asked) == 6
    for details in plans:
        lines = [row["detail"] for row in details]
        way = lines.index("SEARCH message USING INTEGER PRIMARY KEY (rowid=?)")
        assert lines[way + 2].startswith("SCAN search"), "by the words, whatever else is asked"


@pytest.mark.parametrize(("most", "told"), [(3, 4), (4, 4), (5, 4), (2, 3)])
def test_the_list_counts_no_further_than_it_says_and_shows_a_whole_page(
    four: Ledger, monkeypatch: pytest.MonkeyPatch, most: int, told: int
) -> None:
    monkeypatch.setattr("daemon.ledger.browse.MANY", most)
    lines, count = four.browse.first(Filter(), size=2)
    assert [line.id for line in lines] == [4, 3]
    assert count == told


def test_a_day_s_mail_is_counted_beyond_what_the_list_counts(
    four: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("daemon.ledger.browse.MANY", 2)
    assert four.browse.count(Filter()) == 4
