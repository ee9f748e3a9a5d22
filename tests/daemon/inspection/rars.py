"""RAR files down to their blocks, written from the published notes on the format."""

import struct
import zlib

from tests import material

_FILE_LOCKED = 0x04
_HEADS_LOCKED = 0x80


def rar4_locked(*, names_too: bool) -> bytes:
    """RAR 4 of which the member, or the names as well, need a password."""
    data = bytearray(material.rar({"a.txt": b"hello"}))
    main = 7
    if names_too:
        data[main + 3] |= _HEADS_LOCKED
    else:
        member = main + struct.unpack_from("<H", data, main + 5)[0]
        data[member + 3] |= _FILE_LOCKED
    return bytes(data)


def rar5(name: bytes, content: bytes, *, locked: bool = False, names_too: bool = False) -> bytes:
    """RAR 5 with one stored member."""
    record = _counted(_number(1) + bytes(37)) if locked else b""
    member = _number(0) + _number(len(content)) + _number(0o100644)
    member += _number(0) + _number(1) + _number(len(name)) + name
    blocks = [_block(1, _number(0))]
    if names_too:
        blocks = [_block(4, _number(0) + _number(0) + b"\x0f" + bytes(16))]
    blocks += [_block(2, member, extra=record, data=content), _block(5, _number(0))]
    return b"Rar!\x1a\x07\x01\x00" + b"".join(blocks)


def _block(kind: int, fields: bytes, *, extra: bytes = b"", data: bytes = b"") -> bytes:
    flags = (1 if extra else 0) | (2 if data else 0)
    head = _number(kind) + _number(flags)
    head += _number(len(extra)) if extra else b""
    head += _number(len(data)) if data else b""
    head = _counted(head + fields + extra)
    return struct.pack("<I", zlib.crc32(head)) + head + data


def _counted(data: bytes) -> bytes:
    return _number(len(data)) + data


def _number(value: int) -> bytes:
    """Seven bits a byte, lowest first."""
    out = bytearray()
    while value > 0x7F:
        out.append(0x80 | value & 0x7F)
        value >>= 7
    out.append(value)
    return bytes(out)
