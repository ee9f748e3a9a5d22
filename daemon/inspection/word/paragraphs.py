"""Which paragraphs of a Word 97 document stand in tables, and how its rows are cut.

[MS-DOC] 2.8.6 PlcBtePapx, 2.9.175 PapxFkp, 2.6.3 table properties. Paragraphs are known by the
offset in the document stream just behind their last character.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from daemon.inspection.word.fib import Streams

_MOST_PAGES: Final = 20_000
_IN_TABLE: Final = 0x2416  # sprmPFInTable
_ROW_END: Final = 0x2417  # sprmPFTtp
_SHAPE: Final = 0xD608  # sprmTDefTable, whose length takes two bytes
_ELSEWHERE: Final = frozenset({0x6645, 0x6646, 0x646B})  # properties too long, in the Data stream
# Bytes of the operand by the upper three bits of the code; 0 stands for "said by its first byte".
_OPERANDS: Final = (1, 1, 2, 4, 2, 2, 0, 3)


@dataclass(frozen=True, slots=True)
class Row:
    """Where its cells begin and end across the page, and which go on from the row above."""

    edges: tuple[int, ...] = ()
    goes_on: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    inside: set[int] = field(default_factory=set)
    rows: dict[int, Row] = field(default_factory=dict)


def read(streams: Streams, place: tuple[int, int]) -> Layout:
    """`place` is that of PlcBtePapx in the table stream. Raises struct.error on a broken one."""
    layout = Layout()
    for number in _pages(streams.table[place[0] : place[0] + place[1]]):
        page = streams.document[number * 512 : number * 512 + 512]
        for end, properties in _paragraphs(page):
            found = dict(_found(properties, streams.data))
            if found.get(_IN_TABLE):
                layout.inside.add(end)
            if found.get(_ROW_END):
                layout.rows[end] = _row(found.get(_SHAPE, b""))
    return layout


def _pages(plex: bytes) -> Iterator[int]:
    """n + 1 offsets, then n page numbers of 22 bits."""
    count = min((len(plex) - 4) // 8, _MOST_PAGES)
    for i in range(max(0, count)):
        (number,) = struct.unpack_from("<I", plex, 4 * (count + 1) + 4 * i)
        yield number & 0x3FFFFF


def _paragraphs(page: bytes) -> Iterator[tuple[int, bytes]]:
    """The end of each paragraph on the page, and its property list."""
    count = page[511] if len(page) == 512 else 0
    if count * 17 + 4 > 511:
        return
    offsets = struct.unpack_from(f"<{count + 1}I", page, 0) if count else ()
    for i in range(count):
        at = 2 * page[4 * (count + 1) + 13 * i]
        if at:
            yield offsets[i + 1], _listed(page, at)


def _listed(page: bytes, at: int) -> bytes:
    """The property list at `at`, behind its length and the number of its style."""
    size = 2 * page[at] - 1
    if page[at] == 0 and at < 511:
        at += 1
        size = 2 * page[at]
    return page[at + 3 : at + 1 + max(0, size)]


def _found(properties: bytes, data: bytes) -> Iterator[tuple[int, bytes]]:
    """The properties that matter, with their operands; a flag that is off has none."""
    at = 0
    while at + 3 <= len(properties):
        (code,) = struct.unpack_from("<H", properties, at)
        size = _operand(code, properties[at + 2 :])
        said = properties[at + 2 : at + 2 + size]
        at += 2 + size
        if code in _ELSEWHERE and len(said) == 4:
            yield from _found(_elsewhere(data, said), b"")
        elif code == _SHAPE:
            yield code, said[2:]
        elif code in {_IN_TABLE, _ROW_END}:
            yield code, said.strip(b"\0")


def _elsewhere(data: bytes, place: bytes) -> bytes:
    at = int.from_bytes(place, "little")
    size = int.from_bytes(data[at : at + 2], "little")
    return data[at + 2 : at + 2 + size]


def _operand(code: int, behind: bytes) -> int:
    size = _OPERANDS[code >> 13]
    if size:
        return size
    if code == _SHAPE:
        return int.from_bytes(behind[:2], "little") + 1
    return 1 + behind[0]


def _row(shape: bytes) -> Row:
    """Count of cells, their edges in twips, and for each 20 bytes that begin with its flags."""
    count = shape[0] if shape else 0
    flags_at = 1 + 2 * (count + 1)
    if not count or len(shape) < flags_at:
        return Row()
    edges = struct.unpack_from(f"<{count + 1}h", shape, 1)
    flags = [
        int.from_bytes(shape[flags_at + 20 * i : flags_at + 20 * i + 2], "little")
        for i in range(count)
    ]
    return Row(edges, tuple((flag >> 5) & 3 == 1 for flag in flags))
