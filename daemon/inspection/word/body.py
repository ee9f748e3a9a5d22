"""WordprocessingML as a stream: text in reading order, tables with their merged cells spread."""

from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any, Final, Self

from defusedxml.ElementTree import iterparse

from daemon.inspection.word.text import LONGEST_TEXT, MOST_CELLS, MOST_ROWS, MOST_TABLES

if TYPE_CHECKING:
    from rules.submission import Table

_BREAKS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


@dataclass
class _Cell:
    words: list[str] = field(default_factory=list)
    span: int = 1
    goes_on: bool = False  # a vertical merge, begun above


@dataclass
class _Grid:
    """A table while it is read. A merged cell's text stands in every place it covers."""

    rows: list[tuple[str, ...]] = field(default_factory=list)
    row: list[str] = field(default_factory=list)
    cell: _Cell = field(default_factory=_Cell)

    def end_cell(self) -> None:
        at = len(self.row)
        above = self.rows[-1] if self.rows else ()
        said = "".join(self.cell.words).strip()
        if self.cell.goes_on and at < len(above):
            said = above[at]
        places = min(max(1, self.cell.span), MOST_CELLS - at)
        self.row.extend([said] * places)

    def end_row(self) -> None:
        if len(self.rows) < MOST_ROWS:
            self.rows.append(tuple(self.row))
        self.row = []


class Body:
    """`text` and `tables` of one part. Text of cells is in both, a tab between cells."""

    def __init__(self) -> None:
        self.tables: list[Table] = []
        self._said: list[str] = []
        self._length = 0
        self._grids: list[_Grid] = []
        self._skipped = 0  # depth inside mc:Fallback, which says again what mc:Choice said

    @classmethod
    def read(cls, stream: IO[bytes]) -> Self:
        """Raises ParseError, DefusedXmlException, and what a broken ZIP member raises."""
        body = cls()
        parents: list[Any] = []
        for event, element in iterparse(stream, events=("start", "end")):
            tag = element.tag.rpartition("}")[2]
            if event == "start":
                parents.append(element)
                body._start(tag)
                continue
            parents.pop()
            body._end(tag, element)
            element.clear()
            if parents:  # an empty shell in the parent still takes memory
                parents[-1].remove(element)
        return body

    @property
    def text(self) -> str:
        return "".join(self._said)

    def _start(self, tag: str) -> None:
        if tag == "Fallback":
            self._skipped += 1
        elif tag == "tbl":
            self._grids.append(_Grid())
        elif tag == "tc" and self._grids:
            self._grids[-1].cell = _Cell()

    def _end(self, tag: str, element: Any) -> None:
        if tag == "Fallback":
            self._skipped -= 1
        elif tag == "t":
            self._say(element.text or "")
        elif tag in _BREAKS:
            self._say(_BREAKS[tag])
        elif tag == "p":
            self._say("\n")
        elif self._grids:
            self._end_in_table(tag, element)

    def _end_in_table(self, tag: str, element: Any) -> None:
        grid = self._grids[-1]
        if tag == "gridSpan":
            grid.cell.span = _number(_value(element))
        elif tag == "vMerge":
            grid.cell.goes_on = _value(element) != "restart"
        elif tag == "tc":
            grid.end_cell()
            self._hear("\t")
        elif tag == "tr":
            grid.end_row()
            self._hear("\n")
        elif tag == "tbl":
            self._grids.pop()
            if len(self.tables) < MOST_TABLES:
                self.tables.append(tuple(grid.rows))

    def _say(self, words: str) -> None:
        if self._skipped:
            return
        self._hear(words)
        for grid in self._grids[-1:]:
            grid.cell.words.append(words)

    def _hear(self, words: str) -> None:
        self._length += len(words)
        if self._length <= LONGEST_TEXT:
            self._said.append(words)


def _value(element: Any) -> str:
    """The w:val attribute, in whichever namespace it is written (transitional or strict)."""
    return next((v for k, v in element.items() if k.rpartition("}")[2] == "val"), "")


def _number(said: str) -> int:
    return int(said) if said.isdecimal() and len(said) < 6 else 1
