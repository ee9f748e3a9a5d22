"""What a hand-over says of its files beyond what the library holds."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from daemon.ledger.store import Store
from rules.submission import Contact

FILES = """
select id, sha256, kind, form, format, facts from attachment
where message = ? and ignored = '' and role not in ('ignored', 'container') order by ordinal
"""
FIELDS = "select label, value from form_field where attachment = ? and value <> ''"
HEAD = """
select version, received, claim_date, sender, sender_name,
  exists (select 1 from selection where selection.message = message.id) as selected
from message where id = ?
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Papers:
    """One file: what it is for, what a form of it says, whom a manuscript names."""

    kind: str
    form: str
    format: str
    answers: tuple[tuple[str, str], ...] = ()
    contact: Contact | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Sender:
    """Of one letter. `claim_date` is an ISO day, "" when the subject names none."""

    version: int
    received: str
    claim_date: str
    address: str
    name: str
    selected: bool


class Handovers:
    def __init__(self, store: Store) -> None:
        self._store = store

    def papers(self, message: int) -> dict[str, Papers]:
        """By SHA-256: each file of this letter."""
        with self._store.reading() as connection:
            rows = connection.execute(FILES, (message,)).fetchall()
            filled = {r["id"]: connection.execute(FIELDS, (r["id"],)).fetchall() for r in rows}
        return {
            row["sha256"]: Papers(
                kind=row["kind"],
                form=row["form"],
                format=row["format"],
                answers=tuple((f["label"], f["value"]) for f in filled[row["id"]]),
                contact=_contact(row["facts"]),
            )
            for row in rows
        }

    def sender(self, message: int) -> Sender:
        with self._store.reading() as connection:
            row = connection.execute(HEAD, (message,)).fetchone()
        return Sender(
            version=row["version"] or 0,
            received=row["received"],
            claim_date=row["claim_date"] or "",
            address=row["sender"],
            name=row["sender_name"],
            selected=bool(row["selected"]),
        )

    def selected(self, messages: Sequence[int]) -> bool:
        """Whether staff have picked any of these letters."""
        return any(self.sender(message).selected for message in messages)


def _contact(facts: str) -> Contact | None:
    found = json.loads(facts).get("contact")
    return Contact(name=found["name"], way=found["way"]) if found else None
