"""The judged part of a message: what a verdict says of it, kept whole so that it can come back."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

from daemon.ledger import attachments, findings, versions
from daemon.ledger.entry import Entry
from daemon.ledger.record import place
from daemon.ledger.shelving import shelf_of, shelve
from daemon.ledger.values import BODY_CHARS, text
from rules.mending import Place
from rules.submission import Attachment
from rules.verdict import Finding, Status

Snapshot = Mapping[str, Any]  # plain JSON

OF_MESSAGE = (
    "status",
    "late",
    "reason",
    "unanswered",
    "claim_date",
    "suggested_subject",
    "fault",
    "decided",
)
PLACE = ("notice", "unit", "category", "window")
READ = f"select {', '.join((*OF_MESSAGE, *PLACE))} from message where id = ?"  # noqa: S608
WRITE = f"update message set {', '.join(f'{c} = :{c}' for c in OF_MESSAGE)} where id = :id"  # noqa: S608
FILES = "select * from attachment where message = ? order by ordinal"
FIELDS = """
select attachment, label, value from form_field
where attachment in (select id from attachment where message = ?)
"""
NO_FIELDS = """
delete from form_field where attachment in (select id from attachment where message = ?)
"""
NO_FILES = "delete from attachment where message = ?"
FIELD = "insert into form_field (attachment, label, value) values (?, ?, ?)"
# a foreign key is looked at when the transaction ends: a row keeps its number with its fields
LATER = "pragma defer_foreign_keys = on"
NUMBER = "update attachment set id = ? where id = ?"
FIELD_OF = "update form_field set attachment = ? where attachment = ?"
MOVE = "update message set late = ?, claim_date = ? where id = ?"
CORRECTION = "select unit, category, window, date from correction where message = ?"
CORRECTED = """
insert into correction (message, unit, category, window, date) values (?, ?, ?, ?, ?)
on conflict (message) do update set unit = excluded.unit, category = excluded.category,
  window = excluded.window, date = excluded.date
"""
UNCORRECTED = "delete from correction where message = ?"


def snapshot(connection: sqlite3.Connection, message: int) -> Snapshot:
    row = connection.execute(READ, (message,)).fetchone()
    correction = connection.execute(CORRECTION, (message,)).fetchone()
    return {
        "message": {name: row[name] for name in OF_MESSAGE},
        "place": [row[name] for name in PLACE],
        "findings": findings.read(connection, message),
        "files": [dict(r) for r in connection.execute(FILES, (message,)).fetchall()],
        "fields": [tuple(r) for r in connection.execute(FIELDS, (message,)).fetchall()],
        "correction": None if correction is None else tuple(correction),
        "shelf": shelf_of(connection, message),
    }


def put(connection: sqlite3.Connection, message: int, kept: Snapshot) -> None:
    """As it was when the snapshot was taken; the version follows from what else is there now."""
    connection.execute(WRITE, {**kept["message"], "id": message})
    findings.replace(connection, message, [tuple(row) for row in kept["findings"]])
    _clear(connection, message)
    for row in kept["files"]:
        columns, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
        # the names are those of the table, as `snapshot` read them
        insert = f"insert into attachment ({columns}) values ({marks})"  # noqa: S608
        connection.execute(insert, row)
    connection.executemany(FIELD, kept["fields"])
    correct(connection, message, kept["correction"])
    versions.put(connection, message, Place(**dict(zip(PLACE, kept["place"], strict=True))))
    shelve(connection, message, kept["shelf"])


def rewrite(
    connection: sqlite3.Connection, message: int, entry: Entry, decided: int | None
) -> None:
    """Judged anew. `decided` is the act of the person who overruled the rules, if one did."""
    verdict = entry.verdict
    placed = place(verdict.submission.claim)
    row = {
        "status": str(verdict.status),
        "late": verdict.late,
        "reason": text(verdict.reason),
        "unanswered": text(entry.unanswered),
        "claim_date": placed["claim_date"],
        "suggested_subject": text(verdict.suggested_subject),
        "fault": text(entry.fault, BODY_CHARS),
        "decided": decided,
    }
    connection.execute(WRITE, {**row, "id": message})
    found = findings.rows(verdict.findings, entry.said)
    findings.replace(connection, message, found)
    # what a person accepts is good, whatever was found
    accepted = decided is not None and verdict.status is Status.ACCEPTED
    blamed = () if accepted else verdict.findings
    _files(connection, message, verdict.submission.attachments, blamed)
    versions.put(connection, message, Place(**{name: str(placed[name]) for name in PLACE}))
    shelve(connection, message, entry.shelf if verdict.status is Status.ACCEPTED else "")


def move(connection: sqlite3.Connection, message: int, entry: Entry) -> None:
    """To the place and lateness of this entry; status and findings stay."""
    claim = place(entry.verdict.submission.claim)
    connection.execute(MOVE, (entry.verdict.late, claim["claim_date"], message))
    versions.put(connection, message, Place(**{name: str(claim[name]) for name in PLACE}))
    accepted = entry.verdict.status is Status.ACCEPTED
    shelve(connection, message, entry.shelf if accepted else "")


def correct(connection: sqlite3.Connection, message: int, names: Sequence[str] | None) -> None:
    """Unit, category, window, date; None takes the correction back."""
    if names is None:
        connection.execute(UNCORRECTED, (message,))
    else:
        connection.execute(CORRECTED, (message, *names))


def correction(connection: sqlite3.Connection, message: int) -> tuple[str, str, str, str] | None:
    row = connection.execute(CORRECTION, (message,)).fetchone()
    return None if row is None else (row["unit"], row["category"], row["window"], row["date"])


def same(one: Snapshot, other: Snapshot) -> bool:
    """Whether a person would see no difference."""
    return json.dumps(_seen(one), sort_keys=True) == json.dumps(_seen(other), sort_keys=True)


def _seen(kept: Snapshot) -> dict[str, Any]:
    message = {k: v for k, v in kept["message"].items() if k not in {"unanswered", "decided"}}
    files = [(f["name"], f["kind"], f["role"], f["form"], f["good"]) for f in kept["files"]]
    return {"m": message, "p": kept["place"], "f": kept["findings"], "a": files}


def _files(
    connection: sqlite3.Connection,
    message: int,
    files: Sequence[Attachment],
    blamed: Sequence[Finding],
) -> None:
    """The files as inspection finds them today; those that were there keep their numbers.

    No number is given twice: a link to a file must not lead to another one.
    """
    before = {(r["ordinal"], r["sha256"]): int(r["id"]) for r in _rows(connection, message)}
    _clear(connection, message)
    attachments.insert(connection, message, files, findings=blamed)
    rows = _rows(connection, message)
    fresh = count(1 + max((*before.values(), *(int(r["id"]) for r in rows)), default=0))
    wanted = [before.get((r["ordinal"], r["sha256"])) or next(fresh) for r in rows]
    connection.execute(LATER)
    # by way of negative numbers: a new row may have taken an old one's
    _number(connection, [(int(r["id"]), -n) for r, n in zip(rows, wanted, strict=True)])
    _number(connection, [(-n, n) for n in wanted])


def _number(connection: sqlite3.Connection, pairs: Sequence[tuple[int, int]]) -> None:
    for old, new in pairs:
        connection.execute(NUMBER, (new, old))
        connection.execute(FIELD_OF, (new, old))


def _rows(connection: sqlite3.Connection, message: int) -> list[sqlite3.Row]:
    return connection.execute(FILES, (message,)).fetchall()


def _clear(connection: sqlite3.Connection, message: int) -> None:
    connection.execute(NO_FIELDS, (message,))
    connection.execute(NO_FILES, (message,))
