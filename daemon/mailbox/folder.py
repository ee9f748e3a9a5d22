"""What intake needs of a mailbox, whatever it is kept in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from daemon.errors import Unavailable


class LoginRefused(Unavailable):
    """The server does not let us in. Providers lock a mailbox that is tried too often."""


class Vanished(Unavailable):
    """The message was there when it was listed and is gone: skip it, others go on."""


@dataclass(frozen=True, slots=True)
class Item:
    """One message in a folder. `size` is the server's word, a hint; `received` its clock."""

    uid: int
    size: int | None = None
    received: datetime | None = None
    flags: tuple[str, ...] = ()

    def beside(self, before: "Item | None") -> "Item":
        """With what was told before: news of a message's flags tells neither size nor clock."""
        if before is None:
            return self
        size = before.size if self.size is None else self.size
        return replace(self, size=size, received=self.received or before.received)


class Folder(Protocol):
    """One folder of a mailbox, opened. Every method raises Unavailable for faults of the world.

    `place` is the ledger's word for it: the mailbox's name, and `name/folder` for any folder
    other than INBOX. `uidvalidity` is "0" when the server has none: then UIDs promise nothing,
    and only the digest of the bytes tells whether a message is known.
    """

    @property
    def place(self) -> str: ...
    @property
    def junk(self) -> bool: ...
    @property
    def uidvalidity(self) -> str: ...

    def listing(self, after: int = 0) -> Iterator[Item]:
        """The messages with a UID above `after`, ascending."""
        ...

    def unchanged(self) -> bool:
        """Whether nothing can have come since the last `found(new=False)`. False when unsure."""
        ...

    def found(self, *, new: bool) -> None:
        """What a look at the listing has come to. All that was there is in the ledger: no news."""
        ...

    def fetch(self, uid: int) -> Iterator[bytes]:
        """The raw message in chunks of at most about 1 MiB. Raises Vanished."""
        ...

    def fetch_many(self, items: Iterable[Item]) -> Iterator[tuple[Item, Iterator[bytes]]]:
        """Each message with its chunks, in the order of `items`, in as few round trips as can be.

        The chunks of one are read before the next one is asked for; what is not read is passed
        over. Vanished and Unavailable come out of the chunks where one message is at fault, out
        of the pairs where the mailbox is. Nothing else may be asked of the mailbox (`dispose`,
        `listing`) until the pairs have ended or been closed; one thread reads them.
        """
        ...

    def dispose(self, uid: int) -> None:
        """Do with a recorded message what `after` says. Never anything in a junk folder."""
        ...
