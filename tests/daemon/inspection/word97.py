"""A Word 97 document with a table: pieces, paragraph properties and rows, from [MS-DOC]."""

import struct
from collections.abc import Sequence

from tests.material import compound

_TEXT_AT = 1024
_PAPX_PAIR, _CLX_PAIR = 13, 33  # indexes among the pairs of FibRgFcLcb97
_IN_TABLE = struct.pack("<HB", 0x2416, 1)
_ROW_END = struct.pack("<HB", 0x2417, 1)

Cells = Sequence[str]


def table_doc(
    before: str,
    rows: Sequence[Cells],
    after: str,
    *,
    edges: Sequence[Sequence[int]] = (),
    merged: Sequence[Sequence[bool]] = (),
    compressed: bool = False,
) -> bytes:
    """A paragraph, a table, a paragraph. `edges` and `merged` give the shape of each row.

    `compressed` stores the text in one byte a character, as Word does for Latin text.
    """
    paragraphs = [(before + "\r", b"")]
    for number, row in enumerate(rows):
        paragraphs += [(cell + "\x07", _IN_TABLE) for cell in row]
        shape = _shape(edges[number], merged[number]) if edges else b""
        paragraphs.append(("\x07", _IN_TABLE + _ROW_END + shape))
    paragraphs.append((after + "\r", b""))
    return _assembled(paragraphs, compressed=compressed)


def _shape(edges: Sequence[int], merged: Sequence[bool]) -> bytes:
    """sprmTDefTable: edges of the cells, then 20 bytes for each, flags first."""
    cells = b"".join(struct.pack("<H18x", (1 << 5) if goes_on else 0) for goes_on in merged)
    body = struct.pack(f"<B{len(edges)}h", len(merged), *edges) + cells
    return struct.pack("<HH", 0xD608, len(body) + 1) + body


def _assembled(paragraphs: list[tuple[str, bytes]], *, compressed: bool) -> bytes:
    width, charset = (1, "cp1252") if compressed else (2, "utf-16-le")
    text = "".join(said for said, _ in paragraphs)
    body = text.encode(charset)
    pages_at = -(-(_TEXT_AT + len(body)) // 512)
    pages, firsts = [], []
    at = _TEXT_AT
    for start in range(0, len(paragraphs), 3):  # few enough that any three fit on a page
        group = paragraphs[start : start + 3]
        firsts.append(at)
        pages.append(_page(at, group, width))
        at += sum(len(said) * width for said, _ in group)
    plex = struct.pack(f"<{len(firsts) + 1}I", *firsts, at)
    plex += struct.pack(f"<{len(pages)}I", *(pages_at + i for i in range(len(pages))))
    place = _TEXT_AT * 2 | 0x40000000 if compressed else _TEXT_AT
    clx = struct.pack("<BIIIHIH", 2, 16, 0, len(text), 0, place, 0)
    document = _fib(len(text), len(plex), len(clx)).ljust(_TEXT_AT, b"\0") + body
    document = document.ljust(pages_at * 512, b"\0") + b"".join(pages)
    return compound({"WordDocument": document, "0Table": plex + clx})


def _page(at: int, paragraphs: list[tuple[str, bytes]], width: int) -> bytes:
    """PapxFkp: ends of paragraphs, where their properties lie, the properties from the back."""
    page, back, offsets, places = bytearray(512), 510, [at], []
    for said, properties in paragraphs:
        at += len(said) * width
        offsets.append(at)
        listed = struct.pack("<H", 0) + properties
        listed += b"\0" * (len(listed) % 2)
        back -= len(listed) + 2
        page[back : back + 2 + len(listed)] = bytes([0, len(listed) // 2]) + listed
        places.append(back // 2)
    struct.pack_into(f"<{len(offsets)}I", page, 0, *offsets)
    for i, place in enumerate(places):
        page[4 * len(offsets) + 13 * i] = place
    page[511] = len(places)
    return bytes(page)


def _fib(characters: int, plex: int, clx: int) -> bytes:
    fib = bytearray(0x1AA)
    struct.pack_into("<HH", fib, 0, 0xA5EC, 0xC1)
    struct.pack_into("<I", fib, 0x4C, characters)
    struct.pack_into("<II", fib, 0x9A + 8 * _PAPX_PAIR, 0, plex)
    struct.pack_into("<II", fib, 0x9A + 8 * _CLX_PAIR, plex, clx)
    return bytes(fib)
