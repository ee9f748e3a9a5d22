"""When mailbox, ledger and files were last held against each other, and what came of it."""

from dataclasses import dataclass
from datetime import datetime

from daemon.ledger.events import OURSELVES
from daemon.ledger.store import Store
from daemon.ledger.values import instant, when

WHAT = "reconciled"
NOTE = "insert into event (message, at, who, what, why) values (null, ?, ?, ?, ?)"
LAST = """
select at, why from event where message is null and what = ? order by id desc limit 1
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Night:
    at: datetime
    differences: int


class Nights:
    def __init__(self, store: Store) -> None:
        self._store = store

    def reconciled(self, now: datetime, differences: int) -> None:
        with self._store.writing() as connection:
            connection.execute(NOTE, (instant(now), OURSELVES, WHAT, str(differences)))

    def last(self) -> Night | None:
        """None while no night has passed."""
        with self._store.reading() as connection:
            row = connection.execute(LAST, (WHAT,)).fetchone()
        return None if row is None else Night(at=when(row["at"]), differences=int(row["why"]))
