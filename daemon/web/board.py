"""The status of a notice as a board: who owes what, until when, and how far everything is."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from daemon.ledger import Standing
from daemon.report import Column, matrices
from rules.calendar import due
from rules.notice import Category, Notice, Window

# in the order in which staff read them
STATES = ("accepted", "returned", "held", "overdue", "missing", "waived")
SETTLED = frozenset({"accepted", "waived"})
FAULTY = frozenset({"returned", "held"})
ABSENT = frozenset({"overdue", "missing"})
SHOWN = {
    "open": frozenset(STATES) - SETTLED,
    "absent": ABSENT,
    **{state: frozenset({state}) for state in STATES},
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """One place. `due` is its own first instant too late, `extended` whether it was granted.

    `newer` is the state of a later version that is not the effective one.
    """

    standing: Standing
    state: str
    due: datetime | None
    newer: str = ""

    @property
    def extended(self) -> bool:
        return bool(self.standing.extended)

    @property
    def last(self) -> datetime | None:
        """An instant of the last day on which it is in time."""
        return self.due and self.due - timedelta(milliseconds=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """One column. `left` is the time until it is due, negative afterwards."""

    column: Column
    due: datetime | None
    left: timedelta | None
    counts: Mapping[str, int]

    @property
    def done(self) -> int:
        return self.counts["accepted"]

    @property
    def expected(self) -> int:
        return sum(self.counts.values()) - self.counts["waived"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    unit: str
    cells: tuple[Cell | None, ...]

    @property
    def owed(self) -> int:
        """What is not settled yet."""
        return sum(cell is not None and cell.state not in SETTLED for cell in self.cells)

    def holds(self, states: Iterable[str]) -> bool:
        wanted = set(states)
        return any(cell is not None and cell.state in wanted for cell in self.cells)


@dataclass(frozen=True, kw_only=True, slots=True)
class Board:
    """One notice. `counts` are of all its places, whatever rows are shown."""

    id: str
    title: str
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    counts: Mapping[str, int]

    def only(self, states: Iterable[str], words: str) -> tuple[Row, ...]:
        """The units with a place in one of these states, and with these words in their name."""
        parts, wanted = words.split(), frozenset(states)
        return tuple(
            row
            for row in self.rows
            if all(part in row.unit for part in parts) and (not wanted or row.holds(wanted))
        )


def board(notice: Notice | None, standings: Iterable[Standing], now: datetime) -> Board | None:
    """None: nothing is asked of anybody. `notice` is None when it is no longer configured."""
    found = matrices(standings)
    if not found:
        return None
    matrix = found[0]
    rows = tuple(
        Row(unit=unit, cells=tuple(_cell(s, notice, now) if s else None for s in matrix.row(unit)))
        for unit in matrix.units
    )
    first = next(iter(matrix.cells.values()))
    return Board(
        id=first.notice,
        title=matrix.title,
        heads=tuple(_head(c, i, rows, notice, now) for i, c in enumerate(matrix.columns)),
        rows=rows,
        counts=_counts(cell for row in rows for cell in row.cells),
    )


def _cell(standing: Standing, notice: Notice | None, now: datetime) -> Cell:
    granted = datetime.fromisoformat(standing.extended) if standing.extended else None
    until = _due(standing.category, standing.window, notice, granted)
    last, effective = standing.last_version or 0, standing.version or 0
    return Cell(
        standing=standing,
        state=_state(standing, until, now),
        due=until,
        newer=standing.last_state if last > effective else "",
    )


def _state(standing: Standing, until: datetime | None, now: datetime) -> str:
    if standing.waived and standing.state != "accepted":
        return "waived"
    if standing.state != "missing":
        return standing.state
    return "overdue" if until is not None and until <= now else "missing"


def _head(
    column: Column, number: int, rows: tuple[Row, ...], notice: Notice | None, now: datetime
) -> Head:
    until = _due(column.category, column.window, notice, None)
    return Head(
        column=column,
        due=until,
        left=None if until is None else until - now,
        counts=_counts(row.cells[number] for row in rows),
    )


def _counts(cells: Iterable[Cell | None]) -> Mapping[str, int]:
    found = Counter(cell.state for cell in cells if cell is not None)
    return {state: found[state] for state in STATES}


def _due(
    category: str, window: str, notice: Notice | None, granted: datetime | None
) -> datetime | None:
    """The first instant too late, for whom an extension was granted or not."""
    found = _window(_category(notice, category), window)
    return granted if notice is None else due(found, notice, granted)


def _category(notice: Notice | None, name: str) -> Category | None:
    categories = notice.categories if notice else ()
    return next((c for c in categories if c.name == name), None)


def _window(category: Category | None, name: str) -> Window | None:
    windows = category.windows if category else ()
    return next((w for w in windows if w.name == name), None)
