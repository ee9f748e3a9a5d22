"""Accepted material file by file, as people leaf through it (素材库)."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from daemon.ledger.browse import Filter, filters, place, written
from daemon.ledger.search import Condition
from daemon.ledger.store import Store
from daemon.ledger.values import instant, when

# Good files of a place up to its newest accepted version, as the library's folder holds them; the
# same bytes once, in their newest version. Messages in the order of message_browse, so that a
# page stops early. The labels are those under which forms ask what the material is called.
PAGE = """
select attachment.id, attachment.message, attachment.ordinal, attachment.name, attachment.kind,
  attachment.format, attachment.size, attachment.duration_ms, attachment.width, attachment.height,
  attachment.pages, message.received, message.mailbox, message.notice, message.unit,
  message.category, message.window, message.version, message.status = 'accepted' as accepted,
  (select coalesce(max(id), 0) from event where event.message = message.id) as seen,
  exists (select 1 from selection where selection.message = message.id) as selected,
  coalesce((
    select value from form_field join attachment as form on form.id = form_field.attachment
    where form.message = message.id and label in (
      '材料题目', '题目', '标题', '作品名称', '案例名称', '稿件题目'
    )
      and value <> '' limit 1
  ), '') as title
from message indexed by message_browse
cross join attachment on attachment.message = message.id
where message.version is not null
  and attachment.good and attachment.ignored = ''
  and attachment.role not in ('ignored', 'container')
  and message.version <= (
    select max(m.version) from message as m
    where m.notice = message.notice and m.unit = message.unit and m.category = message.category
      and m.window = message.window and m.version is not null and m.status = 'accepted'
  )
  and not exists (
    select 1 from attachment as same join message as later on later.id = same.message
    where same.sha256 = attachment.sha256 and same.good and later.notice = message.notice
      and later.unit = message.unit and later.category = message.category
      and later.window = message.window and later.version > message.version
  )
  and {where}
order by message.received desc, message.id desc, attachment.ordinal desc limit ?
"""
BEFORE = """
message.received <= ? and (message.received, message.id, attachment.ordinal) < (?, ?, ?)
"""
KIND = (
    "message.id in (select message from attachment where kind = ? and good and ignored = ''"
    " and role not in ('ignored', 'container')) and attachment.kind = ?"
)
NO_FORM = "attachment.kind <> 'form'"
SELECTED = "message.id in (select message from selection)"


@dataclass(frozen=True, kw_only=True, slots=True)
class Exhibit:
    """One file of accepted material. `title` is what a form of its message calls it, or "".

    `accepted`: its own message was, not a later one that mends it; `seen` is the last event there.
    """

    id: int
    message: int
    ordinal: int
    name: str
    kind: str
    format: str
    size: int
    duration_ms: int | None
    width: int | None
    height: int | None
    pages: int | None
    received: datetime
    mailbox: str
    notice: str
    unit: str
    category: str
    window: str
    version: int
    accepted: bool
    seen: int
    selected: bool
    title: str

    @property
    def mark(self) -> str:
        """Where it stands: the next page begins after it."""
        return f"{instant(self.received)}.{self.message}.{self.ordinal}"


class Gallery:
    def __init__(self, store: Store) -> None:
        self._store = store

    def page(
        self,
        wanted: Filter,
        *,
        kind: str = "",
        selected: bool = False,
        after: str = "",
        size: int = 48,
    ) -> tuple[Exhibit, ...]:
        """The newest material, or what follows the exhibit with this mark. Forms only when asked
        for by `kind`; `selected`: only of messages that staff have picked.
        """
        with self._store.reading() as connection:
            found = [*filters(connection, wanted), *_kind(kind), *_after(after)]
            if selected:
                found.append((SELECTED, ()))
            sql, values = written(PAGE, found)
            rows = connection.execute(sql, (*values, size)).fetchall()
        return tuple(_exhibit(row) for row in rows)


def _kind(kind: str) -> list[Condition]:
    return [(KIND, (kind, kind))] if kind else [(NO_FORM, ())]


def _after(mark: str) -> list[Condition]:
    before, _, ordinal = mark.rpartition(".")
    last = place(before)
    if last is None or not (ordinal.isascii() and ordinal.isdigit() and len(ordinal) < 10):
        return []
    return [(BEFORE, (last[0], *last, int(ordinal)))]


def _exhibit(row: sqlite3.Row) -> Exhibit:
    flags = {name: bool(row[name]) for name in ("accepted", "selected")}
    return Exhibit(**dict(row) | flags | {"received": when(row["received"])})
