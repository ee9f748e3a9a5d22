"""WordprocessingML as a stream: text in reading order, tables with their merged cells spread."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Final, Self

from daemon.inspection.word import markup
from daemon.inspection.word.text import LONGEST_TEXT, MOST_CELLS, MOST_ROWS, MOST_TABLES

if TYPE_CHECKING:
    from rules.submission import Table

_BREAKS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# Of a hundred elements in a real document ninety say how it looks: they are not looked at twice.
_BEGUN: Final = frozenset({"Fallback", "tbl", "tc", "gridSpan", "vMerge"})
_ENDED: Final = frozenset({"t", "p", "Fallback", "tc", "tr", "tbl", *_BREAKS})


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
        self._run: list[str] | None = None  # the letters of the run that is being read
        self._names = markup.Names()
        self._skipped = 0  # depth inside mc:Fallback, which says again what mc:Choice said

    @classmethod
    def read(cls, stream: IO[bytes]) -> Self:
        """Raises ParseError, DefusedXmlException, and what a broken ZIP member raises."""
        body = cls()
        markup.read(stream, body._began, ended=body._ended, said=body._letters)
        return body

    @property
    def text(self) -> str:
        return "".join(self._said)

    def _began(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = self._names[tag]
        self._run = [] if name == "t" else None
        if name not in _BEGUN:
            return
        if name == "Fallback":
            self._skipped += 1
        elif name == "tbl":
            self._grids.append(_Grid())
        elif self._grids:
            self._began_in_table(name, attributes)

    def _began_in_table(self, name: str, attributes: Mapping[str, str]) -> None:
        grid = self._grids[-1]
        if name == "tc":
            grid.cell = _Cell()
        elif name == "gridSpan":
            grid.cell.span = _number(_value(attributes))
        elif name == "vMerge":
            grid.cell.goes_on = _value(attributes) != "restart"

    def _letters(self, letters: str) -> None:
        if self._run is not None:
            self._run.append(letters)

    def _ended(self, tag: str) -> None:
        name = self._names[tag]
        if name not in _ENDED:
            return
        if name == "t":
            self._say("".join(self._run or ()))
            self._run = None
        elif name == "p":
            self._say("\n")
        elif name in _BREAKS:
            self._say(_BREAKS[name])
        elif name == "Fallback":
            self._skipped -= 1
        elif self._grids:
            self._ended_in_table(name)

    def _ended_in_table(self, name: str) -> None:
        grid = self._grids[-1]
        if name == "tc":
            grid.end_cell()
            self._hear("\t")
        elif name == "tr":
            grid.end_row()
            self._hear("\n")
        elif name == "tbl":
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


def _value(attributes: Mapping[str, str]) -> str:
    """The w:val attribute, in whichever namespace it is written (transitional or strict)."""
    return next((v for k, v in attributes.items() if markup.local(k) == "val"), "")


def _number(said: str) -> int:
    return int(said) if said.isdecimal() and len(said) < 6 else 1
