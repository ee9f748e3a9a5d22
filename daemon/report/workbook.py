"""The table as an Excel workbook: the matrix in colour, details to filter, figures to report."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO

from daemon.ledger import Standing
from daemon.report import detail
from daemon.report.book import Book, Cell, Coloured, Head, written
from daemon.report.matrix import Column, Matrix, matrices
from daemon.report.statistics import figures
from daemon.report.words import cell, plain, state, words
from rules.notice import Language

COLUMN = 20  # characters


def to_xlsx(
    standings: Sequence[Standing], target: Path | BinaryIO, *, language: Language, today: date
) -> None:
    """Write the workbook; Unavailable when the file cannot be written."""
    with written(target, today) as book:
        sheets(book, standings, language, today)


def sheets(book: Book, standings: Sequence[Standing], language: Language, today: date) -> None:
    """The matrix of each notice, all places in detail, and what they add up to."""
    for matrix in matrices(standings):
        _matrix(book, matrix, language, today)
    _detail(book, standings, language, today)
    _statistics(book, standings, language, today)


def _matrix(book: Book, matrix: Matrix, language: Language, today: date) -> None:
    titles = ("\n".join(_lines(column)) for column in matrix.columns)
    head = Head(
        name=words(language)["matrix"],
        titles=(words(language)["unit"], *titles),
        widths=(28, *(COLUMN for _ in matrix.columns)),
        frozen_columns=1,
        height=48,
    )
    book.sheet(head, (_row(unit, matrix, language, today) for unit in matrix.units))


def _row(unit: str, matrix: Matrix, language: Language, today: date) -> tuple[Cell, ...]:
    said = (
        Coloured(cell(s, language, today), state(s, today)) if s else None for s in matrix.row(unit)
    )
    return (plain(unit), *said)


def _detail(book: Book, standings: Sequence[Standing], language: Language, today: date) -> None:
    head = Head(
        name=words(language)["detail"],
        titles=detail.headings(language),
        widths=detail.WIDTHS,
    )
    book.sheet(head, (detail.row(s, language, today) for s in standings))


def _statistics(book: Book, standings: Sequence[Standing], language: Language, today: date) -> None:
    titles, rows = figures(standings, language, today)
    head = Head(
        name=words(language)["statistics"],
        titles=titles,
        widths=(36, 18, 22, 12, *(12 for _ in titles[4:])),
    )
    book.sheet(head, rows)


def _lines(column: Column) -> Iterator[str]:
    return (plain(x) for x in (column.category, column.window, column.closes) if x)
