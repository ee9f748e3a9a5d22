"""The table as an Excel workbook: the matrix in colour, and a sheet of details to filter."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from daemon.errors import Unavailable
from daemon.ledger import Standing
from daemon.report.detail import Value, headings, row
from daemon.report.matrix import Column, Matrix, matrices
from daemon.report.words import cell, plain, state, words
from rules.notice import Language

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

COLOURS = {
    "accepted": "#C6EFCE",
    "returned": "#FFEB9C",
    "held": "#E4DFEC",
    "missing": "#F2F2F2",
    "overdue": "#FFC7CE",
    "waived": "#FFFFFF",
}
# what a sender wrote is text, never a formula or a link
TEXT_ONLY = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def to_xlsx(standings: Sequence[Standing], path: Path, *, language: Language, today: date) -> None:
    """Write the workbook; Unavailable when the file cannot be written."""
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped]

    book = Workbook(path, TEXT_ONLY)
    sheets = Sheets(book, language, today)
    for matrix in matrices(standings):
        sheets.matrix(matrix)
    sheets.detail(standings)
    try:
        book.close()
    except FileCreateError as error:  # no such folder, no permission, a full disk
        raise Unavailable(f"writing {path}", error) from error


class Sheets:
    """The sheets of one workbook, with the formats they share."""

    def __init__(self, book: "Workbook", language: Language, today: date) -> None:
        self._book = book
        self._language: Language = language
        self._today = today
        self._bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._instant = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self._states = {
            name: book.add_format({"bg_color": colour, "border": 1, "border_color": "#BFBFBF"})
            for name, colour in COLOURS.items()
        }

    def matrix(self, matrix: Matrix) -> None:
        sheet = self._sheet("matrix", frozen_columns=1)
        sheet.set_row(0, 48)
        sheet.set_column(0, len(matrix.columns), 24)
        titles = ("\n".join(_lines(column)) for column in matrix.columns)
        self._headings(sheet, (words(self._language)["unit"], *titles))
        for i, unit in enumerate(matrix.units, start=1):
            sheet.write_string(i, 0, plain(unit))
            for j, standing in enumerate(matrix.row(unit), start=1):
                self._cell(sheet, (i, j), standing)

    def detail(self, standings: Sequence[Standing]) -> None:
        sheet = self._sheet("detail")
        titles = headings(self._language)
        sheet.set_column(0, len(titles) - 1, 20)
        sheet.autofilter(0, 0, max(len(standings), 1), len(titles) - 1)
        self._headings(sheet, titles)
        for i, standing in enumerate(standings, start=1):
            for j, value in enumerate(row(standing, self._language, self._today)):
                self._value(sheet, (i, j), value)

    def _sheet(self, word: str, *, frozen_columns: int = 0) -> "Worksheet":
        """A new sheet of that name; a second notice's matrix is 总表 2."""
        name = words(self._language)[word]
        n = 1 + sum(sheet.get_name().startswith(name) for sheet in self._book.worksheets())
        sheet = self._book.add_worksheet(name if n == 1 else f"{name} {n}")
        sheet.freeze_panes(1, frozen_columns)
        return sheet

    def _headings(self, sheet: "Worksheet", titles: Iterable[str]) -> None:
        for j, title in enumerate(titles):
            sheet.write_string(0, j, title, self._bold)

    def _cell(self, sheet: "Worksheet", at: tuple[int, int], standing: Standing | None) -> None:
        if standing is not None:
            style = self._states[state(standing, self._today)]
            sheet.write_string(*at, cell(standing, self._language, self._today), style)

    def _value(self, sheet: "Worksheet", at: tuple[int, int], value: Value) -> None:
        if isinstance(value, datetime):
            sheet.write_datetime(*at, value.replace(tzinfo=None), self._instant)
        elif isinstance(value, date):
            sheet.write_datetime(*at, value, self._day)
        elif isinstance(value, int):
            sheet.write_number(*at, value)
        elif value:
            sheet.write_string(*at, value)


def _lines(column: Column) -> Iterator[str]:
    return (plain(x) for x in (column.category, column.window, column.closes) if x)
