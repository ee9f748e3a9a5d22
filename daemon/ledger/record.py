"""Writing one message down: everything about it in one transaction, or nothing."""

import sqlite3

from daemon.ledger import attachments, findings, past, queueing, search, versions
from daemon.ledger.caps import came_back
from daemon.ledger.entry import Entry
from daemon.ledger.events import Event, note
from daemon.ledger.keys import at, displace
from daemon.ledger.shelving import shelve
from daemon.ledger.values import BODY_CHARS, insertion, instant, instant_or_none, number, text
from rules.mending import Place
from rules.submission import Claim, Link, Message, Submission
from rules.verdict import Status, Verdict

Row = dict[str, str | int | None]

COLUMNS = (
    *("mailbox", "folder", "uidvalidity", "uid", "sha256", "size", "spool", "recorded"),
    *("message_id", "received", "sent", "sender", "sender_name", "subject", "body"),
    *("notice", "unit", "category", "window", "claim_date", "version", "status", "late"),
    *("reason", "unanswered", "suggested_subject", "mends", "fault"),
)
MESSAGE = insertion("message", COLUMNS)
LINK = """
insert into link (message, ordinal, provider, url, name, size, expires, code)
values (?, ?, ?, ?, ?, ?, ?, ?)
"""
# inside the transaction, so that two mails at once are two versions
NEXT_VERSION = """
select coalesce(max(version), 0) + 1 from message
where notice = ? and unit = ? and category = ? and window = ? and version is not null
"""


def record(connection: sqlite3.Connection, entry: Entry, later: search.Later) -> int:
    """The id of the entry's row. The same bytes at the same key stay: a replay changes nothing.

    `later` takes what is done once for all that is written in one transaction.
    """
    present = at(connection, entry.key)
    if present is not None and present["sha256"] == entry.sha256:
        return int(present["id"])
    if present is not None:
        displace(connection, entry.key, entry.recorded)
    return _write(connection, entry, later)


def _write(connection: sqlite3.Connection, entry: Entry, later: search.Later) -> int:
    verdict = entry.verdict
    _draw_in(connection, verdict)
    row = _message(connection, entry)
    message = connection.execute(MESSAGE, [row[name] for name in COLUMNS]).lastrowid
    assert message is not None
    attachments.insert(
        connection, message, verdict.submission.attachments, findings=verdict.findings
    )
    _links(connection, message, verdict.submission)
    findings.insert(connection, message, verdict.findings, entry.said)
    search.put(connection, message, search.document(row, verdict.submission), later)
    if entry.reply is not None:
        queueing.insert(connection, message, entry.reply, entry.recorded)
    if entry.shelf and verdict.status is Status.ACCEPTED:
        shelve(connection, message, entry.shelf)
    event = Event(at=entry.recorded, what=str(verdict.status), why=verdict.reason)
    note(connection, message, event)
    if entry.returned is not None:
        came_back(connection, entry.returned, entry.recorded, by=message)
    return message


def _draw_in(connection: sqlite3.Connection, verdict: Verdict) -> None:
    """A letter that could be put nowhere belongs where the letter does that mends it, as a version
    before it: so its files come into the library."""
    submission = verdict.submission
    where, letter = place(submission.claim), submission.message
    if verdict.status is Status.IGNORED or not (submission.before and where["unit"]):
        return
    if not where["category"]:
        return
    there = Place(**{k: str(where[k]) for k in versions.PLACE})
    for message in reversed(past.loose(connection, submission.claim, past.Asking(letter=letter))):
        versions.put(connection, message, there)


def _message(connection: sqlite3.Connection, entry: Entry) -> Row:
    verdict = entry.verdict
    placed = place(verdict.submission.claim)
    return {
        **_raw(entry),
        **_letter(verdict.submission.message, entry),
        **placed,
        "version": _version(connection, placed, verdict.status),
        "status": str(verdict.status),
        "late": verdict.late,
        "reason": text(verdict.reason),
        "unanswered": text(entry.unanswered),
        "suggested_subject": text(verdict.suggested_subject),
        "mends": entry.mends,
        "fault": text(entry.fault, BODY_CHARS),
    }


def _raw(entry: Entry) -> Row:
    key = entry.key
    return {
        "mailbox": key.mailbox,
        "folder": key.folder,
        "uidvalidity": key.uidvalidity,
        "uid": key.uid,
        "sha256": entry.sha256,
        "size": entry.size,
        "spool": text(entry.spool, BODY_CHARS),
        "recorded": instant(entry.recorded),
    }


def _letter(message: Message, entry: Entry) -> Row:
    return {
        "message_id": text(message.message_id),
        # a server without INTERNALDATE: the time we met it
        "received": instant(message.received or entry.recorded),
        "sent": instant_or_none(message.date),
        "sender": text(message.sender),
        "sender_name": text(message.sender_name),
        "subject": text(message.subject),
        "body": text(message.text, BODY_CHARS),
    }


def place(claim: Claim) -> Row:
    return {
        "notice": claim.notice,
        "unit": claim.unit.name if claim.unit else "",
        "category": claim.category.name if claim.category else "",
        "window": claim.window.name if claim.window else "",
        "claim_date": claim.date.isoformat() if claim.date else None,
    }


def _version(connection: sqlite3.Connection, place: Row, status: Status) -> int | None:
    """Only a submission that belongs somewhere is a version; a robot's mail never is."""
    if status is Status.IGNORED or not (place["unit"] and place["category"]):
        return None
    names = [place[k] for k in ("notice", "unit", "category", "window")]
    return int(connection.execute(NEXT_VERSION, names).fetchone()[0])


def _links(connection: sqlite3.Connection, message: int, submission: Submission) -> None:
    for ordinal, link in enumerate(submission.links):
        connection.execute(LINK, _link(message, ordinal, link))


def _link(message: int, ordinal: int, link: Link) -> tuple[str | int | None, ...]:
    url, name, code = text(link.url, BODY_CHARS), text(link.name), text(link.code)
    stated = (number(link.size), instant_or_none(link.expires))
    return (message, ordinal, link.provider, url, name, *stated, code)
