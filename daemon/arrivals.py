"""Messages on their way from a folder into the spool, in a thread of their own.

While one message is judged, the next ones are fetched, written and synced; many together, for
that is what a disk is quick at. Nobody waits for a group to fill: it is synced as soon as the
judge has nothing to do.
"""

from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from threading import Condition, Lock
from types import TracebackType
from typing import Self, cast

from daemon.errors import Unavailable
from daemon.mailbox import Folder, Item, Vanished
from daemon.spool import Spool, Spooled, Unsettled

GROUP = 32  # messages synced together
GROUP_BYTES = 16 << 20
ROUND = 64  # messages asked for before it is looked how far the judge is
ROUND_BYTES = 32 << 20
BACKLOG = 128  # messages in the spool that wait for the judge
BACKLOG_BYTES = 64 << 20
LARGE = 4 << 20  # bytes: before such a message comes, the others are let go


class _Closed(Exception):
    """Nobody waits any more."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """`spooled` is synced; None: the message is gone, or could not be had (`fault`)."""

    item: Item
    spooled: Spooled | None = None
    fault: Unavailable | None = None


class Arrivals:
    """The messages `items` of a folder, in that order. Until it is closed, nobody else may ask
    anything of the mailbox. A fault of one message ends it: it may have taken the connection."""

    def __init__(self, folder: Folder, spool: Spool, items: Sequence[Item]) -> None:
        self._folder = folder
        self._spool = spool
        self._items = items
        self._written: list[tuple[Item, Unsettled]] = []
        self._settling = Lock()  # one group after the other, whoever settles it
        self._ready: deque[Arrived] = deque()
        self._waiting = False
        self._closed = False
        self._turn = Condition()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="arrivals")
        self._work: Future[None] | None = None

    def __enter__(self) -> Self:
        self._work = self._thread.submit(self._bring)
        self._work.add_done_callback(lambda _: self._wake())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._turn:
            self._closed = True
            self._turn.notify_all()
        self._thread.shutdown(wait=True)

    def next(self, *, wait: bool) -> Arrived | None:
        """The next message; None when there is none yet (without `wait`), or none any more.

        Raises Unavailable where the mailbox itself has failed.
        """
        assert self._work is not None
        self._waiting = wait
        if wait and not self._ready:
            self._settle()  # the thread may be waiting for a slow line, and knows nothing of us
        with self._turn:
            while wait and not self._ready and not self._work.done():
                self._turn.wait()
            self._waiting = False
            if self._ready:
                self._turn.notify_all()
                return self._ready.popleft()
        if self._work.done():
            self._work.result()
        return None

    def _wake(self) -> None:
        with self._turn:
            self._turn.notify_all()

    def _bring(self) -> None:
        try:
            for part in rounds(self._items):
                self._await_room()
                if not self._read(part):
                    return
        except _Closed:
            return
        finally:
            with self._settling:  # the judge may be settling them
                left = self._unsettled()
            self._spool.forget(written for _, written in left)

    def _read(self, part: Sequence[Item]) -> bool:
        """False: a message has failed."""
        pairs = self._folder.fetch_many(part)
        with closing(cast("Generator[tuple[Item, Iterator[bytes]]]", pairs)):
            for item, chunks in pairs:
                if not self._receive(item, chunks):
                    return False
        self._settle()
        return True

    def _receive(self, item: Item, chunks: Iterator[bytes]) -> bool:
        if (item.size or 0) > LARGE:
            self._settle()
        try:
            written = self._spool.write(self._watched(chunks))
        except Vanished:  # deleted between listing and fetching
            self._settle()
            self._put(Arrived(item))
            return True
        except Unavailable as fault:
            self._settle()
            self._put(Arrived(item, fault=fault))
            return False
        with self._settling:
            self._written.append((item, written))
        if self._waiting or self._is_full():
            self._settle()
        return True

    def _watched(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """On a slow line, a judge without work does not wait for the end of the next message."""
        for chunk in chunks:
            if self._closed:
                raise _Closed
            if self._waiting:
                self._settle()
            yield chunk

    def _is_full(self) -> bool:
        size = sum(written.size for _, written in self._written)
        return len(self._written) >= GROUP or size >= GROUP_BYTES

    def _settle(self) -> None:
        with self._settling:
            group = self._unsettled()
            spooled = self._spool.settle([written for _, written in group])
            self._put(*(Arrived(item, one) for (item, _), one in zip(group, spooled, strict=True)))

    def _unsettled(self) -> list[tuple[Item, Unsettled]]:
        group, self._written = self._written, []
        return group

    def _put(self, *arrived: Arrived) -> None:
        with self._turn:
            self._ready.extend(arrived)
            self._turn.notify_all()

    def _await_room(self) -> None:
        """Between two rounds, not within one: a server that is kept waiting hangs up."""
        with self._turn:
            while not self._closed and self._is_crowded():
                self._turn.wait()
            if self._closed:
                raise _Closed

    def _is_crowded(self) -> bool:
        size = sum(one.spooled.size for one in self._ready if one.spooled)
        return len(self._ready) > BACKLOG or size > BACKLOG_BYTES


def rounds(items: Sequence[Item]) -> Iterator[list[Item]]:
    """As many at once as are asked for together; sizes are the server's word."""
    part: list[Item] = []
    size = 0
    for item in items:
        size += item.size or 0
        if part and (len(part) == ROUND or size > ROUND_BYTES):
            yield part
            part, size = [], item.size or 0
        part.append(item)
    if part:
        yield part
