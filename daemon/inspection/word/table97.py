"""The tables of a Word 97 document, every merged cell's text in all the places it covers."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from daemon.inspection.word.paragraphs import Layout, Row
from daemon.inspection.word.pieces import Paragraph
from daemon.inspection.word.text import MOST_CELLS, MOST_ROWS
from rules.submission import Table

_CELL: Final = "\x07"
_CLOSE: Final = 40  # twips between edges that were meant to be one


@dataclass
class _Rows:
    """One table while it is read: the cells of each row as they came, with its shape."""

    rows: list[tuple[list[str], Row]] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    cell: str = ""

    def end_cell(self, words: str) -> None:
        self.cells.append(self.cell + words)
        self.cell = ""

    def end_row(self, row: Row) -> None:
        if len(self.rows) < MOST_ROWS:
            self.rows.append((self.cells, row))
        self.cells, self.cell = [], ""


def tables(paragraphs: Iterable[Paragraph], layout: Layout) -> Iterator[Table]:
    """Rows that no paragraph outside a table keeps apart are one table."""
    current = _Rows()
    for paragraph in paragraphs:
        if paragraph.mark == _CELL and paragraph.end in layout.rows:
            current.end_row(layout.rows[paragraph.end])
        elif paragraph.mark == _CELL:
            current.end_cell(paragraph.text)
        elif paragraph.end in layout.inside:
            current.cell += paragraph.text + "\n"
        elif current.rows:
            yield _spread(current.rows)
            current = _Rows()
    if current.rows:
        yield _spread(current.rows)


def _spread(rows: list[tuple[list[str], Row]]) -> Table:
    columns = _columns(rows)
    done: list[tuple[str, ...]] = []
    for cells, row in rows:
        above = done[-1] if done else ()
        places = list(_places(cells, row, columns))[:MOST_CELLS]
        done.append(
            tuple(
                above[x] if goes_on and x < len(above) else cell
                for x, (cell, goes_on) in enumerate(places)
            )
        )
    return tuple(done)


def _columns(rows: list[tuple[list[str], Row]]) -> list[int]:
    """Where any cell of the table begins, from the left."""
    edges = sorted({edge for _, row in rows for edge in row.edges[:-1]})
    return [e for i, e in enumerate(edges) if i == 0 or e - edges[i - 1] > _CLOSE]


def _places(cells: list[str], row: Row, columns: list[int]) -> Iterator[tuple[str, bool]]:
    """Each cell as often as it covers a column, and whether it goes on from the row above."""
    shaped = len(row.edges) == len(cells) + 1
    for i, cell in enumerate(cells):
        if not shaped:  # no shape was found: as the cells came
            yield cell, False
            continue
        first, last = (bisect_left(columns, edge - _CLOSE) for edge in row.edges[i : i + 2])
        yield from [(cell, row.goes_on[i])] * max(1, min(last - first, MOST_CELLS))
