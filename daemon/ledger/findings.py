"""The findings of one message, in the order in which they are told."""

import sqlite3
from collections.abc import Iterator, Sequence

from daemon.ledger.values import BODY_CHARS, text
from rules.rule import Said
from rules.verdict import Finding

INSERT = """
insert into finding (message, ordinal, code, severity, location, saw, required, fix)
values (?, ?, ?, ?, ?, ?, ?, ?)
"""
CLEAR = "delete from finding where message = ?"
ALL = """
select code, severity, location, saw, required, fix from finding
where message = ? order by ordinal
"""
EMPTY_SAID = Said(title="", saw="", required="", fix="")
Row = tuple[str, ...]  # code, severity, location, saw, required, fix


def insert(
    connection: sqlite3.Connection, message: int, findings: Sequence[Finding], said: Sequence[Said]
) -> None:
    """Of a message that is new."""
    _insert(connection, message, rows(findings, said))


def replace(connection: sqlite3.Connection, message: int, found: Sequence[Row]) -> None:
    connection.execute(CLEAR, (message,))
    _insert(connection, message, found)


def _insert(connection: sqlite3.Connection, message: int, found: Sequence[Row]) -> None:
    for n, row in enumerate(found):
        connection.execute(INSERT, (message, n, *row))


def read(connection: sqlite3.Connection, message: int) -> list[Row]:
    return [tuple(row) for row in connection.execute(ALL, (message,)).fetchall()]


def rows(findings: Sequence[Finding], said: Sequence[Said]) -> list[Row]:
    """`said` are their words, one for one; empty for none."""
    return list(_rows(findings, said or (EMPTY_SAID,) * len(findings)))


def _rows(findings: Sequence[Finding], said: Sequence[Said]) -> Iterator[Row]:
    for finding, words in zip(findings, said, strict=True):
        told = (text(w, BODY_CHARS) for w in (words.saw, words.required, words.fix))
        yield (finding.code, str(finding.severity), text(finding.where), *told)
