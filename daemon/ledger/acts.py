"""Acts: what people decided, when and why, and what each put in the place of what."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from daemon.ledger.act import WHAT, Act
from daemon.ledger.deed import Deed
from daemon.ledger.events import Event
from daemon.ledger.store import Store
from daemon.ledger.values import BODY_CHARS, instant, text, when
from daemon.ledger.versions import names
from rules.mending import Place

PAGE = 50

INSERT = """
insert into act (event, at, who, kind, why, mailbox, message, notice, unit, category, window, said,
  before, undoes)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '{}', ?)
"""
EVENT = "insert into event (message, at, who, what, why) values (?, ?, ?, ?, ?)"
BEFORE = "update act set before = ? where id = ?"
LAST_EVENT = "select coalesce(max(id), 0) from event where message = ?"
LAST_ACT = """
select coalesce(max(id), 0) from act
where notice = ? and unit = ? and category = ? and window = ? and message is null
"""
EVENT_SINCE = """
select at, who, what, why from event where message = ? and id > ? order by id limit 1
"""
ACT_SINCE = """
select * from act where notice = ? and unit = ? and category = ? and window = ?
  and message is null and id > ? order by id limit 1
"""
ROW = """
select act.*, undoing.id as undone_by from act left join act as undoing on undoing.undoes = act.id
"""
ONE = f"{ROW} where act.id = ?"
OF = f"{ROW} where act.message = ? order by act.id"
AT = f"""
{ROW} where act.notice = ? and act.unit = ? and act.category = ? and act.window = ?
  and act.message is null order by act.id
"""
LIST = f"""
{ROW} where act.id < :before and (:kind = '' or act.kind = :kind)
  and (:who = '' or act.who = :who)
  and (:mailboxes is null or act.mailbox in (select value from json_each(:mailboxes)))
order by act.id desc limit :limit
"""  # noqa: S608 - put together from constants
AUTHORS = """
select distinct who from act
where ?1 is null or mailbox in (select value from json_each(?1)) order by who
"""


class Passed(Exception):
    """Something has happened since: the event, or the act, that came first."""

    def __init__(self, event: Event) -> None:
        super().__init__(event.what)
        self.event = event


class Acts:
    """The acts, and the one way to do another."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @contextmanager
    def doing(self, act: Act, seen: int | None = None) -> Iterator[Deed]:
        """One transaction: the act with its event, and all that is done through the deed.

        Raises Passed when something has happened since `seen`.
        """
        self._store.finish()  # what is changed has to be in the search index
        with self._store.writing() as connection:
            _unpassed(connection, act, seen)
            deed = Deed(connection, _write(connection, act), act.at)
            yield deed
            before = json.dumps(deed.before, ensure_ascii=False)
            connection.execute(BEFORE, (before, deed.act))

    def seen(self, subject: int | Place) -> int:
        """The last event of a message, or the last act at a place; 0 for none."""
        with self._store.reading() as connection:
            return _seen(connection, subject)

    def find(self, act: int) -> Act | None:
        with self._store.reading() as connection:
            row = connection.execute(ONE, (act,)).fetchone()
        return None if row is None else _act(row)

    def of(self, message: int) -> tuple[Act, ...]:
        """Oldest first."""
        with self._store.reading() as connection:
            return tuple(_act(row) for row in connection.execute(OF, (message,)).fetchall())

    def at(self, place: Place) -> tuple[Act, ...]:
        """What was decided about the place itself, oldest first."""
        with self._store.reading() as connection:
            return tuple(_act(row) for row in connection.execute(AT, names(place)).fetchall())

    def listing(
        self,
        *,
        kind: str = "",
        who: str = "",
        mailboxes: frozenset[str] | None = None,
        before: int | None = None,
    ) -> tuple[Act, ...]:
        """A page of all acts, the newest first; `before` is the last id of the page above."""
        values = {
            "kind": kind,
            "who": text(who),
            "mailboxes": _boxes(mailboxes),
            "before": (1 << 62) if before is None else before,
            "limit": PAGE,
        }
        with self._store.reading() as connection:
            return tuple(_act(row) for row in connection.execute(LIST, values).fetchall())

    def authors(self, mailboxes: frozenset[str] | None = None) -> tuple[str, ...]:
        """Who has decided something that these departments may see; None for all."""
        with self._store.reading() as connection:
            rows = connection.execute(AUTHORS, (_boxes(mailboxes),)).fetchall()
        return tuple(str(row[0]) for row in rows)


def _boxes(mailboxes: frozenset[str] | None) -> str | None:
    return None if mailboxes is None else json.dumps(sorted(mailboxes))


def _write(connection: sqlite3.Connection, act: Act) -> int:
    at, who, why = instant(act.at), text(act.who), text(act.why, BODY_CHARS)
    row = (act.message, at, who, WHAT[act.kind], why)
    event = connection.execute(EVENT, row).lastrowid
    said = json.dumps(dict(act.said), ensure_ascii=False)
    about = (text(act.mailbox), act.message, *names(act.place), text(said, len(said)))
    made = connection.execute(INSERT, (event, at, who, act.kind, why, *about, act.undoes)).lastrowid
    assert made is not None
    return made


def _unpassed(connection: sqlite3.Connection, act: Act, seen: int | None) -> None:
    subject = act.place if act.message is None else act.message
    if seen is None or _seen(connection, subject) == seen:
        return
    if act.message is None:
        row = connection.execute(ACT_SINCE, (*names(act.place), seen)).fetchone()
        what = WHAT[row["kind"]] if row else ""
    else:
        row = connection.execute(EVENT_SINCE, (act.message, seen)).fetchone()
        what = row["what"] if row else ""
    if row is not None:
        raise Passed(Event(at=when(row["at"]), who=row["who"], what=what, why=row["why"]))


def _seen(connection: sqlite3.Connection, subject: int | Place) -> int:
    if isinstance(subject, Place):
        return int(connection.execute(LAST_ACT, names(subject)).fetchone()[0])
    return int(connection.execute(LAST_EVENT, (subject,)).fetchone()[0])


def _act(row: sqlite3.Row) -> Act:
    same = ("id", "kind", "who", "why", "mailbox", "message", "undoes", "undone_by")
    said: dict[str, Any] = json.loads(row["said"])
    place = Place(**{k: row[k] for k in ("notice", "unit", "category", "window")})
    return Act(at=when(row["at"]), place=place, said=said, **{name: row[name] for name in same})
