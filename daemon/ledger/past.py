"""What earlier messages left behind for the one that is being judged."""

import json
import sqlite3
from collections.abc import Iterator, Sequence

from daemon.ledger import attachments
from daemon.ledger.values import LARGEST, NAME_CHARS, text, when
from rules.mending import Place
from rules.submission import Attachment, Claim, Sighting

SIGHTINGS_EACH = 20

# the limit is for a place that somebody writes to all day
GOOD = """
select attachment.* from message join attachment on attachment.message = message.id
where message.notice = ? and message.unit = ? and message.category = ? and message.window = ?
  and message.version is not null and message.id < ? and attachment.good
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
# the oldest first, which tells who had the file before the others; found as in messages.BY_DIGEST
SEEN = """
select message.unit, message.received, attachment.name
from attachment join message on message.id = attachment.message
where substr(attachment.sha256, 1, 12) = substr(?1, 1, 12) and +attachment.sha256 = ?1
  and attachment.ignored = '' and message.id < ?2
order by attachment.id limit ?3
"""


def before(
    connection: sqlite3.Connection, claim: Claim, *, below: int = LARGEST
) -> tuple[Attachment, ...]:
    """Good files of the versions at the claim's place, of messages with a number below this one:
    the newest first, each digest once."""
    if claim.unit is None or claim.category is None:
        return ()
    window = claim.window.name if claim.window else ""
    place = (claim.notice, claim.unit.name, claim.category.name, window)
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


def sightings(
    connection: sqlite3.Connection, digests: Sequence[str], *, below: int = LARGEST
) -> Iterator[Sighting]:
    """Where the same bytes came before, in messages with a number below this one: the first few,
    for a form blank goes everywhere."""
    for digest in dict.fromkeys(digests):
        for row in connection.execute(SEEN, (digest, below, SIGHTINGS_EACH)).fetchall():
            yield Sighting(
                sha256=digest, unit=row["unit"], received=when(row["received"]), name=row["name"]
            )
