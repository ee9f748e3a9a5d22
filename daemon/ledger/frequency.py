"""How often each rule has fired: in how many messages."""

import json
from collections.abc import Iterable

from daemon.ledger.store import Store

# from the index finding_code alone: (code, message)
ALL = "select code, count(distinct message) as count from finding group by code"
SOME = """
select code, count(distinct message) as count from finding
where message in (select id from message where mailbox in (select value from json_each(?)))
group by code
"""


class Frequency:
    def __init__(self, store: Store) -> None:
        self._store = store

    def rules(self, mailboxes: Iterable[str] | None) -> dict[str, int]:
        """Messages with a finding of that code; None: of every department."""
        wanted = None if mailboxes is None else json.dumps(sorted(mailboxes), ensure_ascii=False)
        with self._store.reading() as connection:
            query, values = (ALL, ()) if wanted is None else (SOME, (wanted,))
            rows = connection.execute(query, values).fetchall()
        return {row["code"]: row["count"] for row in rows}
