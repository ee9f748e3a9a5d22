"""What is to be done in a folder, whatever its server does to the numbers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from daemon.ledger import Key, Ledger
from daemon.mailbox import Item
from daemon.worklist import Desk, Worklist
from rules.submission import Message
from rules.verdict import Status
from tests.daemon.ledger.entries import a_ledger, a_submission, a_verdict, an_entry, at, digest


@dataclass
class Pile:
    """A folder of which only the listing is asked for; `asked` notes from where."""

    items: list[Item]
    uidvalidity: str = "1"
    place: str = "zuzhibu"
    junk: bool = False
    asked: list[int] = field(default_factory=list)
    quiet: bool = False
    news: list[bool] = field(default_factory=list)

    def listing(self, after: int = 0) -> Iterator[Item]:
        self.asked.append(after)
        return (item for item in self.items if item.uid > after)

    def unchanged(self) -> bool:
        return self.quiet

    def found(self, *, new: bool) -> None:
        self.news.append(new)

    def fetch(self, uid: int) -> Iterator[bytes]:
        raise AssertionError(uid)

    def fetch_many(self, items: Iterable[Item]) -> Iterator[tuple[Item, Iterator[bytes]]]:
        raise AssertionError(items)

    def dispose(self, uid: int) -> None:
        raise AssertionError(uid)


def message(uid: int, *, came: int = 0, size: int = 5000) -> Item:
    """It came in that minute, by default the one of its number."""
    return Item(uid=uid, size=size, received=at(0) + timedelta(minutes=came or uid))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with a_ledger(tmp_path) as opened:
        yield opened


def recorded(ledger: Ledger, *items: Item, uidvalidity: str = "1") -> None:
    for item in items:
        key = Key(mailbox="zuzhibu", uidvalidity=uidvalidity, uid=item.uid)
        submission = replace(a_submission(), message=Message(received=item.received))
        entry = an_entry(item.uid, a_verdict(Status.RETURNED, submission))
        sha256 = digest(f"{uidvalidity} {item}")
        ledger.record(replace(entry, key=key, sha256=sha256, size=item.size or 0))


def work(ledger: Ledger, pile: Pile, now: datetime | None = None) -> Worklist:
    desk = Desk(ledger=ledger, folder=pile, mailbox="zuzhibu", place="")
    return desk.work(now or at(0))


def uids(found: Worklist) -> list[int]:
    return [item.uid for item in found.items]


def test_work_begins_with_the_last_known_message(ledger: Ledger) -> None:
    recorded(ledger, message(1), message(2))
    pile = Pile([message(n) for n in (1, 2, 3, 4)])
    assert uids(work(ledger, pile)) == [2, 3, 4]
    assert pile.asked == [1]


def test_an_unknown_folder_is_read_from_its_beginning(ledger: Ledger) -> None:
    assert uids(work(ledger, Pile([message(7), message(8)]))) == [7, 8]
    assert uids(work(ledger, Pile([]))) == []


def test_numbers_that_start_again_under_the_same_uidvalidity_hide_nothing(ledger: Ledger) -> None:
    recorded(ledger, *(message(n) for n in range(1, 6)))
    anew = Pile([message(n, came=100 + n) for n in (1, 2, 3)])
    found = work(ledger, anew)
    assert uids(found) == [1, 2, 3]
    assert found.whole is not None


@pytest.mark.parametrize("count", [4, 5, 6, 500])
def test_numbers_given_anew_are_noticed_wherever_they_end(ledger: Ledger, count: int) -> None:
    recorded(ledger, *(message(n) for n in range(1, 6)))
    anew = Pile([message(n, came=1000 + n) for n in range(1, count + 1)])
    assert uids(work(ledger, anew)) == list(range(1, count + 1))


def test_what_comes_after_a_reset_is_read_and_nothing_else(ledger: Ledger) -> None:
    recorded(ledger, *(message(n, came=100 + n) for n in (1, 2)), message(900))
    pile = Pile([message(1, came=101), message(2, came=102), message(3, came=103)])
    found = work(ledger, pile)
    assert (uids(found), found.whole) == ([2, 3], None)


def test_a_last_message_that_somebody_deleted_is_no_reset(ledger: Ledger) -> None:
    recorded(ledger, *(message(n) for n in range(1, 101)))
    pile = Pile([message(n) for n in range(1, 91)])
    found = work(ledger, pile)
    assert (uids(found), found.whole) == ([90], None)
    assert len(pile.asked) == 2


def test_an_emptied_folder_of_high_numbers_takes_few_looks(ledger: Ledger) -> None:
    recorded(ledger, message((1 << 32) - 1, came=1))
    pile = Pile([])
    assert uids(work(ledger, pile)) == []
    assert len(pile.asked) <= 9


def test_a_server_that_estimates_sizes_is_no_reset(ledger: Ledger) -> None:
    recorded(ledger, message(1), message(2))
    found = work(ledger, Pile([message(1, size=1), message(2, size=1)]))
    assert (uids(found), found.whole) == ([2], None)


def test_without_a_clock_the_size_decides(ledger: Ledger) -> None:
    recorded(ledger, message(1), message(2))
    timeless = Pile([replace(message(n, size=60), received=None) for n in (1, 2)])
    assert uids(work(ledger, timeless)) == [1, 2]


def test_without_uidvalidity_everything_is_looked_at(ledger: Ledger) -> None:
    recorded(ledger, message(1), message(2), uidvalidity="0")
    found = work(ledger, Pile([message(1), message(2)], uidvalidity="0"))
    assert uids(found) == [1, 2]
    assert found.whole is not None


def test_what_failed_comes_after_what_is_new_and_not_before_its_time(ledger: Ledger) -> None:
    recorded(ledger, message(1), message(4))
    pile = Pile([message(n) for n in range(1, 7)])
    desk = Desk(ledger=ledger, folder=pile, mailbox="zuzhibu", place="")
    assert ledger.skipped.skip(desk.key(2), at(0), "cut") == 1
    for failures in (1, 2):
        assert ledger.skipped.skip(desk.key(3), at(0), "cut") == failures
    assert uids(desk.work(at(0))) == [4, 5, 6, 2]
    assert uids(desk.work(at(0) + timedelta(minutes=2))) == [4, 5, 6, 2, 3]
    assert uids(desk.work(at(0) - timedelta(seconds=1))) == [4, 5, 6]
    ledger.skipped.settle(desk.key(2))
    recorded(ledger, message(2))
    assert uids(desk.work(at(0))) == [4, 5, 6]


def test_a_hundred_thousand_messages_cost_one_short_listing(ledger: Ledger) -> None:
    recorded(ledger, message(100_000))
    pile = Pile([message(n) for n in range(1, 100_002)])
    assert uids(work(ledger, pile)) == [100_000, 100_001]
    assert pile.asked == [99_999]


def test_an_unchanged_folder_is_not_listed(ledger: Ledger) -> None:
    pile = Pile([message(1)], quiet=True)
    assert uids(work(ledger, pile)) == []
    assert (pile.asked, pile.news) == ([], [])


def test_a_folder_is_unchanged_only_once_the_ledger_knows_all_of_it(ledger: Ledger) -> None:
    pile = Pile([message(1), message(2)])
    work(ledger, pile)
    recorded(ledger, message(1))
    work(ledger, pile)
    recorded(ledger, message(2))
    work(ledger, pile)
    assert pile.news == [True, True, False]


def test_a_message_after_an_emptied_folder_is_news(ledger: Ledger) -> None:
    recorded(ledger, message(1))
    pile = Pile([message(2)])
    assert uids(work(ledger, pile)) == [2]
    assert pile.news == [True]


def test_numbers_that_promise_nothing_never_make_a_folder_unchanged(ledger: Ledger) -> None:
    recorded(ledger, message(1), uidvalidity="0")
    pile = Pile([message(1)], uidvalidity="0")
    work(ledger, pile)
    assert pile.news == [True]


def test_what_failed_is_due_in_an_unchanged_folder_too(ledger: Ledger) -> None:
    recorded(ledger, message(1), message(3))
    pile = Pile([message(n) for n in (1, 2, 3)])
    desk = Desk(ledger=ledger, folder=pile, mailbox="zuzhibu", place="")
    for _ in range(2):
        ledger.skipped.skip(desk.key(2), at(0), "cut")
    assert uids(desk.work(at(0))) == [3]
    pile.quiet = True
    assert uids(desk.work(at(0) + timedelta(minutes=1))) == []
    assert uids(desk.work(at(0) + timedelta(minutes=2))) == [3, 2]
    assert pile.news == [False, True]


def test_what_failed_and_is_not_listed_any_more_is_looked_for_ever_more_rarely(
    ledger: Ledger,
) -> None:
    """Else each pass would list everything behind it, for ever."""
    recorded(ledger, message(1), message(3))
    pile = Pile([message(1), message(3)])
    desk = Desk(ledger=ledger, folder=pile, mailbox="zuzhibu", place="")
    ledger.skipped.skip(desk.key(2), at(0), "cut")
    assert uids(work(ledger, pile)) == [3]
    pile.quiet = True
    assert uids(work(ledger, pile, at(0) + timedelta(minutes=1))) == []
    assert len(pile.asked) == 1
    pile.items.insert(1, message(2))
    assert 2 in uids(work(ledger, pile, at(0) + timedelta(minutes=3))), (
        "a server may have left it out"
    )
