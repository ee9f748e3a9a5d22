"""The list of messages as staff look through it: filtered, searched, newest first, by pages."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from daemon.ledger.search import FOUND, Condition, Value, common, conditions, rare
from daemon.ledger.store import Store
from daemon.ledger.values import instant, text, when

MANY = 1_000  # the list counts no further: a common word is then a look at the newest alone
MOST = 10_000  # where the number itself is wanted

# The ids come from message_browse alone; only the rows of one page are then looked up. Where few
# messages hold the words, those are looked up instead: of a million, 0.1 ms and not 100.
INDEX, FEW = "indexed by message_browse", "not indexed"
ROWS = """
select message.id, message.mailbox, received, sender, sender_name, message.subject, status, late,
  notice, unit, category, window, version, reply.state as reply,
  (select group_concat(code, ' ') from (
    select code from finding where finding.message = message.id group by code order by min(ordinal)
  )) as codes,
  (select count(*) from attachment where attachment.message = message.id
    and ignored = '' and role not in ('ignored', 'container')) as files, {extra}
from ({chosen}) join message on message.id = chosen
left join reply on reply.message = message.id
order by received desc, message.id desc
"""
CHOSEN = """
select message.id as chosen from message {by} where {where}
order by received desc, message.id desc limit ?
"""
PAGE = ROWS.format(extra="0 as total", chosen=CHOSEN)
# the first page and the count by one look at the index
FIRST = f"with found as materialized ({CHOSEN})" + ROWS.format(  # noqa: S608 - of constants
    extra="(select count(*) from found) as total", chosen="select chosen from found limit ?"
)
COUNT = """
select count(*) from (select 1 from message {by} where {where} limit ?)
"""
BEFORE = "(message.received, message.id) < (?, ?)"
SINCE, UNTIL = "message.received >= ?", "message.received < ?"
# (+: the few are those that hold the words)
CODE = "+message.id in (select message from finding where code = ?)"
REPLY = "+message.id in (select message from reply where state = ?)"
# each code by one step in the index, not by all its rows
CODES = """
with recursive seen(code) as (
  select min(code) from finding
  union all
  select (select min(code) from finding where code > seen.code) from seen where code is not null
) select code from seen where code is not null
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Filter:
    """Which messages; "" and None leave a thing open. `until` is the first instant too late.

    `mailboxes` are those whose mail may be seen at all; None is every one.
    """

    words: str = ""
    status: str = ""
    late: bool | None = None
    mailbox: str = ""
    notice: str = ""
    unit: str = ""
    category: str = ""
    window: str = ""
    code: str = ""
    reply: str = ""
    since: datetime | None = None
    until: datetime | None = None
    mailboxes: frozenset[str] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One message of the list. `files` counts those that were judged; `reply` is its state."""

    id: int
    mailbox: str
    received: datetime
    sender: str
    sender_name: str
    subject: str
    status: str
    late: bool
    notice: str
    unit: str
    category: str
    window: str
    version: int | None
    codes: tuple[str, ...]
    reply: str
    files: int

    @property
    def mark(self) -> str:
        """Where this line stands: the next page begins after it."""
        return f"{instant(self.received)}.{self.id}"


class Browse:
    def __init__(self, store: Store) -> None:
        self._store = store

    def first(self, wanted: Filter, size: int = 50) -> tuple[tuple[Line, ...], int]:
        """The newest, and how many there are; MANY + 1 stands for more."""
        if self._common(wanted):
            return self.page(wanted, size=size), MANY + 1
        with self._store.reading() as connection:
            sql, values = _written(connection, FIRST, list(filters(connection, wanted)))
            rows = connection.execute(sql, (*values, MANY + 1, size)).fetchall()
        return tuple(_line(row) for row in rows), rows[0]["total"] if rows else 0

    def page(self, wanted: Filter, *, after: str = "", size: int = 50) -> tuple[Line, ...]:
        """The newest, or those that follow the line with this mark; an unreadable mark is none."""
        with self._store.reading() as connection:
            found = list(filters(connection, wanted))
            last = place(after)
            if last is not None:
                found.append((BEFORE, last))
            sql, values = _written(connection, PAGE, found)
            rows = connection.execute(sql, (*values, size)).fetchall()
        return tuple(_line(row) for row in rows)

    def count(self, wanted: Filter, most: int = MOST) -> int:
        """How many there are; `most` + 1 stands for more."""
        with self._store.reading() as connection:
            sql, values = _written(connection, COUNT, list(filters(connection, wanted)))
            return int(connection.execute(sql, (*values, most + 1)).fetchone()[0])

    def _common(self, wanted: Filter) -> bool:
        """Words alone are asked for, and so many messages hold them that none need be counted."""
        if wanted != Filter(words=wanted.words):
            return False
        with self._store.reading() as connection:
            return common(connection, wanted.words, MANY + 1)

    def codes(self) -> tuple[str, ...]:
        """Every code that was ever found."""
        with self._store.reading() as connection:
            return tuple(row[0] for row in connection.execute(CODES).fetchall())


def filters(connection: sqlite3.Connection, wanted: Filter) -> Iterator[Condition]:
    """Conditions on a row of `message`, with their values."""
    for name in _EQUAL:
        if getattr(wanted, name):
            yield f"message.{name} = ?", (text(getattr(wanted, name)),)
    if wanted.late is not None:
        yield "message.late = ?", (wanted.late,)
    if wanted.mailboxes is not None:
        seen = tuple(sorted(wanted.mailboxes))
        yield f"message.mailbox in ({', '.join('?' * len(seen))})", seen
    for sql, bound in ((SINCE, wanted.since), (UNTIL, wanted.until)):
        if bound is not None:
            yield sql, (instant(bound),)
    yield from conditions(connection, wanted.words)
    for sql, value in ((CODE, wanted.code), (REPLY, wanted.reply)):
        if value:
            yield sql, (text(value),)


_EQUAL = ("status", "mailbox", "notice", "unit", "category", "window")


def written(
    query: str, found: Iterable[Condition], by: str = INDEX
) -> tuple[str, tuple[Value, ...]]:
    """The query with its conditions, and their values in order. Only constants are put in."""
    pairs = tuple(found)
    where = " and ".join(sql for sql, _ in pairs) or "true"
    values = tuple(chain.from_iterable(values for _, values in pairs))
    return query.format(by=by, where=where), values


def _written(
    connection: sqlite3.Connection, query: str, found: Sequence[Condition]
) -> tuple[str, tuple[Value, ...]]:
    """By the way that is the shorter one."""
    few = any(sql == FOUND and rare(connection, str(words[0]), MANY) for sql, words in found)
    return written(query, found, FEW if few else INDEX)


def place(mark: str) -> tuple[str, int] | None:
    """Where a page ended; None for what is no mark of ours."""
    at, _, number = mark.rpartition(".")
    valid = number.isascii() and number.isdigit() and len(number) < 19
    return (at, int(number)) if valid and 0 < len(at) < 40 else None


def _line(row: sqlite3.Row) -> Line:
    same = ("id", "mailbox", "sender", "sender_name", "subject", "status", "notice", "unit")
    return Line(
        **{name: row[name] for name in (*same, "category", "window", "version", "files")},
        received=when(row["received"]),
        late=bool(row["late"]),
        codes=tuple((row["codes"] or "").split()),
        reply=row["reply"] or "",
    )
