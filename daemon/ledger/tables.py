"""Whole tables for spreadsheets and programs: every row, a page at a time."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from daemon.ledger.store import Store

PAGE = 500
Row = Mapping[str, Any]  # as SQLite has it: instants as text in UTC, flags as 0 and 1

# ?1 is a JSON list of mailboxes, or null for all; what belongs to none is for those who see all
SEEN = "(?1 is null or {mailbox} in (select value from json_each(?1)))"
PLACE = "message.notice, message.unit, message.category, message.window, message.version"
OF_MESSAGE = "message.id = {table}.message"


@dataclass(frozen=True, kw_only=True, slots=True)
class Query:
    """`keys` are the columns by which the rows are ordered and paged, `first` comes before all."""

    sql: str
    keys: tuple[str, ...] = ("id",)
    first: tuple[int | str, ...] = (0,)


def _query(columns: str, source: str, *, table: str, mailbox: str = "message.mailbox") -> Query:
    seen = SEEN.format(mailbox=mailbox)
    return Query(
        sql=f"select {table}.id, {columns} from {source}"  # noqa: S608 - constants alone
        f" where {table}.id > ?3 and {seen} order by {table}.id limit ?2"
    )


def _with_message(table: str) -> str:
    return f"{table} join message on {OF_MESSAGE.format(table=table)}"


CODES = """coalesce((select group_concat(code, ' ') from (
  select code from finding where finding.message = message.id group by code order by min(ordinal)
)), '') as codes"""
SELECTED = "exists (select 1 from selection where selection.message = message.id) as selected"
MESSAGES = _query(
    "message.mailbox, message.received, message.sent, message.sender, message.sender_name,"
    f" message.subject, message.status, message.late, {PLACE}, message.claim_date, {CODES},"
    " coalesce(reply.state, '') as reply, message.unanswered, message.reason, message.message_id,"
    f" message.size, coalesce(act.who, '') as decided_by, {SELECTED}",
    "message left join reply on reply.message = message.id left join act on act.id = decided",
    table="message",
)
ATTACHMENTS = _query(
    f"attachment.message, {PLACE}, attachment.name as file, attachment.path, attachment.kind,"
    " attachment.role, attachment.form, attachment.format, attachment.size, attachment.sha256,"
    " attachment.good, attachment.duration_ms, attachment.width, attachment.height,"
    " attachment.pages, attachment.encrypted, attachment.damaged, attachment.ignored",
    _with_message("attachment"),
    table="attachment",
)
LINKS = _query(
    f"link.message, {PLACE}, link.provider, link.name as file, link.url, link.size, link.expires,"
    " link.code as word",
    _with_message("link"),
    table="link",
)
FINDINGS = _query(
    f"finding.message, {PLACE}, finding.code, finding.severity, finding.location, finding.saw,"
    " finding.required, finding.fix",
    _with_message("finding"),
    table="finding",
)
REPLIES = _query(
    f"reply.message, {PLACE}, reply.mailbox, reply.state, reply.to_address, reply.subject,"
    " reply.attempts, reply.created, reply.sent_at, reply.error, reply.message_id",
    _with_message("reply"),
    table="reply",
)
REMINDERS = _query(
    "dispatch.kind as sort, dispatch.notice, dispatch.unit, dispatch.mailbox, dispatch.state,"
    " dispatch.to_address, dispatch.subject, dispatch.attempts, dispatch.created,"
    " dispatch.sent_at, dispatch.error, dispatch.message_id",
    "dispatch",
    table="dispatch",
    mailbox="dispatch.mailbox",
)
HISTORY = _query(
    "event.message, coalesce(act.notice, message.notice) as notice,"
    " coalesce(act.unit, message.unit) as unit, coalesce(act.category, message.category)"
    " as category, coalesce(act.window, message.window) as window, event.at, event.who,"
    " event.what, event.why",
    "event left join message on message.id = event.message left join act on act.event = event.id",
    table="event",
    mailbox="coalesce(message.mailbox, act.mailbox)",
)
ACTS = _query(
    "act.at, act.who, act.kind as what, act.why, act.mailbox, act.message, act.notice, act.unit,"
    " act.category, act.window, act.undoes,"
    " (select by.id from act as by where by.undoes = act.id) as undone_by",
    "act",
    table="act",
    mailbox="act.mailbox",
)
FIELDS = Query(
    sql=f"select form_field.attachment, form_field.label, attachment.message, {PLACE},"  # noqa: S608
    " attachment.name as file, attachment.form, form_field.value"
    " from form_field join attachment on attachment.id = form_field.attachment"
    " join message on message.id = attachment.message"
    " where (form_field.attachment, form_field.label) > (?3, ?4)"
    f" and {SEEN.format(mailbox='message.mailbox')}"
    " order by form_field.attachment, form_field.label limit ?2",
    keys=("attachment", "label"),
    first=(0, ""),
)
TABLES: Mapping[str, Query] = {
    "messages": MESSAGES,
    "attachments": ATTACHMENTS,
    "links": LINKS,
    "findings": FINDINGS,
    "replies": REPLIES,
    "fields": FIELDS,
    "reminders": REMINDERS,
    "acts": ACTS,
    "history": HISTORY,
}


class Tables:
    def __init__(self, store: Store) -> None:
        self._store = store

    def columns(self, name: str) -> tuple[str, ...]:
        """The names of a row's values, in their order."""
        query = TABLES[name]
        with self._store.reading() as connection:
            empty = connection.execute(query.sql, (None, 0, *query.first))
            return tuple(column[0] for column in empty.description)

    def rows(self, name: str, mailboxes: frozenset[str] | None = None) -> Iterator[Row]:
        """Every row of the table, the oldest first: of these mailboxes, None for all.

        The ledger is not held while the caller works.
        """
        query = TABLES[name]
        seen = None if mailboxes is None else json.dumps(sorted(mailboxes))
        last = query.first
        while True:
            with self._store.reading() as connection:
                found = connection.execute(query.sql, (seen, PAGE, *last)).fetchall()
            yield from map(dict, found)
            if len(found) < PAGE:
                return
            last = tuple(found[-1][key] for key in query.keys)
