"""One place where mailbox, ledger and files do not agree."""

from collections.abc import Callable
from dataclasses import dataclass

from daemon.poll import Poll

Mend = Callable[[Poll], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """`mend` puts it right or raises Unavailable, saying why not; None: a person must.

    A `note` is worth a line and no alarm: mail that somebody took out of the mailbox, say.
    """

    kind: str
    where: str
    said: str
    mend: Mend | None = None
    note: bool = False

    def __str__(self) -> str:
        return f"{self.kind}: {self.where}: {self.said}"
