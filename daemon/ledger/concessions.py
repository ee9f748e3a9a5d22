"""What the office granted one unit: a later due time, or that it need not hand in."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Self

from daemon.ledger.store import Store
from daemon.ledger.values import instant_or_none, text, when
from daemon.ledger.versions import names
from rules.mending import Place

Word = Literal["", "waived", "not-applicable"]

AT = "where notice = ? and unit = ? and category = ? and window = ?"
GRANT = f"update place set waived = ?, waived_as = ?, extended = ? {AT}"  # noqa: S608 - constants
GRANTED = f"select waived, waived_as, extended from place {AT}"  # noqa: S608
EXTENDED = f"select extended from place {AT}"  # noqa: S608


@dataclass(frozen=True, kw_only=True, slots=True)
class Granted:
    """`waived` is the reason, "" while the unit is expected to hand in; `word` what it is called.

    `extended` is the first instant that is too late.
    """

    waived: str = ""
    word: Word = ""
    extended: datetime | None = None

    @classmethod
    def of(cls, kept: list[str | None]) -> Self:
        """What `as_json` wrote."""
        waived, word, extended = kept
        told: Word = "not-applicable" if word == "not-applicable" else "waived" if waived else ""
        return cls(waived=waived or "", word=told, extended=when(extended) if extended else None)

    def as_json(self) -> list[str | None]:
        return [self.waived, self.word, instant_or_none(self.extended)]


class Concessions:
    def __init__(self, store: Store) -> None:
        self._store = store

    def at(self, place: Place) -> Granted | None:
        """None: no such place."""
        with self._store.reading() as connection:
            return granted(connection, place)

    def waive(self, place: Place, why: str) -> bool:
        """Nothing is expected here, for this reason; "" takes it back. False: no such place."""
        return self._put(place, lambda now: Granted(waived=why, extended=now.extended))

    def extend(self, place: Place, until: datetime | None) -> bool:
        """A later due time; None takes it back. False: no such place."""
        return self._put(
            place, lambda now: Granted(waived=now.waived, word=now.word, extended=until)
        )

    def extension(self, place: Place) -> datetime | None:
        with self._store.reading() as connection:
            row = connection.execute(EXTENDED, names(place)).fetchone()
        return when(row["extended"]) if row and row["extended"] else None

    def _put(self, place: Place, change: Callable[[Granted], Granted]) -> bool:
        with self._store.writing() as connection:
            now = granted(connection, place)
            return now is not None and grant(connection, place, change(now))


def granted(connection: sqlite3.Connection, place: Place) -> Granted | None:
    """None: no such place."""
    row = connection.execute(GRANTED, names(place)).fetchone()
    return None if row is None else Granted.of([*row])


def grant(connection: sqlite3.Connection, place: Place, new: Granted) -> bool:
    waived, word, extended = new.as_json()
    values = (text(waived or ""), word, extended, *names(place))
    return connection.execute(GRANT, values).rowcount == 1
