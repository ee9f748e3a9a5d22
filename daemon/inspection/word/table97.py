"""The tables of a Word 97 document, every merged cell's text in all the places it covers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from daemon.inspection.word.paragraphs import Layout, Row
from daemon.inspection.word.pieces import Paragraph
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
        done.append(tuple(_line(cells, row, columns, above)))
    return tuple(done)


def _columns(rows: list[tuple[list[str], Row]]) -> list[int]:
    """Where any cell of the table begins, from the left."""
    edges = sorted({edge for _, row in rows for edge in row.edges[:-1]})
    return [e for i, e in enumerate(edges) if i == 0 or e - edges[i - 1] > _CLOSE]


def _line(cells: list[str], row: Row, columns: list[int], above: tuple[str, ...]) -> Iterator[str]:
    if len(row.edges) != len(cells) + 1:  # no shape was found: as the cells came
        yield from cells
        return
    place = 0
    for i, cell in enumerate(cells):
        width = sum(row.edges[i] - _CLOSE <= c < row.edges[i + 1] - _CLOSE for c in columns)
        for _ in range(max(1, width)):
            yield above[place] if row.goes_on[i] and place < len(above) else cell
            place += 1
