"""One row a place, for spreadsheets."""

from datetime import date

from daemon.ledger import Standing
from daemon.report.value import Value
from daemon.report.words import local, plain, state, words
from rules.notice import Language

HEADINGS = (
    "notice",
    "unit",
    "category",
    "window",
    "closes",
    "state",
    "late",
    "number",
    "received",
    "findings",
    "last_state",
    "last_received",
    "last_sender",
    "last_subject",
)

WIDTHS = (36, 26, 18, 22, 12, 14, 8, 8, 20, 36, 14, 20, 28, 44)


def headings(language: Language) -> tuple[str, ...]:
    return tuple(words(language)[name] for name in HEADINGS)


def row(standing: Standing, language: Language, today: date) -> tuple[Value, ...]:
    """Values in the order of HEADINGS; instants are in the notice's own zone."""
    said = words(language)
    return (
        plain(standing.notice_title),
        plain(standing.unit),
        plain(standing.category),
        plain(standing.window),
        date.fromisoformat(standing.closes) if standing.closes else None,
        said[state(standing, today)],
        said["late"] if standing.late else "",
        standing.version,
        local(standing.received, standing.zone),
        " ".join(standing.findings),
        said[standing.last_state] if standing.last_state else "",
        local(standing.last_received, standing.zone),
        plain(standing.last_sender),
        plain(standing.last_subject),
    )
