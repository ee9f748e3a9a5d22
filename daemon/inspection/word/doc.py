""".doc of Word 97 to 2003 and of WPS: an own reader of the piece table over olefile.

Nothing lighter was found: antiword and catdoc are programs without a keeper and without tables,
LibreOffice takes seconds and 400 MB. The format is published ([MS-DOC]), and text, tables and
pictures need little of it.
"""

import re
import struct
from dataclasses import replace
from itertools import islice
from typing import Any, Final

import olefile  # type: ignore[import-untyped]

from daemon.inspection import disk
from daemon.inspection.ole import BROKEN
from daemon.inspection.sort import Sample
from daemon.inspection.word import drawings, fib, paragraphs, pieces, table97, text
from rules.submission import Facts

_LARGEST_STREAM: Final = 256 << 20
_FIELD_CODE: Final = re.compile(r"\x13[^\x13\x14\x15]*\x14?|\x15")
_PLAIN: Final = str.maketrans(
    {"\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x07": "\t", "\x1e": "-", "\x1f": None, "\xa0": " "}
    | {chr(code): None for code in (1, 2, 3, 4, 5, 6, 8, 0x13, 0x14, 0x15)}
)


def examine(sample: Sample, facts: Facts) -> Facts:
    """Text, tables, contact and pictures; a password is found in the head."""
    try:
        with olefile.OleFileIO(str(sample.path)) as ole:
            return _examined(ole, facts)
    except (struct.error, *BROKEN) as error:
        disk.pass_on(error)
        return replace(facts, damaged="unopenable")


def _examined(ole: Any, facts: Facts) -> Facts:
    document = _stream(ole, "WordDocument")
    head = fib.read(document)
    if head.encrypted:
        return replace(facts, encrypted=True)
    data = _stream(ole, "Data") if ole.exists("Data") else b""
    if head.old:
        body = document[head.first : head.last].decode("gb18030", "replace")
        told = text.add(facts, body=_plain(body), around="", tables=[])
    else:
        streams = fib.Streams(document, _stream(ole, head.table_stream), data)
        told = _told(facts, head, streams=streams)
    return text.with_pictures(told, list(drawings.pictures(data, document)))


def _told(facts: Facts, head: fib.Fib, *, streams: fib.Streams) -> Facts:
    layout = paragraphs.read(streams, head.paragraphs)
    said = list(pieces.paragraphs(pieces.read(streams, head.pieces)))
    main = [paragraph for paragraph in said if paragraph.start < head.counts[0]]
    found = islice(table97.tables(main, layout), text.MOST_TABLES)
    return text.add(
        facts,
        body=_joined(main),
        around=_joined(said[len(main) :]),
        tables=[tuple(tuple(_plain(cell) for cell in row) for row in rows) for rows in found],
    )


def _stream(ole: Any, name: str) -> bytes:
    if ole.get_size(name) > _LARGEST_STREAM:
        raise ValueError(f"{name} is too large")
    with ole.openstream(name) as stream:
        data: bytes = stream.read()
    return data


def _joined(said: list[pieces.Paragraph]) -> str:
    return _plain("".join(p.text + p.mark for p in said)[: text.LONGEST_TEXT])


def _plain(said: str) -> str:
    """Fields keep their result and lose their code."""
    return _FIELD_CODE.sub("", said).translate(_PLAIN)
