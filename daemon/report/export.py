"""Every table of the ledger, streamed: as CSV, as JSON, as sheets of a workbook."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from daemon.ledger import Ledger, Standing
from daemon.report import comma, jsonlines, workbook
from daemon.report.book import Book, Head, written
from daemon.report.column import HEADINGS, TITLES, title
from daemon.report.value import Reader, plainly
from rules.notice import Language, Notice

MATRIX = "matrix"
TABLES = tuple(TITLES)  # in the order of the workbook's sheets


@dataclass(frozen=True, kw_only=True, slots=True)
class Export:
    """What one person may see: `mailboxes` are theirs, None is every one. `today` is the office's
    own day, by which a missing unit is overdue.
    """

    ledger: Ledger
    notices: tuple[Notice, ...]
    language: Language
    today: date
    mailboxes: frozenset[str] | None = None

    def standings(self) -> tuple[Standing, ...]:
        """Places of categories that belong to these mailboxes."""
        theirs = {
            (notice.id, category.name)
            for notice in self.notices
            for category in notice.categories
            if self.mailboxes is None or category.mailbox in self.mailboxes
        }
        rows = self.ledger.status()
        if self.mailboxes is None:
            return rows
        return tuple(s for s in rows if (s.notice, s.category) in theirs)

    def csv(self, table: str) -> Iterator[str]:
        """Lines with CRLF, the heading first; with a mark by which Excel knows UTF-8."""
        if table == MATRIX:
            return comma.to_csv(self.standings(), self.language, self.today)
        rows = map(self._reader().row, self.ledger.tables.rows(table, self.mailboxes))
        return comma.lines(self._titles(table), rows)

    def objects(self, table: str) -> Iterator[str]:
        """One JSON object a line."""
        if table == MATRIX:
            return jsonlines.to_json(self.standings())
        rows = self.ledger.tables.rows(table, self.mailboxes)
        return (json.dumps(plainly(row), ensure_ascii=False) for row in rows)

    def array(self, table: str) -> Iterator[str]:
        """One JSON array, an object a line."""
        before = "[\n"
        for line in self.objects(table):
            yield before + line
            before = ",\n"
        yield "[]\n" if before == "[\n" else "\n]\n"

    def xlsx(self, target: Path | BinaryIO, tables: Collection[str] = TABLES) -> None:
        """A workbook of these tables. Unavailable when it cannot be written."""
        with written(target, self.today) as book:
            for table in (t for t in TABLES if t in tables):
                self._sheets(book, table)

    def _sheets(self, book: Book, table: str) -> None:
        if table == MATRIX:
            workbook.sheets(book, self.standings(), self.language, self.today)
            return
        names = self.ledger.tables.columns(table)
        head = Head(
            name=title(table, self.language),
            titles=self._titles(table),
            widths=tuple(HEADINGS[name].width for name in names),
        )
        rows = self.ledger.tables.rows(table, self.mailboxes)
        book.sheet(head, map(self._reader().row, rows))

    def _titles(self, table: str) -> tuple[str, ...]:
        return tuple(
            HEADINGS[name].said(self.language) for name in self.ledger.tables.columns(table)
        )

    def _reader(self) -> Reader:
        zones = {notice.id: notice.zone for notice in self.notices}
        first = self.notices[0].zone if self.notices else "UTC"
        return Reader(language=self.language, zone=first, zones=zones)
