"""A folder's new messages on their way down the line: spool, judge, record, file, put away.

Several are under way at once: while one is judged, the next are opened and inspected, those behind
them fetched, and those before it filed. They are judged in their order, each with all before it in
the ledger, and those that are ready together are recorded in one transaction. Only what is recorded
is filed, and only when all of a round is fetched is the mailbox touched.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from daemon.arrivals import Arrivals, Arrived, rounds
from daemon.errors import Unavailable
from daemon.filing import NOTHING, Filer
from daemon.judging import Bench, Case
from daemon.ledger import Key
from daemon.looking import Looked
from daemon.mailbox import Folder, Item
from daemon.recording import Stored
from daemon.shelving import Shelved, Shelving, Taken
from daemon.spool import Spool
from daemon.worklist import Desk

AHEAD = 6  # messages that are opened and inspected before it is their turn
LOOKERS = 3  # of them at the same time: one more than there are processes, which never wait
TOGETHER = 32  # messages recorded in one transaction: a tenth of a second
PATIENCE = 0.02  # seconds that a transaction waits for one more
LARGE = 64 << 20  # bytes of a message that is taken alone: its decoded files are as large


class Failed(Exception):
    """One message could not be taken; the next ones may fare better."""

    def __init__(self, key: Key, fault: Unavailable) -> None:
        super().__init__(str(fault))
        self.key = key
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Coming:
    """A message that has arrived. `looked` and `work` are None where there is nothing to judge.

    `held` is what has to be tidied away behind it: the folder `work` of its decoded files.
    """

    arrived: Arrived
    held: ExitStack
    work: Path | None = None
    looked: Future[Looked] | None = None

    @property
    def ready(self) -> bool:
        return self.looked is None or self.looked.done()

    @property
    def is_large(self) -> bool:
        spooled = self.arrived.spooled
        return spooled is not None and spooled.size > LARGE


@dataclass(kw_only=True, slots=True)
class Passage:
    """`now`, `stop` as in a pass; `taken` is told of each message, and whether it was new.

    `disposes`: something is done to messages in the mailbox once they are recorded.
    """

    bench: Bench
    desk: Desk
    folder: Folder
    spool: Spool
    filer: Filer
    now: Callable[[], datetime]
    stop: Callable[[], bool]
    taken: Callable[[bool], None]
    disposes: bool
    _whole: Mapping[int, Item] | None = field(default=None, init=False)
    _group: ExitStack = field(default_factory=ExitStack, init=False)
    _shelving: Shelving = field(init=False)
    _open: list[Taken] = field(default_factory=list, init=False)  # judged, and not yet durable
    _recorded: list[Key] = field(default_factory=list, init=False)  # durable; the mailbox waits

    def __call__(self, items: Sequence[Item], whole: Mapping[int, Item] | None = None) -> bool:
        """Take these messages in their order; False when asked to stop before the end.

        `whole` is the folder's listing where its numbers promise nothing.
        Raises Failed for the first that cannot be taken; those before it are taken. Raises
        Unavailable where the mailbox or the ledger fails.
        """
        self._whole = whole
        return all(self._round(part) for part in self._rounds(items))

    def _rounds(self, items: Sequence[Item]) -> Iterator[Sequence[Item]]:
        """Where numbers promise nothing, each message is known only when those before are."""
        if self._whole is not None:
            return ([item] for item in items)
        return rounds(items) if self.disposes else iter([items])

    def _round(self, items: Sequence[Item]) -> bool:
        """What is new comes first: no mark that cannot be set keeps mail from being read."""
        known = [(i, self.desk.known(i, doubted=self._whole is not None)) for i in items]
        new = [item for item, message in known if message is None]
        done = not new or self._bring(new)
        self._dispose()
        return done and all(self._again(i, m) for i, m in known if m is not None)

    def _again(self, item: Item, message: int) -> bool:
        """It is known; a crash may have left it unfiled, or where it was. False: asked to stop."""
        if self.stop():
            return False
        key = self.desk.key(item.uid)
        with _blamed(key):
            self.filer.file(message, self.now())
            self.folder.dispose(key.uid)
        self.bench.ledger.skipped.settle(key)
        self.taken(False)
        return True

    def _bring(self, items: Sequence[Item]) -> bool:
        coming: deque[Coming] = deque()
        self.bench.intake.looker.warm()
        with (
            Shelving(self.filer) as self._shelving,
            Arrivals(self.folder, self.spool, items) as arrivals,
            ThreadPoolExecutor(LOOKERS, thread_name_prefix="looking") as lookers,
        ):
            try:
                return self._take_all(arrivals, lookers, coming)
            finally:
                lookers.shutdown(wait=True, cancel_futures=True)
                for left in coming:
                    left.held.close()

    def _take_all(
        self, arrivals: Arrivals, lookers: ThreadPoolExecutor, coming: deque[Coming]
    ) -> bool:
        try:
            while self._fill(coming, arrivals, lookers):
                self._await(coming[0])
                if self.stop():
                    return False
                first = coming.popleft()
                self._take(first)
                if first.is_large or len(self._open) >= TOGETHER:
                    self._commit(wait=first.is_large)
            return True
        finally:
            self._commit(wait=True)

    def _fill(self, coming: deque[Coming], arrivals: Arrivals, lookers: ThreadPoolExecutor) -> bool:
        """Let the next ones come nearer; False when there are none any more."""
        while len(coming) < AHEAD and not any(one.is_large for one in coming):
            arrived = arrivals.next(wait=False)
            if arrived is None and not coming:
                self._commit()  # before waiting: others may want to write
                arrived = arrivals.next(wait=True)
            if arrived is None:
                break
            coming.append(self._opened(arrived, lookers))
        return bool(coming)

    def _opened(self, arrived: Arrived, lookers: ThreadPoolExecutor) -> Coming:
        held = ExitStack()
        if arrived.spooled is None:
            return Coming(arrived, held)
        work = held.enter_context(self.spool.temporary())
        raw, received = arrived.spooled.path, arrived.item.received
        return Coming(
            arrived, held, work, lookers.submit(self.bench.intake.looker.look, raw, work, received)
        )

    def _await(self, first: Coming) -> None:
        if first.looked is not None and not first.ready:
            if self._open:
                wait([first.looked], PATIENCE)
            if not first.ready:
                self._commit()  # as above
                wait([first.looked])

    def _take(self, one: Coming) -> None:
        """Judge it and write it down, together with those before it that are not yet durable."""
        key = self.desk.key(one.arrived.item.uid)
        with _blamed(key), ExitStack() as until_taken:
            until_taken.enter_context(one.held)
            if one.arrived.fault is not None:
                raise one.arrived.fault
            if one.arrived.spooled is None:
                self.bench.ledger.skipped.settle(key)
                self.taken(False)
                return
            if not self._open:
                self._group.enter_context(self.bench.ledger.together())
            taken = self._written(one, key)
            self._open.append(replace(taken, held=until_taken.pop_all()))

    def _written(self, one: Coming, key: Key) -> Taken:
        spooled, ledger = one.arrived.spooled, self.bench.ledger
        assert spooled is not None
        assert one.work is not None
        assert one.looked is not None
        at = Stored(key=key, spooled=spooled, recorded=self.now())
        twin = self.bench.twin(at)
        moved = twin and self.bench.moved(at, twin, self.desk, self._whole)
        if moved is not None:
            ledger.skipped.unfinished(key, at.recorded)
            return Taken(key, moved, NOTHING, owes=True)
        case = Case(
            item=one.arrived.item, at=at, twin=twin and twin[0], work=one.work, looked=one.looked
        )
        judged = self.bench.judge(case)
        owes = judged.entry.shelf != ""
        if self.disposes or owes:
            ledger.skipped.unfinished(key, at.recorded)
        return Taken(key, ledger.record(judged.entry), judged.at_hand, owes=owes)

    def _commit(self, *, wait: bool = False) -> None:
        """From here on they may be answered, filed, and put away; with `wait`, they are filed."""
        group, self._group = self._group, ExitStack()
        taken, self._open = self._open, []
        with ExitStack() as held:
            for one in taken:
                held.enter_context(one.held)
            group.close()
            for _ in taken:
                self.taken(True)
            held.pop_all()
        self._shelving.put(taken)
        self._filed(wait=wait)

    def _filed(self, *, wait: bool) -> None:
        """Write down what has reached its shelf."""
        filed: list[Shelved] = []
        try:
            for one in self._shelving.done(wait=wait):
                with _blamed(one.taken.key):
                    if one.work is not None:
                        one.work.result()
                filed.append(one)
        finally:
            self._write_filed(filed)

    def _write_filed(self, filed: Sequence[Shelved]) -> None:
        owed = [one.taken.message for one in filed if one.work is not None]
        if owed:
            self.filer.filed(owed, self.now())
        keys = [one.taken.key for one in filed]
        if self.disposes:
            self._recorded += keys
        else:
            self.bench.ledger.skipped.settle(*keys)

    def _dispose(self) -> None:
        """What is recorded and filed leaves the mailbox, where that is wished."""
        recorded, self._recorded = self._recorded, []
        for key in recorded:
            with _blamed(key):
                self.folder.dispose(key.uid)
        self.bench.ledger.skipped.settle(*recorded)


@contextmanager
def _blamed(key: Key) -> Iterator[None]:
    try:
        yield
    except Unavailable as fault:
        raise Failed(key, fault) from fault
