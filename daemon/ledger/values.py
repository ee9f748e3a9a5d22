"""Values on their way into SQLite: what senders write is bounded and made storable."""

from collections.abc import Sequence
from datetime import UTC, datetime

LARGEST = (1 << 63) - 1
NAME_CHARS = 1_000
BODY_CHARS = 100_000  # the whole letter lies in the spool


def text(value: str, limit: int = NAME_CHARS) -> str:
    """Storable text: no lone surrogates (SQLite refuses them), no NUL (tools stop at it)."""
    cut = value[:limit].replace("\0", "\N{REPLACEMENT CHARACTER}")
    if cut.isascii():
        return cut
    return cut.encode("utf-8", "replace").decode("utf-8")


def number(value: int | None) -> int | None:
    """A link may claim any size and a broken film any length: held to 64 bits."""
    return None if value is None else max(-LARGEST, min(value, LARGEST))


def instant(at: datetime) -> str:
    """UTC to the millisecond, always in the same number of characters."""
    return _utc(at).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def instant_or_none(at: datetime | None) -> str | None:
    return None if at is None else instant(at)


def when(stored: str) -> datetime:
    return datetime.fromisoformat(stored)


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        return at.replace(tzinfo=UTC)
    try:
        return at.astimezone(UTC)
    except OverflowError:
        # `Date: Mon, 1 Jan 0001 00:00:00 +0800` lies before the first instant of UTC
        return at.replace(tzinfo=UTC)


def insertion(table: str, columns: Sequence[str]) -> str:
    """One row; the values are bound in this order: by name, each costs ten times as much."""
    marks = ", ".join("?" * len(columns))
    return f"insert into {table} ({', '.join(columns)}) values ({marks})"  # noqa: S608 - constants
