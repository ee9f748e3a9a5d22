"""Is there any code in a VBA project? ([MS-OVBA] 2.3.4.2 dir stream, 2.4.1 compression)

Word keeps an empty project in many a document whose author never saw a macro. What cannot be
read counts as code.
"""

import io
import struct
from collections.abc import Iterator
from typing import Any, Final

import olefile  # type: ignore[import-untyped]

from daemon.inspection.ole import BROKEN

_MOST_CODE: Final = 16 << 20
_VERSION: Final = 0x0009  # a record that is six bytes longer than it says
_STREAM_NAME: Final = 0x001A
_OFFSET: Final = 0x0031
_IDLE: Final = ("attribute ", "option ", "'", "rem ")


def file_has_code(project: bytes) -> bool:
    """The same of vbaProject.bin, which is a compound file of its own."""
    try:
        with olefile.OleFileIO(io.BytesIO(project)) as ole:
            return has_code(ole, [])
    except BROKEN:
        return True


def has_code(ole: Any, storage: list[str]) -> bool:
    """`ole` is an open OleFileIO, `storage` the path of the project in it."""
    try:
        places = list(_modules(_expanded(_read(ole, [*storage, "VBA", "dir"]))))
        return not places or any(
            _says_something(_expanded(_read(ole, [*storage, "VBA", name])[offset:]))
            for name, offset in places
        )
    except (struct.error, *BROKEN):  # no such stream, or not what one should be
        return True


def _read(ole: Any, path: list[str]) -> bytes:
    with ole.openstream(path) as stream:
        data: bytes = stream.read(_MOST_CODE)
    return data


def _modules(records: bytes) -> Iterator[tuple[str, int]]:
    """The stream of each module, and where its source begins."""
    at, name = 0, ""
    while at + 6 <= len(records):
        kind, size = struct.unpack_from("<HI", records, at)
        data = records[at + 6 : at + 6 + size]
        if kind == _STREAM_NAME:
            name = data.decode("gb18030", "replace")
        elif kind == _OFFSET:
            yield name, int.from_bytes(data, "little")
        at += 6 + size + (2 if kind == _VERSION else 0)


def _says_something(source: bytes) -> bool:
    lines = (line.strip().lower() for line in source.decode("latin-1").splitlines())
    return any(line and not line.startswith(_IDLE) for line in lines)


def _expanded(packed: bytes) -> bytes:
    """Raises ValueError when this is not a compressed container."""
    if packed[:1] != b"\x01":
        raise ValueError("no compressed container")
    out, at = bytearray(), 1
    while at + 2 <= len(packed) and len(out) < _MOST_CODE:
        (head,) = struct.unpack_from("<H", packed, at)
        size = (head & 0xFFF) + 3
        if not any(packed[at:]):  # a stream padded to whole sectors
            break
        if (head >> 12) & 7 != 3:
            raise ValueError("no chunk where one should be")
        chunk = packed[at + 2 : at + size]
        out += _chunk(chunk) if head & 0x8000 else chunk
        at += size
    return bytes(out)


def _chunk(packed: bytes) -> bytes:
    """A flag byte says of the next eight which are letters and which copy what came before."""
    out, at = bytearray(), 0
    while at < len(packed):
        flags, at = packed[at], at + 1
        for bit in range(8):
            if at >= len(packed):
                break
            if flags >> bit & 1:
                (token,) = struct.unpack_from("<H", packed, at)
                at += 2
                _copy(out, token)
            else:
                out.append(packed[at])
                at += 1
    return bytes(out)


def _copy(out: bytearray, token: int) -> None:
    bits = max(4, (len(out) - 1).bit_length())
    length, back = (token & (0xFFFF >> bits)) + 3, (token >> (16 - bits)) + 1
    if back > len(out):
        raise ValueError("a copy from before the beginning")
    for _ in range(length):
        out.append(out[-back])
