"""Every night: messages in the mailbox = rows in the ledger = files on disk.

for difference in Reconciliation(config=…, ledger=…, now=…).differences(): print(difference)
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from daemon.config import Config
from daemon.ledger import Ledger
from daemon.library import Library
from daemon.reconcile.boxes import Comparison
from daemon.reconcile.difference import Difference
from daemon.reconcile.folders import Folders
from daemon.reconcile.letters import Letters
from daemon.spool import Spool

__all__ = ["Difference", "Reconciliation"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Reconciliation:
    """Compares while the daemon works, and changes nothing. `seen` counts what was looked at."""

    config: Config
    ledger: Ledger
    now: datetime
    deep: bool = False
    seen: Counter[str] = field(default_factory=Counter)

    def differences(self) -> Iterator[Difference]:
        """One by one; memory does not grow with ledger or spool."""
        for box in self.config.mailboxes:
            yield from Comparison(
                ledger=self.ledger,
                box=box,
                state=self.config.state,
                now=self.now,
                seen=self.seen,
            ).differences()
        spool, library = Spool(self.config.state / "spool"), Library(self.config.state / "library")
        yield from Letters(
            ledger=self.ledger, spool=spool, now=self.now, deep=self.deep, seen=self.seen
        ).differences()
        yield from Folders(
            ledger=self.ledger, library=library, deep=self.deep, seen=self.seen
        ).differences()
