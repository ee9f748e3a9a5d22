"""What is to be done in one folder. The ledger says so, never the server's flags or a search."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from daemon.ledger import Key, Ledger
from daemon.mailbox import Folder, Item

NONE = "0"  # the UIDVALIDITY of a server that has none
STRIDE = 16  # how much farther back each look goes for a known message that is still there


@dataclass(frozen=True, slots=True)
class Worklist:
    """`items` in the order they are to be taken.

    `whole` is the listing of the whole folder where its numbers promise nothing; else None.
    """

    items: tuple[Item, ...]
    whole: Mapping[int, Item] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """One folder, and what the ledger knows of it. `place` is the ledger's word for the folder."""

    ledger: Ledger
    folder: Folder
    mailbox: str
    place: str

    def key(self, uid: int) -> Key:
        validity = self.folder.uidvalidity
        return Key(mailbox=self.mailbox, uidvalidity=validity, uid=uid, folder=self.place)

    def known(self, item: Item, *, doubted: bool) -> int | None:
        """The row of this message; with `doubted` numbers, one that looks like it, too."""
        message = self.ledger.known(self.key(item.uid))
        if message is None or not doubted:
            return message
        return message if self.is_row(item, message) else None

    def is_row(self, item: Item, message: int) -> bool:
        """Whether it has the row's size and arrival, as far as they are told."""
        return self.ledger.looks_like(message, item.size, item.received)

    def _came_when(self, item: Item, message: int) -> bool:
        """Some servers estimate sizes: alone, they are no reason to doubt a whole folder."""
        size = item.size if item.received is None else None
        return self.ledger.looks_like(message, size, item.received)

    def work(self, now: datetime) -> Worklist:
        """What is new, then what failed before and is due again, the longest overdue first."""
        put_off = self.ledger.skipped.of(self.mailbox, self.place, self.folder.uidvalidity)
        due = {uid for uid, again in put_off.items() if again <= now}
        if not due and self.folder.unchanged():
            return Worklist(())
        listed, last = self._listed(min(due, default=None))
        self._forget(due.difference(i.uid for i in listed), now)
        whole = last == 0
        fresh = [i for i in listed if i.uid not in put_off and self._new(i, last)]
        again = sorted((i for i in listed if i.uid in due), key=lambda i: put_off[i.uid])
        # The ledger says that nothing is left to do, so that no slip of a pass can hide mail.
        self.folder.found(new=whole or bool(again) or any(self._unknown(i) for i in fresh))
        return Worklist((*fresh, *again), {i.uid: i for i in listed} if whole else None)

    def _forget(self, gone: Iterable[int], now: datetime) -> None:
        """What is written down and has left the folder needs nothing more: we moved it ourselves,
        and died before we could say so. The rest is looked for ever more rarely: a server may
        leave a message out once, and all behind it are listed each time."""
        for key in map(self.key, gone):
            if self.ledger.known(key) is not None:
                self.ledger.skipped.settle(key)
            else:
                self.ledger.skipped.skip(key, now, "it is no longer listed")

    def _unknown(self, item: Item) -> bool:
        return self.ledger.known(self.key(item.uid)) is None

    def _new(self, item: Item, last: int) -> bool:
        """The last known message is taken again: a crash may have left it half done."""
        return item.uid >= last or self._unknown(item)

    def _listed(self, first: int | None) -> tuple[list[Item], int]:
        """From the last known message that is still there, or from `first`; and its UID.

        0 for that: everything is listed and looked at. A provider that rebuilds a mailbox may
        number it anew and keep its UIDVALIDITY of 1, and new mail would hide behind old numbers.
        """
        newest = self.ledger.newest(self.mailbox, self.folder.uidvalidity, self.place)
        if self.folder.uidvalidity == NONE:
            return list(self.folder.listing()), 0
        back = 1
        while True:
            after = max(newest - back, 0)
            listed = list(self.folder.listing(after if first is None else min(after, first - 1)))
            old = [item for item in listed if item.uid <= newest]
            if old or after == 0:
                break
            back *= STRIDE
        rows = [(item, self.ledger.known(self.key(item.uid))) for item in old]
        taken = [(item, message) for item, message in rows if message is not None]
        if not all(self._came_when(item, message) for item, message in taken):
            return list(self.folder.listing()), 0
        return listed, max((item.uid for item, _ in taken), default=newest + 1)
