"""Ledger ↔ spool: the raw copy of every message, and no raw copy without a row."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from hashlib import file_digest
from pathlib import Path

from daemon.ledger import Ledger, Letter
from daemon.reconcile import mending
from daemon.reconcile.difference import Difference
from daemon.spool import Spool

SETTLED = timedelta(hours=1)  # a younger copy may be a message in hand
STALE = timedelta(days=1)  # no message is in hand for that long


@dataclass(frozen=True, kw_only=True, slots=True)
class Letters:
    """`deep` reads every file to its end and compares its SHA-256."""

    ledger: Ledger
    spool: Spool
    now: datetime
    deep: bool
    seen: Counter[str]

    def differences(self) -> Iterator[Difference]:
        for letter in self.ledger.letters():
            self.seen["raw copies"] += 1
            fault = _fault(letter.spool, letter, deep=self.deep)
            if fault:
                yield self._faulty(letter, fault)
        yield from self._strays()
        yield from self._unfinished()

    def _faulty(self, letter: Letter, fault: str) -> Difference:
        where = f"message {letter.message}"
        elsewhere = self.spool.find(letter.sha256)
        if elsewhere and not _fault(elsewhere, letter, deep=self.deep):
            said = f"its raw copy lies at {elsewhere}, not at {letter.spool}"
            mend = partial(mending.point, letter, elsewhere)
            return Difference(kind="moved", where=where, said=said, mend=mend)
        said = f"its raw copy {letter.spool} {fault}"
        return Difference(
            kind="raw copy", where=where, said=said, mend=partial(mending.respool, letter)
        )

    def _strays(self) -> Iterator[Difference]:
        boxes = {tally.mailbox for tally in self.ledger.tally()}
        for path in self.spool.letters():
            if _age(path, self.now) > SETTLED and not self._known(path.stem, boxes):
                said = "a raw copy without a row; `baosong try` shows what it is"
                yield Difference(kind="stray", where=str(path), said=said)

    def _known(self, digest: str, boxes: set[str]) -> bool:
        return any(self.ledger.by_digest(box, digest) for box in boxes)

    def _unfinished(self) -> Iterator[Difference]:
        """What a crash left half written: it was never recorded, so nothing is lost with it."""
        for path in self.spool.unfinished():
            if _age(path, self.now) > STALE:
                mend = partial(mending.clear, path)
                said = "left half written by a crash"
                yield Difference(
                    kind="unfinished", where=str(path), said=said, mend=mend, note=True
                )


def _fault(path: Path, letter: Letter, *, deep: bool) -> str:
    try:
        size = path.stat().st_size
        if size != letter.size:
            return f"has {size} bytes instead of {letter.size}"
        if deep:
            with path.open("rb") as file:
                same = file_digest(file, "sha256").hexdigest() == letter.sha256
            return "" if same else "holds other bytes"
    except FileNotFoundError:
        return "is not there"
    except OSError as error:  # a disk that fails, a file that is not ours to read
        return f"cannot be read: {error.strerror}"
    return ""


def _age(path: Path, now: datetime) -> timedelta:
    try:
        return timedelta(seconds=now.timestamp() - path.stat().st_mtime)
    except FileNotFoundError:  # finished in the meantime
        return timedelta(0)
