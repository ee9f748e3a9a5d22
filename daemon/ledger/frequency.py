"""How often each rule has fired: in how many messages."""

import json
import sqlite3
from collections.abc import Iterable
from threading import Lock

from daemon.ledger.store import Store

# from the index finding_code alone: (code, message)
ALL = "select code, count(distinct message) as count from finding group by code"
SOME = """
select code, count(distinct message) as count from finding
where message in (select id from message where mailbox in (select value from json_each(?)))
group by code
"""
# a message, or anything that has happened to one
LATEST = "select (select max(id) from message) as message, (select max(id) from event) as event"
Counts = dict[str, int]
Moment = tuple[int | None, int | None]


class Frequency:
    """Counted anew only when something has happened since."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = Lock()
        self._known: dict[frozenset[str] | None, tuple[Moment, Counts]] = {}

    def rules(self, mailboxes: Iterable[str] | None) -> Counts:
        """Messages with a finding of that code; None: of every department."""
        whose = None if mailboxes is None else frozenset(mailboxes)
        with self._store.reading() as connection:
            row = connection.execute(LATEST).fetchone()
            moment = (row["message"], row["event"])
            with self._lock:
                known = self._known.get(whose)
            if known is not None and known[0] == moment:
                return known[1]
            counts = _counted(connection, whose)
        with self._lock:
            self._known[whose] = (moment, counts)
        return counts


def _counted(connection: sqlite3.Connection, whose: frozenset[str] | None) -> Counts:
    if whose is None:
        rows = connection.execute(ALL).fetchall()
    else:
        rows = connection.execute(SOME, (json.dumps(sorted(whose)),)).fetchall()
    return {row["code"]: row["count"] for row in rows}
