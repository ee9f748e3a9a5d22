"""Unit x category-window: how the rows of the status view make a table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from daemon.ledger import Standing


@dataclass(frozen=True, slots=True)
class Column:
    """One due time of one category. `closes` is an ISO day, or ""."""

    category: str
    window: str
    closes: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """One notice. A cell that was filtered out is absent."""

    title: str
    units: tuple[str, ...]
    columns: tuple[Column, ...]
    cells: Mapping[tuple[str, Column], Standing]

    def row(self, unit: str) -> tuple[Standing | None, ...]:
        return tuple(self.cells.get((unit, column)) for column in self.columns)

    def column(self, column: Column) -> tuple[Standing, ...]:
        found = (self.cells.get((unit, column)) for unit in self.units)
        return tuple(cell for cell in found if cell is not None)


def matrices(standings: Iterable[Standing]) -> tuple[Matrix, ...]:
    """One matrix a notice, in the order of the rows."""
    # by id and title: two notices may bear one title
    groups = groupby(standings, key=lambda s: (s.notice, s.notice_title))
    return tuple(_matrix(title, tuple(rows)) for (_, title), rows in groups)


def missing(standings: Iterable[Standing]) -> tuple[Standing, ...]:
    """Who has handed in nothing yet, but for those who need not."""
    return tuple(s for s in standings if s.state == "missing" and not s.waived)


def _matrix(title: str, rows: tuple[Standing, ...]) -> Matrix:
    cells = {(s.unit, Column(s.category, s.window, s.closes)): s for s in rows}
    return Matrix(
        title=title,
        units=tuple(dict.fromkeys(unit for unit, _ in cells)),
        columns=tuple(dict.fromkeys(column for _, column in cells)),
        cells=cells,
    )
