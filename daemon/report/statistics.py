"""What the matrix adds up to: one row for each due time."""

from collections.abc import Iterator, Sequence
from datetime import date

from daemon.ledger import Standing
from daemon.report.matrix import Column, Matrix, matrices
from daemon.report.words import plain, state, words
from rules.notice import Language

Figure = str | int | float | date | None
OWES_NOTHING = ("waived", "not-applicable")
STATES = ("accepted", "returned", "held", "missing", "overdue", "waived", "not-applicable")


def figures(
    standings: Sequence[Standing], language: Language, today: date
) -> tuple[tuple[str, ...], Iterator[tuple[Figure, ...]]]:
    """The headings, and the rows: expected units, each state, late ones, and the share done."""
    said = words(language)
    names = ("notice", "category", "window", "closes", "expected", *STATES, "late", "share")
    titles = tuple(said[name] for name in names)
    rows = (
        _row(matrix, column, today) for matrix in matrices(standings) for column in matrix.columns
    )
    return titles, rows


def _row(matrix: Matrix, column: Column, today: date) -> tuple[Figure, ...]:
    places = matrix.column(column)
    states = [state(place, today) for place in places]
    expected = len(places) - sum(states.count(name) for name in OWES_NOTHING)
    accepted = states.count("accepted")
    return (
        plain(matrix.title),
        plain(column.category),
        plain(column.window),
        date.fromisoformat(column.closes) if column.closes else None,
        expected,
        *(states.count(name) for name in STATES),
        sum(place.late for place in places),
        accepted / expected if expected else None,
    )
