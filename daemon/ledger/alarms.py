"""Alarms that are raised: told once, and once more when they are over."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from daemon.ledger.store import Store
from daemon.ledger.values import BODY_CHARS, instant, text, when

BEGIN = """
insert into alarm (kind, subject, since, words) values (?, ?, ?, ?)
on conflict (kind, subject) do update set words = excluded.words, over = null
"""
# what nobody was told of needs no end either
UNSAID = "delete from alarm where kind = ? and subject = ? and told is null"
END = "update alarm set over = ? where kind = ? and subject = ? and over is null"
TOLD = "update alarm set told = ? where kind = ? and subject = ? and over is null"
FORGET = "delete from alarm where kind = ? and subject = ? and over is not null"
ALL = "select * from alarm order by since, kind, subject"


@dataclass(frozen=True, kw_only=True, slots=True)
class Alarm:
    """`subject` is the mailbox it is about, or ""; `words` say what is wrong and what to do."""

    kind: str
    subject: str
    since: datetime
    words: str
    told: bool = False
    over: datetime | None = None

    @property
    def untold(self) -> bool:
        """Whether there is something to be said about it now."""
        return self.told == (self.over is not None)


class Alarms:
    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> tuple[Alarm, ...]:
        """Raised ones, and those whose end is still to be told."""
        with self._store.reading() as connection:
            return tuple(_alarm(row) for row in connection.execute(ALL).fetchall())

    def begin(self, kind: str, subject: str, words: str, now: datetime) -> None:
        """Raise it; one that is raised already gets other words, and is not told again."""
        with self._store.writing() as connection:
            connection.execute(BEGIN, (kind, subject, instant(now), text(words, BODY_CHARS)))

    def end(self, kind: str, subject: str, now: datetime) -> None:
        with self._store.writing() as connection:
            connection.execute(UNSAID, (kind, subject))
            connection.execute(END, (instant(now), kind, subject))

    def told(self, alarm: Alarm, now: datetime) -> None:
        """Its beginning was told, or its end: then it is forgotten."""
        with self._store.writing() as connection:
            if alarm.over is None:
                connection.execute(TOLD, (instant(now), alarm.kind, alarm.subject))
            else:
                connection.execute(FORGET, (alarm.kind, alarm.subject))


def _alarm(row: sqlite3.Row) -> Alarm:
    return Alarm(
        kind=row["kind"],
        subject=row["subject"],
        since=when(row["since"]),
        words=row["words"],
        told=row["told"] is not None,
        over=when(row["over"]) if row["over"] else None,
    )
