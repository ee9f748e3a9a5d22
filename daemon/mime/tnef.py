"""winmail.dat: what Outlook wraps files into. Read in a stream, from file to files.

tnefparse holds the whole file several times over and its property loop trusts the counts in the
file (four billion rounds for four bytes); only the published layout is shared with it here.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from daemon.mime import charset, clean
from daemon.mime.limits import Excess
from daemon.mime.source import Source, Span

SIGNATURE = b"\x78\x9f\x3e\x22"

_RENDER, _TITLE, _DATA, _PROPERTIES, _CODEPAGE, _BODY = (
    0x9002,
    0x8010,
    0x800F,
    0x9005,
    0x9007,
    0x800C,
)
_LONG_NAME, _SHORT_NAME, _OBJECT, _MIME_TAG, _CONTENT_ID = 0x3707, 0x3704, 0x3701, 0x370E, 0x3712
_UNICODE = 0x001F
_FIXED = {
    0x2: 4,
    0xB: 4,
    0x3: 4,
    0x4: 4,
    0xA: 4,
    0x5: 8,
    0x6: 8,
    0x7: 8,
    0x14: 8,
    0x40: 8,
    0x48: 16,
}
_VARIABLE = frozenset({0x0, 0xD, 0x1E, 0x1F, 0x102})
_HEAD = 9  # bytes before the data of an attribute
_CLASS = b"\x00\x00\xc0\x00\x00\x00\x00\x00\x00\x46"  # the tail of every OLE interface's GUID
_MANY_VALUES, _NAMED = 0x1000, 0x8000


@dataclass(frozen=True, slots=True)
class Attribute:
    number: int
    data: Span


@dataclass(slots=True)
class Wrapped:
    """One file in the TNEF; `data` is where its bytes stand."""

    name: str = ""
    content_type: str = ""
    cid: str = ""
    data: Span = field(default_factory=lambda: Span(0, 0))


def read(source: Source) -> Iterator[Wrapped]:
    """The files, in order. What follows a broken attribute is not read."""
    current: Wrapped | None = None
    codepage = ""
    for attribute in _attributes(source):
        if attribute.number == _CODEPAGE:
            codepage = f"cp{int.from_bytes(source.read(attribute.data.start, 4), 'little')}"
        elif attribute.number == _RENDER:
            if current:
                yield current
            current = Wrapped()
        elif current:
            _add(current, attribute, source=source, codepage=codepage)
    if current:
        yield current


def whole(source: Source) -> bool:
    """Whether it is a TNEF file that does not end within an attribute."""
    end = 6
    for attribute in _attributes(source):
        end = attribute.data.end + 2
    return source.read(0, 4) == SIGNATURE and source.size - end < _HEAD


def _attributes(source: Source) -> Iterator[Attribute]:
    at = 6 if source.read(0, 4) == SIGNATURE else source.size
    for _ in range(source.limits.parts * 20):
        head = source.read(at, _HEAD)
        if len(head) < _HEAD:
            return
        number, length = struct.unpack("<xHxxI", head)
        end = at + _HEAD + length
        if end > source.size:
            return
        yield Attribute(number, Span(at + _HEAD, end))
        at = end + 2  # the checksum
    raise Excess("winmail.dat 里的属性过多")


def _add(wrapped: Wrapped, attribute: Attribute, *, source: Source, codepage: str) -> None:
    span = attribute.data
    if attribute.number == _DATA:
        wrapped.data = span
    elif attribute.number == _TITLE:
        title = source.read(span.start, min(span.end - span.start, 1000))
        wrapped.name = wrapped.name or _text(title, codepage)
    elif attribute.number == _PROPERTIES:
        if span.end - span.start > source.limits.properties:
            raise Excess("winmail.dat 里的属性过大")
        block = source.read(span.start, span.end - span.start)
        _describe(wrapped, block, base=span.start, codepage=codepage)


def _describe(wrapped: Wrapped, block: bytes, *, base: int, codepage: str) -> None:
    for number, kind, start, end in _properties(block):
        label = "utf-16-le" if kind == _UNICODE else codepage
        if number == _OBJECT:
            _take_object(wrapped, block, where=Span(start, end), base=base)
        elif number == _LONG_NAME:
            wrapped.name = _text(block[start:end], label) or wrapped.name
        elif number == _SHORT_NAME:
            wrapped.name = wrapped.name or _text(block[start:end], label)
        elif number == _MIME_TAG:
            wrapped.content_type = _text(block[start:end], label).lower()
        elif number == _CONTENT_ID:
            wrapped.cid = _text(block[start:end], label)


def _take_object(wrapped: Wrapped, block: bytes, *, where: Span, base: int) -> None:
    """An embedded object stands behind the GUID of its class. For an embedded mail the plain
    data is only a note that says so."""
    start, end = where.start, where.end
    behind = start + 16 if block[start + 6 : start + 16] == _CLASS else start
    is_mail = block[behind : behind + 4] == SIGNATURE
    if is_mail or wrapped.data.start == wrapped.data.end:
        wrapped.data = Span(base + behind, base + max(end, behind))


def _properties(block: bytes) -> Iterator[tuple[int, int, int, int]]:
    """(id, type, start, end) of every property whose value lies within the block."""
    at = 4
    while at + 4 <= len(block):
        kind, number = struct.unpack_from("<HH", block, at)
        at += 4
        if number >= _NAMED:
            at = _past_name(block, at)
        values, at = _values(block, at, kind=kind)
        for start, end in values:
            yield number, kind & ~_MANY_VALUES, start, end
        if not values:
            return


def _past_name(block: bytes, at: int) -> int:
    """A GUID, then a number or a counted name."""
    kind, length = _number(block, at + 16), _number(block, at + 20)
    return at + 24 + (_padded(length) if kind else 0)


def _values(block: bytes, at: int, *, kind: int) -> tuple[list[tuple[int, int]], int]:
    """No values: the block is broken here."""
    base = kind & ~_MANY_VALUES
    counted = bool(kind & _MANY_VALUES) or base in _VARIABLE
    count, at = (_number(block, at), at + 4) if counted else (1, at)
    found: list[tuple[int, int]] = []
    while len(found) < count and at < len(block):
        if base in _VARIABLE:
            start = at + 4
            end = start + _number(block, at)
            at = start + _padded(end - start)
        elif base in _FIXED:
            start, end = at, at + _FIXED[base]
            at = end
        else:
            return [], at
        if end > len(block):
            return [], at
        found.append((start, end))
    return found, at


def _number(block: bytes, at: int) -> int:
    return int.from_bytes(block[at : at + 4], "little")


def _padded(length: int) -> int:
    return length + -length % 4


def _text(data: bytes, label: str) -> str:
    """Names and types are short; a longer value is none."""
    return clean.line(charset.decode(data[:1000], label).split("\x00")[0])
