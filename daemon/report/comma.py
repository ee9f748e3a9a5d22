"""The table as CSV: for Excel as it is installed in offices, and safe to open there."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from daemon.ledger import Standing
from daemon.report.detail import headings, row
from daemon.report.value import Value
from rules.notice import Language

BOM = "\ufeff"  # without it Excel reads UTF-8 as GBK
# A cell that begins so is run as a formula when the file is opened; the full-width ones too.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def to_csv(standings: Iterable[Standing], language: Language, today: date) -> Iterator[str]:
    """Lines with CRLF, the heading first."""
    rows = (row(standing, language, today) for standing in standings)
    return lines(headings(language), rows)


def lines(titles: Iterable[str], rows: Iterable[Iterable[Value]]) -> Iterator[str]:
    """Any table. A cell that would be run gets an apostrophe in front: the one change made."""
    yield BOM + _line(titles)
    yield from map(_line, rows)


def harmless(cell: str) -> str:
    """Text that a spreadsheet shows and does not run."""
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) else cell


def _line(values: Iterable[Value]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow([_cell(value) for value in values])
    return line.getvalue()


def _cell(value: Value) -> str:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    return harmless("" if value is None else str(value))
