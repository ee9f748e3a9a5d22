"""The replies of some departments, state by state, a page at a time, for those who decide."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from daemon.ledger.drafts import LINE, State, Waiting, waiting
from daemon.ledger.store import Store

WORK: frozenset[State] = frozenset({"waiting", "failed"})  # the oldest is due first
IN = "mailbox in (select value from json_each(?))"
OLDEST = f"{LINE} where state = ? and id > ? and {IN} order by id limit ?"
NEWEST = f"{LINE} where state = ? and id < ? and {IN} order by id desc limit ?"
# those that are sent are many, and nobody has to do anything about them
COUNTS = """
select state, count(*) as count from reply
where state in ('waiting', 'failed', 'approved')
  and mailbox in (select value from json_each(?)) group by state
"""
ENDLESS = (1 << 63) - 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """`following` begins the next page: the last id of this one; None on the last page."""

    replies: tuple[Waiting, ...]
    following: int | None


class Outgoing:
    def __init__(self, store: Store) -> None:
        self._store = store

    def page(
        self, state: State, mailboxes: Iterable[str], *, begin: int | None = None, limit: int = 50
    ) -> Page:
        """What waits or failed, the oldest first; everything else, the newest first."""
        query, first = (OLDEST, 0) if state in WORK else (NEWEST, ENDLESS)
        values = (state, first if begin is None else begin, _list(mailboxes), limit + 1)
        with self._store.reading() as connection:
            rows = connection.execute(query, values).fetchall()
        shown = tuple(waiting(row) for row in rows[:limit])
        return Page(replies=shown, following=shown[-1].id if len(rows) > limit else None)

    def counts(self, mailboxes: Iterable[str]) -> dict[str, int]:
        """How many wait, have failed, or are about to go."""
        with self._store.reading() as connection:
            rows = connection.execute(COUNTS, (_list(mailboxes),)).fetchall()
        return {row["state"]: row["count"] for row in rows}


def _list(mailboxes: Iterable[str]) -> str:
    return json.dumps(sorted(mailboxes), ensure_ascii=False)
