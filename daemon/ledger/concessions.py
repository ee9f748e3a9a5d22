"""What the office granted one unit: a later due time, or that it need not hand in."""

from datetime import datetime

from daemon.ledger.store import Store
from daemon.ledger.values import instant_or_none, text, when
from rules.mending import Place

AT = "where notice = ? and unit = ? and category = ? and window = ?"
WAIVE = f"update place set waived = ? {AT}"  # noqa: S608 - put together from constants
EXTEND = f"update place set extended = ? {AT}"  # noqa: S608
EXTENSION = f"select extended from place {AT}"  # noqa: S608


class Concessions:
    def __init__(self, store: Store) -> None:
        self._store = store

    def waive(self, place: Place, why: str) -> bool:
        """Nothing is expected here, for this reason; "" takes it back. False: no such place."""
        return self._grant(WAIVE, text(why), place)

    def extend(self, place: Place, until: datetime | None) -> bool:
        """A later due time; None takes it back. False: no such place."""
        return self._grant(EXTEND, instant_or_none(until), place)

    def extension(self, place: Place) -> datetime | None:
        with self._store.reading() as connection:
            row = connection.execute(EXTENSION, _names(place)).fetchone()
        return when(row["extended"]) if row is not None and row["extended"] else None

    def _grant(self, update: str, value: str | None, place: Place) -> bool:
        with self._store.writing() as connection:
            return connection.execute(update, (value, *_names(place))).rowcount == 1


def _names(place: Place) -> tuple[str, str, str, str]:
    return (place.notice, place.unit, place.category, place.window)
