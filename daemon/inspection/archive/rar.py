"""Does a RAR need a password? libarchive unpacks locked members of RAR into noise, so we look.

Written from the published notes on RAR 4 and 5: only heads of blocks are read, data is skipped.
"""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

_RAR5: Final = b"Rar!\x1a\x07\x01\x00"
_RAR4: Final = b"Rar!\x1a\x07\x00"
_MOST_BLOCKS: Final = 20_000
_LONGEST_HEAD: Final = 2 << 20


def is_locked(path: Path) -> bool:
    """Whether names or any member need a password."""
    with path.open("rb") as file:
        start = file.read(8)
        if start == _RAR5:
            return any(_locked_5(kind, extra) for kind, extra in _blocks_5(file))
        file.seek(7)
        return start.startswith(_RAR4) and any(_locked_4(k, flags) for k, flags in _blocks_4(file))


def _locked_4(kind: int, flags: int) -> bool:
    """The archive's head says that all heads are encrypted, or a member's that it is."""
    return (kind == 0x73 and bool(flags & 0x80)) or (kind == 0x74 and bool(flags & 0x04))


def _blocks_4(file: BinaryIO) -> Iterator[tuple[int, int]]:
    """Kind and flags of each block."""
    for _ in range(_MOST_BLOCKS):
        at = file.tell()
        head = file.read(40)
        if len(head) < 7:
            return
        kind, flags, size = struct.unpack_from("<BHH", head, 2)
        yield kind, flags
        if size < 7 or kind == 0x7B:
            return
        if flags & 0x8000 and len(head) >= 11:
            size += struct.unpack_from("<I", head, 7)[0]
        if kind == 0x74 and flags & 0x100 and len(head) >= 36:  # data beyond 4 GB
            size += struct.unpack_from("<I", head, 32)[0] << 32
        if not _skip(file, at + size):
            return


def _locked_5(kind: int, extra: bytes) -> bool:
    """Kind 4 is the head that encrypts all others; record 1 in a member's extra area locks it."""
    return kind == 4 or (kind in {2, 3} and 1 in _records(extra))


def _blocks_5(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Kind and extra area of each block."""
    for _ in range(_MOST_BLOCKS):
        at = file.tell()
        size, start = _number(file.read(14), 4)
        if not 0 < size <= _LONGEST_HEAD:
            return
        file.seek(at + start)
        head = file.read(size)
        kind, place = _number(head, 0)
        flags, place = _number(head, place)
        extra, place = _number(head, place) if flags & 1 else (0, place)
        data, _ = _number(head, place) if flags & 2 else (0, place)
        yield kind, head[len(head) - extra :] if 0 < extra <= len(head) else b""
        if kind in {4, 5}:
            return
        if not _skip(file, at + start + size + data):
            return


def _skip(file: BinaryIO, to: int) -> bool:
    """Go there, unless a block claims more than a file can hold."""
    if to >= 1 << 42:
        return False
    file.seek(to)
    return True


def _records(extra: bytes) -> Iterator[int]:
    at = 0
    while at < len(extra):
        size, at = _number(extra, at)
        kind, _ = _number(extra, at)
        yield kind
        if size == 0:
            return
        at += size


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A number of seven bits a byte, lowest first, and where it ends."""
    value = 0
    for i, byte in enumerate(data[at : at + 10]):
        value |= (byte & 0x7F) << (7 * i)
        if not byte & 0x80:
            return value, at + i + 1
    return 0, len(data)
