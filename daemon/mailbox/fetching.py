"""Many messages from one folder: streamed in batches, and piece by piece where that fails.

A server that cuts long answers, or answers otherwise than it is asked, is asked for one piece of
one message at a time, as ever: slower, and always right.
"""

import logging
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from typing import Any, Protocol

from daemon.errors import Unavailable
from daemon.mailbox.attempt import Deadline
from daemon.mailbox.batch import Answer, Batch
from daemon.mailbox.folder import Item

MOST = 200  # messages in one command: some servers take no long lines
LARGEST = 128 << 20  # bytes in one command, or one message: what a cut makes us ask for again
MOST_CUTS = 2  # in a row, until a server is no longer asked for batches
TAIL = 4096  # bytes by which the rest of a message is known to belong to its beginning

Pair = tuple[Item, Iterator[bytes]]
log = logging.getLogger(__name__)


class Connection(Protocol):
    """What is remembered of the server: `cuts` counts batches in a row that came to nothing."""

    cuts: int
    client: Any
    deadline: Deadline

    def drop(self) -> None: ...


class Source(Protocol):
    """The folder that is read."""

    @property
    def session(self) -> Connection: ...
    def select(self) -> Any: ...
    def fetch(self, uid: int) -> Iterator[bytes]: ...
    def rest(self, uid: int, came: int, tail: bytes) -> Iterator[bytes]: ...
    def fetching(self, uid: int) -> str: ...


class Fetching:
    def __init__(self, folder: Source) -> None:
        self._folder = folder
        self._session = folder.session

    def pairs(self, items: Iterable[Item]) -> Iterator[Pair]:
        left = deque(items)
        while left:
            streamed = self._session.cuts < MOST_CUTS and (yield from self._streamed(left))
            if left and not streamed:
                item = left.popleft()
                yield item, self._folder.fetch(item.uid)

    def _streamed(self, left: deque[Item]) -> Generator[Pair, None, bool]:
        """The next batch, as far as it comes in turn; whether all of it did."""
        wanted = deque(batch_of(left))
        client = self._folder.select()
        batch = Batch(client, self._session.deadline, self._folder.fetching(wanted[0].uid))
        try:
            with closing(batch.answers(tuple(wanted))) as answers:
                for answer in answers:
                    if not wanted or answer.uid != wanted[0].uid:
                        # One is gone, or they come in another order: it is asked for by itself.
                        self._session.cuts += 1
                        return False
                    wanted.popleft()
                    yield (item := left.popleft()), self._body(item, answer)
                    if self._session.client is not client:
                        return False
        except Unavailable as fault:
            self._give_up(fault)
            return False
        finally:
            if self._session.client is client and not batch.clean:
                self._session.drop()
        if not wanted:
            self._session.cuts = 0
        return not wanted

    def _body(self, item: Item, answer: Answer) -> Iterator[bytes]:
        came, tail = 0, b""
        try:
            for chunk in answer.chunks:
                came += len(chunk)
                tail = (tail + chunk[-TAIL:])[-TAIL:]
                yield chunk
        except Unavailable as fault:
            self._give_up(fault)
        else:
            if came >= answer.stated:
                return
            # A server that cuts may close what it has cut: it is asked whether more is there.
            said = f"{came} of {answer.stated} bytes came"
            self._give_up(Unavailable(self._folder.fetching(item.uid), said))
        self._session.drop()
        yield from self._folder.rest(item.uid, came, tail)

    def _give_up(self, fault: Unavailable) -> None:
        self._session.cuts += 1
        log.info("%s; going on piece by piece", fault)


def batch_of(items: Iterable[Item]) -> Iterator[Item]:
    """The first of `items`, and those after it that fit into one command; UIDs ascending."""
    last = total = 0
    for count, item in enumerate(items):
        total += item.size or 0
        if count and (item.uid <= last or total > LARGEST or count == MOST):
            return
        last = item.uid
        yield item
