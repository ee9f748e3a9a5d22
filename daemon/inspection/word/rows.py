"""Where the rows of a Word 97 table end: the paragraphs marked so ([MS-DOC] 2.9.175, PapxFkp)."""

import struct
from collections.abc import Iterator
from typing import Final

_MOST_PAGES: Final = 20_000
_ROW_END: Final = 0x2417  # sprmPFTtp, one byte: this paragraph ends a row
_INNER_ROW_END: Final = 0x244C  # the same in a table inside a table
_TABLE_SHAPE: Final = 0xD608  # sprmTDefTable, whose length takes two bytes
_TABS: Final = 0xC615
# Bytes of the operand by the upper three bits of the code; 6 is said by its first byte.
_OPERANDS: Final = (1, 1, 2, 4, 2, 2, 0, 3)


def ends(document: bytes, table: bytes, place: tuple[int, int]) -> frozenset[int]:
    """The offsets in the document stream just behind the last character of every row."""
    found: set[int] = set()
    for page in _pages(table[place[0] : place[0] + place[1]]):
        found.update(_ends_on(document[page * 512 : page * 512 + 512]))
    return frozenset(found)


def _pages(plex: bytes) -> Iterator[int]:
    """n + 1 offsets, then n page numbers of 22 bits."""
    count = min((len(plex) - 4) // 8, _MOST_PAGES)
    for i in range(max(0, count)):
        (number,) = struct.unpack_from("<I", plex, 4 * (count + 1) + 4 * i)
        yield number & 0x3FFFFF


def _ends_on(page: bytes) -> Iterator[int]:
    if len(page) < 512:
        return
    count = page[511]
    if count * 17 + 4 > 511:
        return
    offsets = struct.unpack_from(f"<{count + 1}I", page, 0)
    for i in range(count):
        at = 2 * page[4 * (count + 1) + 13 * i]
        if at and _is_row_end(_properties(page, at)):
            yield offsets[i + 1]


def _properties(page: bytes, at: int) -> bytes:
    """The property list at `at`, behind its length and the number of its style."""
    size = 2 * page[at] - 1
    if page[at] == 0:
        at += 1
        size = 2 * page[at] if at < 512 else 0
    return page[at + 3 : at + 1 + max(0, size)]


def _is_row_end(properties: bytes) -> bool:
    at = 0
    while at + 3 <= len(properties):
        (code,) = struct.unpack_from("<H", properties, at)
        if code in {_ROW_END, _INNER_ROW_END}:
            return properties[at + 2] != 0
        at += 2 + _operand(code, properties, at + 2)
    return False


def _operand(code: int, properties: bytes, at: int) -> int:
    size = _OPERANDS[code >> 13]
    if size:
        return size
    if code == _TABLE_SHAPE and at + 2 <= len(properties):
        return int(struct.unpack_from("<H", properties, at)[0]) + 1
    return 1 + properties[at]
