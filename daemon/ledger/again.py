"""A message that is judged once more: where it lies, and what had come before it."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from pathlib import Path

from daemon.ledger import findings, judged, past
from daemon.ledger.act import Act
from daemon.ledger.entry import Key
from daemon.ledger.past import ANYONE, Asking
from daemon.ledger.store import Store
from daemon.ledger.values import instant, when
from rules.mending import Place
from rules.submission import Claim, Sighting

ONE = """
select id, mailbox, folder, uidvalidity, uid, sha256, size, spool, received, recorded, subject,
  status, late, notice, unit, category, window, version, claim_date, decided, mends, fault
from message where id = ?
"""
LAST = """
select status = 'returned' and decided is not null from message
where notice = ? and unit = ? and category = ? and window = ? and version is not null and id < ?
order by version desc limit 1
"""
REPLIES = """
select (select count(*) from reply where message = ?1)
  + (select count(*) from former_reply where message = ?1)
"""
EVENT = "select coalesce(max(id), 0) from event where message = ?"
# what the rules alone decided, and did not accept
OPEN = """
select id from message where notice = ? and status in ('held', 'returned') and decided is null
  and id > ? and (? is null or mailbox in (select value from json_each(?)))
order by id limit ?
"""
ANSWER = """
select id, state, to_address as 'to', subject, raw from reply where message = ?
"""
# the newest first: only what has come since need be looked at
NEWEST = "select id, subject, notice, unit, recorded from message order by id desc"
JUDGED = """
select distinct message.id, message.subject from act join message on message.id = act.message
where act.id > ? and act.kind in ('rejudge', 'correct') and message.notice = ?
  and message.unit = ? and act.message is not ?
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """A message as the ledger has it. `decided` is the act of the person who gave it its status;
    `correction` the unit, category, window and date that a person put right; `replies` how many
    were ever written; `event` the last of its history."""

    id: int
    key: Key
    sha256: str
    size: int
    spool: Path
    received: datetime
    recorded: datetime
    subject: str
    status: str
    late: bool
    place: Place
    version: int | None
    claim_date: str
    decided: int | None
    mends: int | None
    fault: str
    correction: tuple[str, str, str, str] | None
    replies: int
    event: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Answered:
    """A reply as it stands. `to` is its address, `raw` the mail to the last byte."""

    id: int
    state: str
    to: str
    subject: str
    raw: bytes

    @property
    def queued(self) -> bool:
        return self.state in {"waiting", "approved"}


class Again:
    def __init__(self, store: Store) -> None:
        self._store = store

    def find(self, message: int) -> Known | None:
        with self._store.reading() as connection:
            # first of all: what happens from here on is told from what was read
            event = connection.execute(EVENT, (message,)).fetchone()[0]
            row = connection.execute(ONE, (message,)).fetchone()
            return None if row is None else _known(connection, row, int(event))

    def findings(self, message: int) -> list[findings.Row]:
        """Code, severity, place, and the words of each, in the order in which they are told."""
        with self._store.reading() as connection:
            return findings.read(connection, message)

    def answer(self, message: int) -> Answered | None:
        """The reply that stands for this message; None when none was written."""
        with self._store.reading() as connection:
            row = connection.execute(ANSWER, (message,)).fetchone()
        return None if row is None else Answered(**dict(row))

    def open(
        self, notice: str, *, after: int, limit: int, mailboxes: frozenset[str] | None = None
    ) -> tuple[int, ...]:
        """Held and returned messages of a notice that no person has decided on."""
        boxes = None if mailboxes is None else json.dumps(sorted(mailboxes))
        with self._store.reading() as connection:
            rows = connection.execute(OPEN, (notice, after, boxes, boxes, limit)).fetchall()
        return tuple(int(row["id"]) for row in rows)

    def refused(self, claim: Claim, asking: Asking = ANYONE) -> bool:
        """Whether a person has returned the newest of what came to the claim's place."""
        window = claim.window.name if claim.window else ""
        names = (claim.unit and claim.unit.name, claim.category and claim.category.name)
        with self._store.reading() as connection:
            row = connection.execute(LAST, (claim.notice, *names, window, asking.below)).fetchone()
            return bool(row and row[0]) or past.refused(connection, claim, asking)

    def sightings(self, message: int, digests: Sequence[str]) -> tuple[Sighting, ...]:
        """Where the same bytes had come before this message."""
        with self._store.reading() as connection:
            return tuple(past.sightings(connection, digests, below=message))

    def named(self, act: Act) -> tuple[tuple[int, str], ...]:
        """Messages of the alias's unit recorded or judged again since it was added, but for the
        act's own: each with its subject."""
        notice, unit, since = act.place.notice, act.said["unit"], instant(act.at)
        with self._store.reading() as connection:
            recorded = takewhile(lambda r: r["recorded"] >= since, connection.execute(NEWEST))
            found = [r for r in recorded if (r["notice"], r["unit"]) == (notice, unit)]
            values = (act.id, notice, unit, act.message)
            found += connection.execute(JUDGED, values).fetchall()
        return tuple((r["id"], r["subject"]) for r in found if r["id"] != act.message)


def _known(connection: sqlite3.Connection, row: sqlite3.Row, event: int) -> Known:
    same = ("id", "sha256", "size", "subject", "status", "version", "decided", "mends", "fault")
    return Known(
        key=Key(**{k: row[k] for k in ("mailbox", "folder", "uidvalidity", "uid")}),
        spool=Path(row["spool"]),
        received=when(row["received"]),
        recorded=when(row["recorded"]),
        late=bool(row["late"]),
        place=Place(**{k: row[k] for k in ("notice", "unit", "category", "window")}),
        claim_date=row["claim_date"] or "",
        correction=judged.correction(connection, row["id"]),
        event=event,
        replies=int(connection.execute(REPLIES, (row["id"],)).fetchone()[0]),
        **{name: row[name] for name in same},
    )
