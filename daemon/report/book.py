"""A workbook that is written row by row: memory stays flat, and what people wrote stays text."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from daemon.errors import Unavailable
from daemon.report.value import Value, fitting

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

ROWS = 1_048_576  # of a sheet, the heading among them
NAME = 31  # characters of a sheet's name
EARLIEST = 1901  # the first year that every spreadsheet counts alike
COLOURS = {
    "accepted": "#C6EFCE",
    "returned": "#FFEB9C",
    "held": "#E4DFEC",
    "missing": "#F2F2F2",
    "overdue": "#FFC7CE",
    "waived": "#FFFFFF",
    "not-applicable": "#FFFFFF",
}
# what a sender wrote is text, never a formula, a link or a number
OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "constant_memory": True,
}


@dataclass(frozen=True, slots=True)
class Coloured:
    """A value in the colour of a state."""

    value: str
    state: str


Cell = Value | Coloured


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """A sheet before its rows. `widths` are in characters; without a filter `filtered` is off."""

    name: str
    titles: Sequence[str]
    widths: Sequence[int]
    frozen_columns: int = 0
    height: int = 20
    filtered: bool = True


@dataclass
class Book:
    """The sheets of one workbook, with the formats they share."""

    book: "Workbook"
    most: int = ROWS
    _formats: dict[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        edge = {"valign": "top"}
        wrapped = {"bold": True, "text_wrap": True, "bg_color": "#DDE3EA", "bottom": 1}
        self._formats |= {
            "head": self.book.add_format(wrapped | edge),
            "day": self.book.add_format({"num_format": "yyyy-mm-dd"} | edge),
            "instant": self.book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"} | edge),
            "text": self.book.add_format(edge),
            "share": self.book.add_format({"num_format": "0%"} | edge),
        }
        for name, colour in COLOURS.items():
            boxed = {"bg_color": colour, "border": 1, "border_color": "#BFBFBF"}
            self._formats[f"state {name}"] = self.book.add_format(boxed | edge)

    def sheet(self, head: Head, rows: Iterable[Sequence[Cell]]) -> int:
        """Write a sheet; what does not fit goes on in another one. How many rows there were."""
        count, at, sheet = 0, 0, self._begin(head)
        for row in rows:
            if at + 1 >= self.most:
                self._end(sheet, head, at)
                at, sheet = 0, self._begin(head)
            at, count = at + 1, count + 1
            for j, cell in enumerate(row):
                self._write(sheet, at, j, cell)
        self._end(sheet, head, at)
        return count

    def _begin(self, head: Head) -> "Worksheet":
        sheet = self.book.add_worksheet(self._free(head.name))
        sheet.freeze_panes(1, head.frozen_columns)
        sheet.set_row(0, head.height)
        for j, width in enumerate(head.widths):
            sheet.set_column(j, j, width)
        for j, title in enumerate(head.titles):
            sheet.write_string(0, j, fitting(title), self._formats["head"])
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        return sheet

    def _end(self, sheet: "Worksheet", head: Head, last: int) -> None:
        if head.filtered:
            sheet.autofilter(0, 0, max(last, 1), len(head.titles) - 1)

    def _free(self, name: str) -> str:
        """总表, 总表 2: Excel wants each name once, whatever its case."""
        taken = {sheet.get_name().casefold() for sheet in self.book.worksheets()}
        wanted, n = name[:NAME], 1
        while wanted.casefold() in taken:
            n += 1
            wanted = f"{name[: NAME - len(str(n)) - 1]} {n}"
        return wanted

    def _write(self, sheet: "Worksheet", i: int, j: int, cell: Cell) -> None:
        if isinstance(cell, Coloured):
            style = self._formats[f"state {cell.state}"]
            sheet.write_string(i, j, fitting(cell.value), style)
        elif isinstance(cell, datetime) and cell.year >= EARLIEST:
            sheet.write_datetime(i, j, cell.replace(tzinfo=None), self._formats["instant"])
        elif isinstance(cell, date) and cell.year >= EARLIEST:
            sheet.write_datetime(i, j, cell, self._formats["day"])
        elif isinstance(cell, int | float):
            style = self._formats["share" if isinstance(cell, float) else "text"]
            sheet.write_number(i, j, cell, style)
        elif cell is not None and cell != "":
            sheet.write_string(i, j, fitting(str(cell)), self._formats["text"])


@contextmanager
def written(target: Path | BinaryIO, made: date) -> Iterator[Book]:
    """A workbook that is there when this ends. `made` is the day it bears: equal contents of one
    day are equal bytes. Raises Unavailable when it cannot be written.
    """
    try:
        if isinstance(target, Path):
            with target.open("wb") as file, _filled(file, made) as book:
                yield book
        else:
            with _filled(target, made) as book:
                yield book
    except OSError as error:  # no such folder, no permission, a full disk
        raise Unavailable(f"writing {target}", error) from error


@contextmanager
def _filled(file: BinaryIO, made: date) -> Iterator[Book]:
    from xlsxwriter import Workbook

    book = Workbook(file, OPTIONS)
    book.set_properties({"created": datetime.combine(made, time())})
    try:
        yield Book(book)
        book.close()
    finally:
        # rows that were put by on disk, when a sheet could not be finished
        for sheet in book.worksheets():
            sheet.row_data_fh.close()
