"""FETCH answers read field by field: one malformed date must not hide the other messages."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from daemon.mailbox.folder import Item

FIELDS = "(UID INTERNALDATE RFC822.SIZE FLAGS)"
_FLAGS = re.compile(r"FLAGS \(([^)]*)\)", re.IGNORECASE)
_UID = re.compile(r"\bUID (\d+)", re.IGNORECASE)
_SIZE = re.compile(r"\bRFC822\.SIZE (\d+)", re.IGNORECASE)
_DATE = re.compile(r'\bINTERNALDATE "([^"]*)"', re.IGNORECASE)
_USUAL = re.compile(
    r"(\d\d)-([A-Z][a-z][a-z])-(\d{4}) ((?:[01]\d|2[0-3]):\d\d:\d\d) ([+-]\d\d[0-5]\d)", re.ASCII
)
_NAMES = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
_MONTHS = {name: f"{number:02}" for number, name in enumerate(_NAMES.split(), 1)}


def items(answers: Iterable[object], *, after: int = 0) -> Iterator[Item]:
    """The messages that the answers speak of, those with a UID above `after`.

    `a:*` returns the last message even when its UID is below `a`, and a server may add news of
    messages that nobody asked about: both are filtered here.
    """
    for answer in answers:
        item = _item(_text(answer))
        if item is not None and item.uid > after:
            yield item


def _text(answer: object) -> str:
    # imaplib gives a tuple where the server sent a literal, and None for no answer at all.
    pieces = answer if isinstance(answer, tuple) else (answer,)
    return b" ".join(p for p in pieces if isinstance(p, bytes)).decode("latin-1")


def _item(answer: str) -> Item | None:
    flags = _FLAGS.search(answer)
    rest = _FLAGS.sub("", answer)  # a keyword is a stranger's text and may look like a field
    uid, size, date = _UID.search(rest), _SIZE.search(rest), _DATE.search(rest)
    if uid is None:
        return None
    return Item(
        uid=int(uid[1]),
        size=int(size[1]) if size else None,
        received=_instant(date[1]) if date else None,
        flags=tuple(flags[1].split()) if flags else (),
    )


def _instant(text: str) -> datetime | None:
    """As RFC 9051 writes it, in 2 instead of 10 µs for each of 100,000 messages; or nearly so."""
    usual = _USUAL.fullmatch(text)
    try:
        if usual is not None and usual[2] in _MONTHS:
            day, month, year, time, zone = usual.groups()
            return datetime.fromisoformat(f"{year}-{_MONTHS[month]}-{day}T{time}{zone}")
        return datetime.strptime(text.strip(), "%d-%b-%Y %H:%M:%S %z")
    except ValueError:  # "00-Jan-1900 …" of broken imports; no clock is better than a wrong one
        return None
