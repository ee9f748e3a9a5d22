"""The head of a Word 97 document ([MS-DOC] 2.5): where things are, and whether it is locked."""

import struct
from dataclasses import dataclass
from typing import Final, NamedTuple

_OLDEST: Final = 0x65
_WORD_97: Final = 0xC1
_NEWEST: Final = 0x112
_ENCRYPTED: Final = 0x0100
_SECOND_TABLE: Final = 0x0200


class Streams(NamedTuple):
    """The streams of a document; Data is there only when it has pictures or long properties."""

    document: bytes
    table: bytes
    data: bytes = b""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fib:
    """Offsets are into the table stream, lengths in bytes; `counts` in characters.

    `counts`: main text, footnotes, headers, macros, annotations, endnotes, boxes, header boxes.
    """

    old: bool
    encrypted: bool
    table_stream: str
    first: int  # of the text, where there is no piece table (Word 6)
    last: int
    counts: tuple[int, ...] = ()
    pieces: tuple[int, int] = (0, 0)
    paragraphs: tuple[int, int] = (0, 0)


def read(data: bytes) -> Fib:
    """Raises struct.error or ValueError when this is no Word document."""
    (version,) = struct.unpack_from("<H", data, 2)
    if not _OLDEST <= version <= _NEWEST:
        raise ValueError("not the head of a Word document")
    (flags,) = struct.unpack_from("<H", data, 0x0A)
    first, last = struct.unpack_from("<II", data, 0x18)
    old = version < _WORD_97
    return Fib(
        old=old,
        encrypted=bool(flags & _ENCRYPTED),
        table_stream="1Table" if flags & _SECOND_TABLE else "0Table",
        first=first,
        last=last,
        counts=() if old else struct.unpack_from("<8I", data, 0x4C),
        pieces=(0, 0) if old else struct.unpack_from("<II", data, 0x1A2),
        paragraphs=(0, 0) if old else struct.unpack_from("<II", data, 0x102),
    )
