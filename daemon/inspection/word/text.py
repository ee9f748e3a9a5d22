"""What both readers of Word gather: running text and tables, within bounds."""

from dataclasses import replace
from typing import Final

from rules import contact
from rules.submission import Facts, Picture, Table

MOST_TABLES: Final = 30
MOST_ROWS: Final = 200
MOST_CELLS: Final = 40  # in one row
LONGEST_CELL: Final = 4000
LONGEST_TEXT: Final = 4_000_000
_MOST_CHARACTERS: Final = 400_000  # of all tables together


def add(facts: Facts, *, body: str, around: str, tables: list[Table]) -> Facts:
    """Facts with the body's text, that of headers and boxes around it, and tables."""
    kept = shortened(tables)
    return replace(
        facts,
        chars=sum(map(len, body.split())),
        tables=kept,
        contact=contact.find_in_tables(kept) or contact.find(f"{body}\n{around}"),
    )


def with_pictures(facts: Facts, pictures: list[Picture]) -> Facts:
    return replace(facts, pictures=tuple(pictures))


def shortened(tables: list[Table]) -> tuple[Table, ...]:
    """The first tables, rows, cells and characters, as many as any form could need."""
    kept: list[Table] = []
    left = _MOST_CHARACTERS
    for table in tables[:MOST_TABLES]:
        rows = []
        for row in table[:MOST_ROWS]:
            rows.append(tuple(cell.strip()[:LONGEST_CELL] for cell in row[:MOST_CELLS]))
            left -= sum(map(len, rows[-1]))
            if left < 0:
                return (*kept, tuple(rows))
        kept.append(tuple(rows))
    return tuple(kept)
