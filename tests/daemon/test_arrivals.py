"""Messages come into the spool ahead of the judge, in order, synced before they are handed on."""

import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from daemon import arrivals
from daemon.arrivals import Arrivals, Arrived, rounds
from daemon.errors import Unavailable
from daemon.mailbox import Item, Vanished
from daemon.spool import Spool, Spooled, Unsettled

Pairs = Iterator[tuple[Item, Iterator[bytes]]]


@dataclass
class Shelf:
    """A folder of what it is told. `gone` and `broken` are UIDs; `asked` the rounds."""

    gone: set[int] = field(default_factory=set)
    broken: set[int] = field(default_factory=set)
    asked: list[list[int]] = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)
    stuck: threading.Event = field(default_factory=threading.Event)
    gated: int = 0
    place: str = "a"
    junk: bool = False
    uidvalidity: str = "1"

    def listing(self, after: int = 0) -> Iterator[Item]:
        return iter(())

    def fetch(self, uid: int) -> Iterator[bytes]:
        yield b"Subject: "
        if uid == self.gated:
            self.stuck.set()
            assert self.gate.wait(60)
        if uid in self.gone:
            raise Vanished("fetching", "gone")
        if uid in self.broken:
            raise Unavailable("fetching", "cut")
        yield b"%d\r\n\r\n" % uid

    def fetch_many(self, items: Iterable[Item]) -> Pairs:
        part = list(items)
        self.asked.append([item.uid for item in part])
        for item in part:
            yield item, self.fetch(item.uid)

    def dispose(self, uid: int) -> None:
        raise AssertionError("nothing is disposed of while messages come")

    def unchanged(self) -> bool:
        return False

    def found(self, *, new: bool) -> None:
        raise AssertionError("nothing is listed while messages come")


def items(count: int, size: int | None = 10) -> list[Item]:
    return [Item(uid=uid, size=size) for uid in range(1, count + 1)]


def all_of(coming: Arrivals) -> Iterator[Arrived]:
    while (arrived := coming.next(wait=True)) is not None:
        yield arrived


def test_they_come_in_their_order_each_on_disk(tmp_path: Path) -> None:
    with Arrivals(Shelf(), Spool(tmp_path), items(200)) as coming:
        came = list(all_of(coming))
    assert [one.item.uid for one in came] == list(range(1, 201))
    for one in came:
        assert one.spooled
        assert one.spooled.path.read_bytes() == b"Subject: %d\r\n\r\n" % one.item.uid
    assert list((tmp_path / "work").iterdir()) == []


def test_the_first_is_handed_on_while_the_second_is_still_coming(tmp_path: Path) -> None:
    shelf = Shelf(gated=2)
    with Arrivals(shelf, Spool(tmp_path), items(2)) as coming:
        first = coming.next(wait=True)
        assert first
        assert first.item.uid == 1
        assert coming.next(wait=False) is None
        shelf.gate.set()
        assert [one.item.uid for one in all_of(coming)] == [2]


def test_what_was_written_before_the_judge_waits_is_handed_on_all_the_same(tmp_path: Path) -> None:
    """The line falls silent in the second message; only then the judge has nothing to do."""
    shelf = Shelf(gated=2)
    with Arrivals(shelf, Spool(tmp_path), items(2)) as coming:
        assert shelf.stuck.wait(60)
        first = coming.next(wait=True)
        shelf.gate.set()
        assert first
        assert first.item.uid == 1
        assert [one.item.uid for one in all_of(coming)] == [2]


def test_one_that_is_gone_is_told_in_its_turn(tmp_path: Path) -> None:
    with Arrivals(Shelf(gone={2}), Spool(tmp_path), items(3)) as coming:
        came = list(all_of(coming))
    assert [(one.item.uid, one.spooled is None, one.fault) for one in came] == [
        (1, False, None),
        (2, True, None),
        (3, False, None),
    ]


def test_one_that_fails_ends_it_behind_those_that_came(tmp_path: Path) -> None:
    with Arrivals(Shelf(broken={2}), Spool(tmp_path), items(3)) as coming:
        came = list(all_of(coming))
    assert [one.item.uid for one in came] == [1, 2]
    assert came[0].spooled
    assert str(came[1].fault) == "fetching: cut"
    assert list((tmp_path / "work").iterdir()) == []


def test_a_mailbox_that_fails_is_told_behind_what_came(tmp_path: Path) -> None:
    class Falling(Shelf):
        def fetch_many(self, items: Iterable[Item]) -> Pairs:
            yield from super().fetch_many(list(items)[:1])
            raise Unavailable("reading", "the line broke")

    with (
        Arrivals(Falling(), Spool(tmp_path), items(3)) as coming,
        pytest.raises(Unavailable, match="the line broke"),
    ):
        list(all_of(coming))
    assert list((tmp_path / "work").iterdir()) == []


def test_a_message_is_tidied_away_or_handed_on_and_never_both(tmp_path: Path) -> None:
    """The mailbox fails, and at this very moment the judge comes for what was written."""
    tidying, settling = threading.Event(), threading.Event()

    class Slow(Spool):
        def forget(self, written: Iterable[Unsettled]) -> None:
            tidying.set()
            assert settling.wait(10)
            super().forget(written)

        def settle(self, written: Sequence[Unsettled]) -> tuple[Spooled, ...]:
            settling.set()
            time.sleep(0.1)  # long enough for it to be tidied away
            return super().settle(written)

    class Falling(Shelf):
        def fetch_many(self, items: Iterable[Item]) -> Pairs:
            yield from super().fetch_many(list(items)[:1])
            raise Unavailable("reading", "the line broke")

    with Arrivals(Falling(), Slow(tmp_path), items(3)) as coming:
        assert tidying.wait(10)
        with pytest.raises(Unavailable, match="the line broke"):
            list(all_of(coming))
    assert list((tmp_path / "work").iterdir()) == []


def test_closed_early_it_leaves_nothing_half_written(tmp_path: Path) -> None:
    shelf = Shelf(gated=2)
    with Arrivals(shelf, Spool(tmp_path), items(3)) as coming:
        assert coming.next(wait=True)
        threading.Timer(0.05, shelf.gate.set).start()
    assert list((tmp_path / "work").iterdir()) == []


def test_it_runs_ahead_of_the_judge_only_so_far(tmp_path: Path) -> None:
    shelf = Shelf()
    with Arrivals(shelf, Spool(tmp_path), items(1000)) as coming:
        first = coming.next(wait=True)
        assert first
        assert sum(map(len, shelf.asked)) <= arrivals.BACKLOG + 2 * arrivals.ROUND
        assert len([first, *all_of(coming)]) == 1000


@pytest.mark.parametrize(
    ("count", "size", "lengths"),
    [
        (arrivals.ROUND, 10, [arrivals.ROUND]),
        (arrivals.ROUND + 1, 10, [arrivals.ROUND, 1]),
        (3, arrivals.ROUND_BYTES // 3, [3]),
        (4, arrivals.ROUND_BYTES // 3, [3, 1]),
        (2, arrivals.ROUND_BYTES + 1, [1, 1]),
        (arrivals.ROUND + 1, None, [arrivals.ROUND, 1]),
        (0, 10, []),
    ],
)
def test_rounds_are_bounded_by_number_and_bytes(
    count: int, size: int | None, lengths: list[int]
) -> None:
    assert [len(part) for part in rounds(items(count, size))] == lengths
