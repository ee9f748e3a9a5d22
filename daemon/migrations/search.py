"""Full-text search over what a message says and holds, and indexes for the staff's pages."""

import sqlite3
import unicodedata
from collections.abc import Iterator, Mapping

from daemon.grams import grams

# Contentless: the index alone, no second copy of any text; some 800 bytes for a letter of 250
# characters with its files. `ascii` splits at spaces and leaves
# every other character as it is; the tokens were made by daemon.grams.
SEARCH = """
create virtual table search using fts5 (
  words, content = '', columnsize = 0, tokenize = 'ascii'
)
"""
# Unit and category are not in it: the office may correct them, and they are looked up instead.
# The order is said: to take a message out of the index, its tokens are made once more.
DOCUMENT = """
select id, subject, sender, sender_name, body,
  (select group_concat(name, char(10)) from (
    select name from attachment where message = message.id order by ordinal)) as files,
  (select group_concat(name, char(10)) from (
    select name from link where message = message.id order by ordinal)) as links,
  (select group_concat(value, char(10)) from (
    select value from attachment join form_field on form_field.attachment = attachment.id
    where attachment.message = message.id order by ordinal, label)) as filled
from message where id >= ? order by id limit ?
"""
INSERT = "insert into search (rowid, words) values (?, ?)"
APART = " \N{SYMBOL FOR RECORD SEPARATOR} "  # no phrase reaches from one field into the next
MOST_CHARS = 200_000  # of one message
PAGE = 500

# Every filter of the list of messages is answered from this index alone, newest first.
BROWSE = """
create index message_browse on message (received, id, mailbox, status, late, notice, unit,
  category, window, version)
"""
INDEXES = (
    "drop index message_received",  # message_browse begins with the same columns
    BROWSE,
    "create index finding_code on finding (code, message)",
    "create index reply_state_message on reply (state, message)",
    "create index attachment_kind on attachment (kind, message)"
    " where good and ignored = '' and role not in ('ignored', 'container')",
)


# What NFKC, with which `grams` begins, makes of the commonest signs. A text that holds one of them
# it takes apart and puts together again, at 0.15 µs a character; one that holds none, at nothing.
WIDE = tuple(
    (wide, unicodedata.normalize("NFKC", wide))
    for wide in "，：；！？（）０１２３４５６７８９\N{IDEOGRAPHIC SPACE}\N{NO-BREAK SPACE}…～"
)


def tokens(row: Mapping[str, str | None] | sqlite3.Row) -> str:
    """What the index holds of one row of DOCUMENT."""
    fields = ("subject", "sender", "sender_name", "files", "links", "filled", "body")
    parts = (grams(_narrow(part)) for part in _cut(row[name] or "" for name in fields) if part)
    return APART.join(part for part in parts if part)


def fill(connection: sqlite3.Connection) -> None:
    """Every message there is, a page at a time."""
    first = 0
    while rows := connection.execute(DOCUMENT, (first, PAGE)).fetchall():
        connection.executemany(INSERT, ((row["id"], tokens(row)) for row in rows))
        first = rows[-1]["id"] + 1


def _narrow(text: str) -> str:
    if not unicodedata.is_normalized("NFKC", text):
        for wide, narrow in WIDE:
            text = text.replace(wide, narrow)
    return text


def _cut(parts: Iterator[str]) -> Iterator[str]:
    left = MOST_CHARS
    for part in parts:
        yield part[:left]
        left = max(left - len(part), 0)
