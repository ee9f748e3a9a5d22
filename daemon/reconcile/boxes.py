"""Mailbox ↔ ledger: a row for every message that lies there."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from heapq import merge
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from daemon.config import Mailbox as Box
from daemon.errors import ConfigError, Unavailable
from daemon.ledger import Ledger, Row
from daemon.mailbox import Folder, Item, open_mailbox
from daemon.poll import subfolder
from daemon.reconcile import mending
from daemon.reconcile.difference import Difference

SETTLED = timedelta(hours=1)  # younger mail is on its way through the next pass


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """One mailbox, held against the ledger. `seen` counts messages and rows by folder."""

    ledger: Ledger
    box: Box
    state: Path
    now: datetime
    seen: Counter[str]

    def differences(self) -> Iterator[Difference]:
        """A mailbox that cannot be opened is a difference of its own."""
        try:
            with open_mailbox(self.box, state=self.state) as folders:
                for folder in folders:
                    yield from self._folder(folder)
        except (Unavailable, ConfigError) as error:  # no network, login refused, password gone
            said = f"cannot be compared: {error}"
            yield Difference(kind="mailbox", where=self.box.name, said=said)

    def _folder(self, folder: Folder) -> Iterator[Difference]:
        newest = self.ledger.newest(self.box.name, folder.uidvalidity, subfolder(self.box, folder))
        for row, item in self._pairs(folder):
            self.seen[f"{folder.place}: messages"] += item is not None
            self.seen[f"{folder.place}: rows"] += row is not None
            if row is None and item is not None:
                yield self._unrecorded(folder, item, newest)
            elif item is None and row is not None and not self._moves(folder):
                yield _gone(folder, row)

    def _pairs(self, folder: Folder) -> Iterator[tuple[Row | None, Item | None]]:
        """Row and message of each UID; both come in the same order, so none is looked up."""
        rows = self.ledger.rows(self.box.name, subfolder(self.box, folder))
        placed = (((r.uidvalidity, r.uid), r) for r in rows)
        listed = (((folder.uidvalidity, i.uid), i) for i in folder.listing())
        both = merge(placed, listed, key=itemgetter(0))
        for _, group in groupby(both, key=itemgetter(0)):
            found = [thing for _, thing in group]
            row = next((t for t in found if isinstance(t, Row)), None)
            yield row, next((t for t in found if isinstance(t, Item)), None)

    def _unrecorded(self, folder: Folder, item: Item, newest: int) -> Difference:
        where = f"{folder.place} {folder.uidvalidity}:{item.uid}"
        if item.uid > newest:
            young = item.received is None or self.now - item.received < SETTLED
            said = "not read yet; the next pass takes it" if young else "has not been read"
            mend = partial(mending.read, self.box)
            return Difference(kind="unread", where=where, said=said, mend=mend, note=young)
        mend = partial(mending.take, self.box, subfolder(self.box, folder), item.uid)
        said = "lies in the mailbox and has no row"
        return Difference(kind="overlooked", where=where, said=said, mend=mend)

    def _moves(self, folder: Folder) -> bool:
        """Whether we take recorded mail out of this folder ourselves."""
        imap = self.box.imap
        return imap is not None and imap.after.startswith("move:") and not folder.junk


def _gone(folder: Folder, row: Row) -> Difference:
    said = f"message {row.message} is no longer in the mailbox; row and raw copy are kept"
    where = f"{folder.place} {row.uidvalidity}:{row.uid}"
    return Difference(kind="gone", where=where, said=said, note=True)
