"""What earlier messages left behind for the one that is being judged."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from daemon.ledger import attachments
from daemon.ledger.values import NAME_CHARS, text, when
from rules.mending import Place
from rules.submission import Attachment, Claim, Sighting

SIGHTINGS_EACH = 20

NEWEST = """
select max(version) from message
where notice = ? and unit = ? and category = ? and window = ? and version is not null
"""
# the limit is for a place that somebody writes to all day
GOOD = """
select attachment.* from message join attachment on attachment.message = message.id
where message.notice = ? and message.unit = ? and message.category = ? and message.window = ?
  and message.version is not null and message.version < ? and attachment.good
order by message.version desc, attachment.ordinal limit 1000
"""
# the list is one value, so that ten thousand References cost one question
MENDED = """
select message.id, notice, unit, category, window
from message where id in (
  select reply.message from json_each(?1) as ours join reply on reply.message_id = ours.value
  union all select former.message
  from json_each(?1) as ours join former_reply as former on former.message_id = ours.value
) order by message.id desc limit 1
"""
# the oldest first, which tells who had the file before the others
SEEN = """
select message.unit, message.received, attachment.name
from attachment join message on message.id = attachment.message
where attachment.sha256 = ? and attachment.ignored = ''
order by attachment.id limit ?
"""
EVERY_VERSION = 1 << 62


@dataclass(frozen=True, slots=True)
class Past:
    """How many versions there are at a place, and the good files among them."""

    version: int
    before: tuple[Attachment, ...]


def past(connection: sqlite3.Connection, claim: Claim) -> Past:
    if claim.unit is None or claim.category is None:
        return Past(0, ())
    window = claim.window.name if claim.window else ""
    place = (claim.notice, claim.unit.name, claim.category.name, window)
    newest = connection.execute(NEWEST, place).fetchone()[0]
    return Past(newest or 0, good_files(connection, place, EVERY_VERSION))


def good_files(
    connection: sqlite3.Connection, place: tuple[str, str, str, str], below: int
) -> tuple[Attachment, ...]:
    """Good files of the versions below this one, the newest first, each digest once."""
    rows = connection.execute(GOOD, (*place, below)).fetchall()
    first = {row["sha256"]: row for row in reversed(rows)}
    return tuple(attachments.read(row) for row in rows if first[row["sha256"]] is row)


def mended(connection: sqlite3.Connection, message_ids: Sequence[str]) -> tuple[int, Place] | None:
    """The newest message that one of these replies of ours answered, and where it was put."""
    ids = [text(m, NAME_CHARS).strip("<> ") for m in message_ids]
    if not any(ids):  # as most letters: it answers nothing
        return None
    row = connection.execute(MENDED, (json.dumps(ids),)).fetchone()
    if row is None:
        return None
    place = {k: row[k] for k in ("notice", "unit", "category", "window")}
    return int(row["id"]), Place(**place)


def sightings(connection: sqlite3.Connection, digests: Sequence[str]) -> Iterator[Sighting]:
    """Where the same bytes came before: the first few, for a form blank goes everywhere."""
    for digest in dict.fromkeys(digests):
        for row in connection.execute(SEEN, (digest, SIGHTINGS_EACH)).fetchall():
            yield Sighting(
                sha256=digest, unit=row["unit"], received=when(row["received"]), name=row["name"]
            )
