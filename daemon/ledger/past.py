"""What earlier messages left behind for the one that is being judged."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from daemon.ledger import attachments
from daemon.ledger.values import LARGEST, NAME_CHARS, text, when
from rules.mending import Mended
from rules.submission import Attachment, Claim, Message, Sighting

SIGHTINGS_EACH = 20
NO_LETTER = Message()

# the limit is for a place that somebody writes to all day
GOOD = """
select attachment.* from message join attachment on attachment.message = message.id
where message.notice = ? and message.unit = ? and message.category = ? and message.window = ?
  and message.version is not null and message.id < ? and attachment.good
  and (? is null or message.sender = ? collate nocase)
order by message.version desc, attachment.ordinal limit 1000
"""
# a letter without unit or category stands at no place: it is found by who answers it, or who writes
# again under the very subject that we proposed for it
LOOSE = """
with recursive thread(id) as (
  select reply.message from json_each(?1) as ours join reply on reply.message_id = ours.value
  union select former.message
  from json_each(?1) as ours join former_reply as former on former.message_id = ours.value
  union select reply.message from reply join message on message.id = reply.message
  where reply.to_address = ?2 and message.suggested_subject = ?3 and ?3 <> ''
  union select message.mends from thread join message on message.id = thread.id
  where message.mends is not null
)
select message.id, message.status = 'returned' and message.decided is not null as refused
from thread join message on message.id = thread.id
where message.version is null and message.status <> 'ignored' and message.notice = ?4
  and message.unit in ('', ?5) and message.category in ('', ?6) and message.id < ?7
order by message.id desc limit 100
"""
# most letters answer nothing, and nobody was told to write under their subject: to know that costs
# a tenth of the question above
TOLD = """
select 1 from reply join message on message.id = reply.message
where reply.to_address = ? and message.suggested_subject = ? limit 1
"""
LEFT_LOOSE = """
select attachment.* from json_each(?) as ours join attachment on attachment.message = ours.value
where attachment.good order by ours.key, attachment.ordinal limit 1000
"""
# the list is one value, so that ten thousand References cost one question
MENDED = """
select message.id, notice, unit, category, window, exists (
  select 1 from finding
  where finding.message = message.id and location = 'subject' and severity <> 'remark'
) as amiss
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


@dataclass(frozen=True, kw_only=True, slots=True)
class Asking:
    """Which earlier messages count for a letter: those with a number `below` this one; with `own`
    only what its sender sent, or the letters that it mends."""

    letter: Message = NO_LETTER
    own: bool = False
    below: int = LARGEST


ANYONE = Asking()


def before(
    connection: sqlite3.Connection, claim: Claim, asking: Asking = ANYONE
) -> tuple[Attachment, ...]:
    """Good files of the versions at the claim's place, the newest first, and of mended letters
    that could be put at none: each digest once."""
    rows: list[Any] = _placed(connection, claim, asking)
    if letters := loose(connection, claim, asking):
        rows += connection.execute(LEFT_LOOSE, (json.dumps(letters),)).fetchall()
    first = {row["sha256"]: row for row in reversed(rows)}
    return tuple(attachments.read(row) for row in rows if first[row["sha256"]] is row)


def refused(connection: sqlite3.Connection, claim: Claim, asking: Asking) -> bool:
    """Whether a person has returned one of the letters that could be put at no place."""
    return any(row["refused"] for row in _loose(connection, claim, asking))


def loose(connection: sqlite3.Connection, claim: Claim, asking: Asking) -> list[int]:
    """The letters that this one mends and that could be put at no place, the newest first."""
    return [row["id"] for row in _loose(connection, claim, asking)]


def _placed(connection: sqlite3.Connection, claim: Claim, asking: Asking) -> list[sqlite3.Row]:
    if claim.unit is None or claim.category is None:
        return []
    window = claim.window.name if claim.window else ""
    place = (claim.notice, claim.unit.name, claim.category.name, window)
    sender = text(asking.letter.sender) if asking.own else None
    return connection.execute(GOOD, (*place, asking.below, sender, sender)).fetchall()


def _loose(connection: sqlite3.Connection, claim: Claim, asking: Asking) -> list[sqlite3.Row]:
    letter = asking.letter
    ids = [text(m, NAME_CHARS).strip("<> ") for m in (*letter.references, letter.in_reply_to)]
    subject = text(letter.subject.strip()) if claim.unit and claim.category else ""
    sender = text(letter.sender)
    told = subject and connection.execute(TOLD, (sender, subject)).fetchone()
    if not (any(ids) or told):
        return []
    names = (
        sender,
        subject,
        claim.notice,
        claim.unit.name if claim.unit else "",
        claim.category.name if claim.category else "",
    )
    return connection.execute(LOOSE, (json.dumps(ids), *names, asking.below)).fetchall()


def mended(connection: sqlite3.Connection, message_ids: Sequence[str]) -> tuple[int, Mended] | None:
    """The newest message that one of these replies of ours answered, and where it was put."""
    ids = [text(m, NAME_CHARS).strip("<> ") for m in message_ids]
    if not any(ids):  # as most letters: it answers nothing
        return None
    row = connection.execute(MENDED, (json.dumps(ids),)).fetchone()
    if row is None:
        return None
    place = {k: row[k] for k in ("notice", "unit", "category", "window")}
    return int(row["id"]), Mended(**place, amiss=bool(row["amiss"]))


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
