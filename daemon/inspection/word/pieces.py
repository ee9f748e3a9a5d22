"""The piece table of a Word 97 document: its text, and where in the file it stands."""

import re
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from daemon.inspection.word.fib import Streams

_MOST_PIECES: Final = 200_000
_MARK: Final = re.compile(r"[\r\x07\x0c]")
_COMPRESSED: Final = 0x40000000


@dataclass(frozen=True, slots=True)
class Piece:
    """`text`, of which character i stands at `offset + i * width` of the document stream."""

    text: str
    offset: int
    width: int


def read(streams: Streams, place: tuple[int, int]) -> Iterator[Piece]:
    """The pieces in reading order. Raises struct.error or ValueError on a broken table."""
    positions, descriptors = _table(streams.table[place[0] : place[0] + place[1]])
    for start, end, descriptor in zip(positions, positions[1:], descriptors, strict=False):
        length = end - start
        if length < 0:
            raise ValueError("pieces run backwards")
        at = descriptor & ~_COMPRESSED
        if descriptor & _COMPRESSED:
            at //= 2
            yield Piece(streams.document[at : at + length].decode("cp1252", "replace"), at, 1)
        else:
            raw = streams.document[at : at + 2 * length]
            yield Piece(raw[: len(raw) // 2 * 2].decode("utf-16-le", "replace"), at, 2)


def _table(clx: bytes) -> tuple[tuple[int, ...], list[int]]:
    """Skip the property runs (1), read the piece table (2): n + 1 positions, n descriptors."""
    at = 0
    while clx[at : at + 1] == b"\x01":
        (size,) = struct.unpack_from("<H", clx, at + 1)
        at += 3 + size
    if clx[at : at + 1] != b"\x02":
        raise ValueError("no piece table")
    (size,) = struct.unpack_from("<I", clx, at + 1)
    count = min((size - 4) // 12, _MOST_PIECES, (len(clx) - at - 9) // 12)
    if count < 1:
        raise ValueError("an empty piece table")
    positions = struct.unpack_from(f"<{count + 1}I", clx, at + 5)
    after = at + 5 + 4 * (count + 1)
    return positions, [struct.unpack_from("<I", clx, after + 8 * i + 2)[0] for i in range(count)]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`mark` ends it (paragraph, cell or page); `end` is the offset behind the mark.

    `start` counts characters from the beginning of the text.
    """

    text: str
    mark: str
    end: int
    start: int


def paragraphs(pieces: Iterable[Piece]) -> Iterator[Paragraph]:
    """The text cut at its marks; a paragraph may run over several pieces."""
    begun, start, place = "", 0, 0
    for piece in pieces:
        last = 0
        for match in _MARK.finditer(piece.text):
            text = begun + piece.text[last : match.start()]
            end = piece.offset + match.end() * piece.width
            yield Paragraph(text, match.group(), end, start)
            begun, last = "", match.end()
            start = place + last
        begun += piece.text[last:]
        place += len(piece.text)
    if begun:
        yield Paragraph(begun, "\r", 0, start)
