"""The members of a ZIP. The standard library opens anything; the way nearly every program writes
a document is read here at a fifth of its cost: 0.06 instead of 0.3 ms for a .docx.

Whatever is not exactly so, a directory with a comment, a member that does not fit its size or its
checksum, is the standard library's to read or to refuse.
"""

import io
import os
import struct
import zipfile
import zlib
from functools import cached_property
from typing import IO, Final, NamedTuple

_DIRECTORY: Final = 16 << 10  # bytes, with what ends it: 150 members
_WHOLE: Final = 1 << 20  # bytes of a member that are unpacked at once
_LOCATOR: Final = b"PK\x06\x07"  # of a directory for large files
_END: Final = struct.Struct("<4s8x2IH")  # the directory's length and place, a comment's length
# Version, flags, method; checksum, both sizes; lengths of the name, and of what is extra and said.
_ENTRY: Final = struct.Struct("<4s2x3H4x3IHI8xI")
_LOCAL: Final = struct.Struct("<4s22x2H")
_UTF_8: Final = 0x0800
_USUAL: Final = _UTF_8 | 0x0E  # how well it is packed, and that sizes follow it as well
_NEWEST: Final = 63  # version of the format
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class _Member(NamedTuple):
    name: bytes
    deflated: bool
    checksum: int
    packed: int
    size: int
    offset: int


class Members:
    """Of the file, as long as that is open. Raises, as every method, `zipped.BROKEN`."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._members = _directory(file.fileno())
        self.names = self._archive.namelist() if self._members is None else [*self._members]

    @cached_property
    def _archive(self) -> zipfile.ZipFile:
        return zipfile.ZipFile(self._file)

    def size(self, name: str) -> int:
        """Unpacked, in bytes, as the directory says."""
        return self._members[name].size if self._members else self._archive.getinfo(name).file_size

    def locked(self, name: str) -> bool:
        return not self._members and bool(self._archive.getinfo(name).flag_bits & 1)

    def open(self, name: str) -> IO[bytes]:
        data = _unpacked(self._file.fileno(), self._members[name]) if self._members else None
        return self._archive.open(name) if data is None else io.BytesIO(data)


def _directory(file: int) -> dict[str, _Member] | None:
    """None: it is not written in the usual way."""
    size = os.fstat(file).st_size
    first = max(size - _DIRECTORY, 0)
    tail = os.pread(file, _DIRECTORY, first)
    end = len(tail) - _END.size
    if end < 0:
        return None
    mark, length, begin, comment = _END.unpack_from(tail, end)
    at = begin - first
    if mark != b"PK\x05\x06" or comment or at < 0 or at + length != end:
        return None
    return None if tail.startswith(_LOCATOR, end - 20) else _entries(tail[at:end], begin)


def _entries(directory: bytes, begin: int) -> dict[str, _Member] | None:
    """Members that stand one behind the other, and before the directory, by their names."""
    found: dict[str, _Member] = {}
    at = count = free = 0
    while at + _ENTRY.size <= len(directory):
        member = _entry(directory, at)
        if member is None or member.offset < free:
            return None
        found[member.name.decode()] = member
        free = member.offset + _LOCAL.size + len(member.name) + member.packed
        at, count = at + _ENTRY.size + len(member.name), count + 1
    whole = at == len(directory) and count == len(found) and free <= begin
    return found if whole else None


def _entry(directory: bytes, at: int) -> _Member | None:
    mark, version, flags, method, checksum, packed, size, length, more, offset = _ENTRY.unpack_from(
        directory, at
    )
    if mark != b"PK\x01\x02" or version & 0xFF > _NEWEST or flags & ~_USUAL or more:
        return None
    name = directory[at + _ENTRY.size : at + _ENTRY.size + length]
    if method not in _METHODS or len(name) != length or not name.isascii() or 0 in name:
        return None
    return _Member(name, method == zipfile.ZIP_DEFLATED, checksum, packed, size, offset)


def _unpacked(file: int, member: _Member) -> bytes | None:
    """None: it is large, or not what the directory says."""
    if max(member.size, member.packed) > _WHOLE:
        return None
    # What stands before the bytes has the length of the name, and a few bytes extra.
    data = os.pread(file, _LOCAL.size + len(member.name) + member.packed + 512, member.offset)
    if len(data) < _LOCAL.size:
        return None
    mark, length, extra = _LOCAL.unpack_from(data)
    at = _LOCAL.size + length
    if mark != b"PK\x03\x04" or data[_LOCAL.size : at] != member.name:
        return None
    packed = data[at + extra : at + extra + member.packed]
    plain = _inflated(packed, member.size) if member.deflated else packed
    whole = len(packed) == member.packed and plain is not None and len(plain) == member.size
    return plain if whole and plain is not None and zlib.crc32(plain) == member.checksum else None


def _inflated(packed: bytes, size: int) -> bytes | None:
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        plain = stream.decompress(packed, size + 1)
    except zlib.error:
        return None
    return plain if stream.eof and not stream.unused_data else None
