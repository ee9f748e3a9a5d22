"""How much was written to whom: the numbers behind the caps, dead addresses, paused mailboxes."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from daemon.ledger import dispatches
from daemon.ledger.entry import Returned
from daemon.ledger.events import Event, note
from daemon.ledger.store import Store
from daemon.ledger.values import BODY_CHARS, instant, text, when

DAY = timedelta(days=1)
BOUNCES_WITHIN = timedelta(days=3)
ENOUGH = "this address has had its mails of the day"

# counted from what is written down: a restart forgets nothing, and a reply that another one has
# replaced was written all the same
ANSWERED = """
select
  (select count(*) from reply where to_address = ?1 and created > ?2 and state <> 'dropped')
  + (select count(*) from former_reply
     where to_address = ?1 and created > ?2 and state <> 'dropped')
"""
ANSWERED_FOR = """
select
  (select count(*) from reply join message on message.id = reply.message
   where reply.to_address = ?1 and reply.state <> 'dropped' and message.notice = ?2)
  + (select count(*) from former_reply as former join message on message.id = former.message
     where former.to_address = ?1 and former.state <> 'dropped' and message.notice = ?2)
"""
BURY = """
insert into dead_address (address, at, why) values (?, ?, ?) on conflict (address) do nothing
"""
BOUNCED = """
select message, to_address from reply where message_id = ?1
union all select message, to_address from former_reply where message_id = ?1
"""
# by the address: all that a mailbox sent in three days is no way to find one mail (+ hides it)
LAST_TO = """
select message_id from (
  select message_id, sent_at from reply where to_address = ?1 and sent_at > ?2 and +mailbox = ?3
  union all select message_id, sent_at from former_reply
  where to_address = ?1 and sent_at > ?2 and +mailbox = ?3
  union all select message_id, sent_at from dispatch
  where to_address = ?1 and sent_at > ?2 and +mailbox = ?3
) order by sent_at desc limit 1
"""
REVIVE = "delete from dead_address where address = ?"
DEAD = "select why from dead_address where address = ?"
PAUSE = """
insert into pause (mailbox, failures, since, until, why) values (?, 1, ?, ?, ?)
on conflict (mailbox) do update set
  failures = failures + 1, until = excluded.until, why = excluded.why
"""
PAUSED = "select * from pause where mailbox = ?"
ALL_PAUSED = "select * from pause order by mailbox"
RESUME = "delete from pause where mailbox = ?"


def _taken(whose: str, *others: str) -> str:
    """The mail that took the last place of the day, if the cap is reached.

    Nearly all that is sent are replies; among those alone it is found in half the time, 10 instead
    of 22 µs of 90 mails.
    """
    where = f"where {whose} = ?1 and sent_at > ?2"
    last = "order by sent_at desc limit 1 offset ?3"
    found = " or ".join(f"exists (select 1 from {table} {where})" for table in others)  # noqa: S608
    every = " union all ".join(
        f"select sent_at from {table} {where}"  # noqa: S608 - all of this is constants
        for table in ("reply", *others)
    )
    return f"""
select case when {found} then (select sent_at from ({every}) {last})
  else (select sent_at from reply {where} {last}) end
"""  # noqa: S608


SENT_TO = _taken("to_address", "former_reply")
SENT_FROM = _taken("mailbox", "former_reply", "dispatch")


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """Mails within 24 hours; 0 = without limit."""

    per_sender_per_day: int = 3
    per_mailbox_per_day: int = 90


@dataclass(frozen=True, kw_only=True, slots=True)
class Pause:
    """A mailbox that cannot send for now. `failures` in a row since `since`."""

    mailbox: str
    failures: int
    since: datetime
    until: datetime
    why: str


class Caps:
    """Counts for the rules about answering, and the brakes of the outbox."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def answered(self, address: str, now: datetime) -> int:
        """Replies written to this address in the last 24 hours: sent, queued or failed."""
        return self._count(ANSWERED, (address, instant(now - DAY)))

    def answered_for(self, address: str, notice: str) -> int:
        """Replies ever written to this address about this notice."""
        return self._count(ANSWERED_FOR, (address, notice))

    def heard_until(self, to: str, now: datetime, limits: Limits) -> datetime | None:
        """When this address may have one more mail; None = now."""
        return self._room(SENT_TO, (to, instant(now - DAY)), limits.per_sender_per_day)

    def full_until(self, mailbox: str, now: datetime, limits: Limits) -> datetime | None:
        """When this mailbox may send one more mail; None = now."""
        return self._room(SENT_FROM, (mailbox, instant(now - DAY)), limits.per_mailbox_per_day)

    def bury(self, address: str, now: datetime, why: str) -> None:
        """Mail to this address came back for good: it is not answered again."""
        with self._store.writing() as connection:
            connection.execute(BURY, (text(address), instant(now), text(why)))

    def bounced(self, message_id: str, now: datetime, why: str) -> str:
        """Our reply with this Message-ID came back for good. Its address; "" if it was not ours."""
        with self._store.writing() as connection:
            return came_back(connection, Returned(message_id=message_id, why=why, dead=True), now)

    def written_to(self, address: str, mailbox: str, now: datetime) -> str:
        """The Message-ID of our last reply to this address within three days; "" for none."""
        since = instant(now - BOUNCES_WITHIN)
        with self._store.reading() as connection:
            row = connection.execute(LAST_TO, (text(address), since, mailbox)).fetchone()
        return "" if row is None else str(row["message_id"])

    def revive(self, address: str) -> None:
        with self._store.writing() as connection:
            connection.execute(REVIVE, (text(address),))

    def dead(self, address: str) -> str:
        """Why this address is not written to; "" when it is."""
        with self._store.reading() as connection:
            row = connection.execute(DEAD, (text(address),)).fetchone()
        return "" if row is None else str(row["why"])

    def pause(self, mailbox: str, now: datetime, until: datetime, why: str) -> None:
        with self._store.writing() as connection:
            row = (mailbox, instant(now), instant(until), text(why, BODY_CHARS))
            connection.execute(PAUSE, row)

    def paused(self, mailbox: str) -> Pause | None:
        """The last failure to send from this mailbox, until one succeeds."""
        with self._store.reading() as connection:
            row = connection.execute(PAUSED, (mailbox,)).fetchone()
        return None if row is None else _pause(row)

    def all_paused(self) -> tuple[Pause, ...]:
        with self._store.reading() as connection:
            return tuple(_pause(row) for row in connection.execute(ALL_PAUSED).fetchall())

    def resume(self, mailbox: str) -> None:
        if self.paused(mailbox) is not None:
            with self._store.writing() as connection:
                connection.execute(RESUME, (mailbox,))

    def _room(self, query: str, values: tuple[str, str], limit: int) -> datetime | None:
        """A cap is reached when the mail that took its last place is younger than a day."""
        if limit < 1:
            return None
        with self._store.reading() as connection:
            row = connection.execute(query, (*values, limit - 1)).fetchone()
        return None if row[0] is None else when(row[0]) + DAY

    def _count(self, query: str, values: tuple[str, ...]) -> int:
        with self._store.reading() as connection:
            return int(connection.execute(query, values).fetchone()[0])


def came_back(
    connection: sqlite3.Connection, returned: Returned, now: datetime, by: int | None = None
) -> str:
    """A mail of ours came back, with the message `by`. Its address; "" if it was not ours."""
    message_id = returned.message_id.strip("<> ")
    row = connection.execute(BOUNCED, (message_id,)).fetchone()
    address = str(row["to_address"]) if row else dispatches.came_back(connection, returned)
    if address and returned.dead:
        connection.execute(BURY, (address, instant(now), text(returned.why)))
    if row is None:
        return address
    what = "reply bounced" if returned.dead else "reply delayed or refused"
    news = f"{returned.why} [message {by}]" if by else returned.why
    note(connection, row["message"], Event(at=now, what=what, why=news))
    if by:
        about = f"our reply to {address}, message {row['message']}"
        note(connection, by, Event(at=now, what="bounce", why=about))
    return address


def _pause(row: sqlite3.Row) -> Pause:
    return Pause(
        mailbox=row["mailbox"],
        failures=row["failures"],
        since=when(row["since"]),
        until=when(row["until"]),
        why=row["why"],
    )
