""".doc of Word 97 to 2003 and of WPS: an own reader of the piece table over olefile.

Nothing lighter was found: antiword and catdoc are programs without a keeper and without tables,
LibreOffice takes seconds and 400 MB. The format is published ([MS-DOC]), and text, tables and
pictures need little of it.
"""

import re
import struct
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import olefile  # type: ignore[import-untyped]

from daemon.inspection import disk
from daemon.inspection.compound import BROKEN
from daemon.inspection.word import drawings, fib, pieces, rows, text
from rules.submission import Facts, Table

_LARGEST_STREAM: Final = 256 << 20
_FIELD_CODE: Final = re.compile(r"\x13[^\x13\x14\x15]*\x14?|\x15")
_PLAIN: Final = str.maketrans(
    {"\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x07": "\t", "\x1e": "-", "\x1f": None, "\xa0": " "}
    | {chr(code): None for code in (1, 2, 3, 4, 5, 6, 8, 0x13, 0x14, 0x15)}
)
_ROW: Final = "\ue007"  # a private character that stands for the end of a row
_CELL: Final = "\x07"


def examine(path: Path, facts: Facts) -> Facts:
    """Text, tables, contact and pictures; a password is found in the head."""
    try:
        with olefile.OleFileIO(str(path)) as ole:
            return _examined(ole, facts)
    except (struct.error, *BROKEN) as error:
        disk.pass_on(error)
        return replace(facts, damaged="unopenable")


def _examined(ole: Any, facts: Facts) -> Facts:
    document = _stream(ole, "WordDocument")
    head = fib.read(document)
    if head.encrypted:
        return replace(facts, encrypted=True)
    if head.old:
        body, around = document[head.first : head.last].decode("gb18030", "replace"), ""
    else:
        body, around = _text(document, _stream(ole, head.table_stream), head)
    told = text.add(facts, body=_plain(body), around=_plain(around), tables=_tables(body))
    streams = [document] if not ole.exists("Data") else [_stream(ole, "Data"), document]
    return text.with_pictures(told, list(drawings.pictures(*streams)))


def _stream(ole: Any, name: str) -> bytes:
    if ole.get_size(name) > _LARGEST_STREAM:
        raise ValueError(f"{name} is too large")
    with ole.openstream(name) as stream:
        data: bytes = stream.read()
    return data


def _text(document: bytes, table: bytes, head: fib.Fib) -> tuple[str, str]:
    """The main text with the ends of rows marked, and what stands around it."""
    row_ends = rows.ends(document, table, head.paragraphs)
    said = "".join(_marked(piece, row_ends) for piece in pieces.read(document, table, head.pieces))[
        : text.LONGEST_TEXT
    ]
    main = head.counts[0]
    return said[:main], said[main:]


def _marked(piece: pieces.Piece, row_ends: frozenset[int]) -> str:
    if _CELL not in piece.text:
        return piece.text
    return "".join(
        _ROW if c == _CELL and piece.offset + (i + 1) * piece.width in row_ends else c
        for i, c in enumerate(piece.text)
    )


def _plain(said: str) -> str:
    return _without_codes(said).replace(_ROW, "\n").translate(_PLAIN)


def _without_codes(said: str) -> str:
    """Fields keep their result and lose their code."""
    return _FIELD_CODE.sub("", said)


def _tables(said: str) -> list[Table]:
    """Rows that follow each other without a paragraph between them are one table."""
    tables: list[Table] = []
    current: list[tuple[str, ...]] = []
    *rows_said, _ = _without_codes(said).split(_ROW)
    for row in rows_said:
        *before, first = row.split(_CELL)[0].split("\r") if _CELL in row else [row]
        cells = row.split(_CELL)[:-1]
        if not cells:
            continue
        if before and current and any(line.strip() for line in before[:-1] or before):
            tables.append(tuple(current))
            current = []
        del first
        current.append(tuple(cell.translate(_PLAIN).strip() for cell in cells))
    return [*tables, tuple(current)] if current else tables
