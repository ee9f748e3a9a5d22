"""Recorded messages on their way into the library, in threads of their own.

A shelf is only as good as the disk's word for it, asked for many times over; the judge goes on.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from daemon.filing import AtHand, Filer
from daemon.ledger import Key
from daemon.ledger.filings import Filing

THREADS = 2  # a disk that syncs for both at once is as quick as for one
MOST = 64  # messages under way: their decoded files lie on the disk until then


@dataclass(frozen=True, slots=True)
class Taken:
    """A message that is written down, and what is needed for the rest.

    `owes`: the library may want it. `held` is what has to be tidied away behind it: the folder of
    the files `at_hand`.
    """

    key: Key
    message: int
    at_hand: AtHand
    owes: bool
    held: ExitStack = field(default_factory=ExitStack)


@dataclass(frozen=True, slots=True)
class Shelved:
    """`work` is None where the library is owed nothing."""

    taken: Taken
    work: Future[None] | None

    def is_done(self) -> bool:
        return self.work is None or self.work.done()


class Shelving:
    """Those under way come back in the order in which they were put."""

    def __init__(self, filer: Filer) -> None:
        self._filer = filer
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="shelving")
        self._under_way: deque[Shelved] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._threads.shutdown(wait=True, cancel_futures=True)
        for one in self._under_way:
            one.taken.held.close()

    def put(self, taken: Sequence[Taken]) -> None:
        """Raises Unavailable where the ledger does; then none of them is left held."""
        with ExitStack() as held:
            for one in taken:
                held.enter_context(one.held)
            owed = [self._filer.owed(one.message) if one.owes else None for one in taken]
            held.pop_all()
        for one, filing in zip(taken, owed, strict=True):
            self._under_way.append(Shelved(one, self._submit(one, filing)))

    def _submit(self, taken: Taken, filing: Filing | None) -> Future[None] | None:
        if filing is None:
            taken.held.close()
            return None
        return self._threads.submit(self._shelve, filing, taken)

    def done(self, *, wait: bool) -> Iterator[Shelved]:
        """Those that are through, well or ill; with `wait`, or while there are too many, all."""
        while self._under_way:
            if not (wait or len(self._under_way) > MOST or self._under_way[0].is_done()):
                return
            yield self._under_way.popleft()

    def _shelve(self, filing: Filing, taken: Taken) -> None:
        with taken.held:
            self._filer.shelve(filing, taken.at_hand)
