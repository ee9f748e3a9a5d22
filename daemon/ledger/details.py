"""One message with everything that is known of it, for the page that shows it."""

import sqlite3
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from daemon.ledger import attachments
from daemon.ledger.attachments import Filled
from daemon.ledger.events import Event, history
from daemon.ledger.store import Store
from daemon.ledger.values import when
from rules.mending import Place
from rules.submission import Attachment, Facts, Link

ONE = "select * from message where id = ?"
FILES = "select * from attachment where message = ? order by ordinal"
FILE = "select * from attachment where id = ?"
FILLED = """
select form_field.attachment, label, value from form_field
join attachment on attachment.id = form_field.attachment where attachment.message = ?
"""
LINKS = """
select provider, url, name, size, expires, code from link where message = ? order by ordinal
"""
TOLD = """
select code, severity, location as place, saw, required, fix from finding
where message = ? order by ordinal
"""
REPLY = "select * from reply where message = ?"
VERSIONS = """
select id, version, mailbox, received, status, late, subject, sender from message
where notice = ? and unit = ? and category = ? and window = ? and version is not null
order by version desc limit 200
"""
# bytes that may harm who opens them
DANGER = frozenset({"malware", "executable", "archive-bomb"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """One attachment in the ledger: its row, and the message it came with."""

    id: int
    message: int
    good: bool
    attachment: Attachment


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """One finding in the words it was written down with."""

    code: str
    severity: str
    place: str
    saw: str
    required: str
    fix: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Version:
    id: int
    version: int
    mailbox: str
    received: datetime
    status: str
    late: bool
    subject: str
    sender: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """The reply to a message, as it went or waits to go."""

    id: int
    message_id: str
    state: str
    to: str
    subject: str
    attempts: int
    created: datetime
    sent: datetime | None
    next: datetime | None
    error: str
    raw: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Detail:
    """`letter` is the row itself: what was received, claimed and decided."""

    letter: "Recorded"
    files: tuple[Kept, ...]
    links: tuple[Link, ...]
    findings: tuple[Told, ...]
    reply: Answer | None
    versions: tuple[Version, ...]
    history: tuple[Event, ...]

    @property
    def dangerous(self) -> bool:
        """Whether its bytes are handed only to those who decide, and with a warning. The files say
        so themselves: who returns a mail for something else makes no program harmless."""
        told = any(finding.code in DANGER for finding in self.findings)
        return told or any(_harmful(kept.attachment.facts) for kept in self.files)


@dataclass(frozen=True, kw_only=True, slots=True)
class Recorded:
    """One row of the table of messages. `size` in bytes, `mends` the id of another row."""

    id: int
    mailbox: str
    folder: str
    sha256: str
    size: int
    spool: Path
    message_id: str
    received: datetime
    sent: datetime | None
    recorded: datetime
    sender: str
    sender_name: str
    subject: str
    status: str
    late: bool
    reason: str
    unanswered: str
    notice: str
    unit: str
    category: str
    window: str
    version: int | None
    claim_date: str
    suggested_subject: str
    mends: int | None
    fault: str
    body: str

    @property
    def place(self) -> Place:
        return Place(notice=self.notice, unit=self.unit, category=self.category, window=self.window)


class Details:
    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, message: int) -> Detail | None:
        """None: there is no such row."""
        with self._store.reading() as connection:
            letter = _letter(connection, message)
            return None if letter is None else _detail(connection, letter)

    def letter(self, message: int) -> Recorded | None:
        """The row alone."""
        with self._store.reading() as connection:
            return _letter(connection, message)

    def file(self, attachment: int) -> Kept | None:
        with self._store.reading() as connection:
            row = connection.execute(FILE, (attachment,)).fetchone()
        return None if row is None else _kept(row, ())

    def dangerous(self, message: int) -> bool:
        """See `Detail.dangerous`."""
        with self._store.reading() as connection:
            told = any(told.code in DANGER for told in _told(connection, message))
            files = () if told else _files(connection, message)
        return told or any(_harmful(kept.attachment.facts) for kept in files)


def _detail(connection: sqlite3.Connection, letter: Recorded) -> Detail:
    place, one = letter.place, (letter.id,)
    where = (place.notice, place.unit, place.category, place.window)
    versions = connection.execute(VERSIONS, where).fetchall() if letter.version else []
    return Detail(
        letter=letter,
        files=_files(connection, letter.id),
        links=tuple(_link(row) for row in connection.execute(LINKS, one).fetchall()),
        findings=_told(connection, letter.id),
        reply=_answer(connection.execute(REPLY, one).fetchone()),
        versions=tuple(_version(row) for row in versions),
        history=history(connection, letter.id),
    )


def _letter(connection: sqlite3.Connection, message: int) -> Recorded | None:
    row = connection.execute(ONE, (message,)).fetchone()
    if row is None:
        return None
    values: dict[str, Any] = {name: row[name] for name in Recorded.__dataclass_fields__}
    values |= {name: _when(row[name]) for name in ("received", "sent", "recorded")}
    values |= {"late": bool(row["late"]), "spool": Path(row["spool"])}
    return Recorded(**values | {"claim_date": row["claim_date"] or ""})


def _files(connection: sqlite3.Connection, message: int) -> tuple[Kept, ...]:
    filled: dict[int, list[tuple[str, str]]] = {}
    for row in connection.execute(FILLED, (message,)).fetchall():
        filled.setdefault(row["attachment"], []).append((row["label"], row["value"]))
    rows = connection.execute(FILES, (message,)).fetchall()
    return tuple(_kept(row, tuple(filled.get(row["id"], ()))) for row in rows)


def _kept(row: sqlite3.Row, filled: Filled) -> Kept:
    return Kept(
        id=row["id"],
        message=row["message"],
        good=bool(row["good"]),
        attachment=attachments.read(dict(row), filled),
    )


def _told(connection: sqlite3.Connection, message: int) -> tuple[Told, ...]:
    return tuple(Told(**dict(row)) for row in connection.execute(TOLD, (message,)).fetchall())


def _harmful(facts: Facts) -> bool:
    return bool(facts.executable or facts.threat or facts.bomb)


def _link(row: sqlite3.Row) -> Link:
    return Link(**dict(row) | {"expires": _when(row["expires"])})


def _version(row: sqlite3.Row) -> Version:
    return Version(**dict(row) | {"received": when(row["received"]), "late": bool(row["late"])})


def _answer(row: sqlite3.Row | None) -> Answer | None:
    if row is None:
        return None
    same = ("id", "message_id", "state", "subject", "attempts", "error", "raw")
    return Answer(
        to=row["to_address"],
        created=when(row["created"]),
        sent=_when(row["sent_at"]),
        next=_when(row["next_attempt_at"]),
        **{name: row[name] for name in same},
    )


def _when(stored: str | None) -> datetime | None:
    return when(stored) if stored else None
