"""ZIP by the standard library, with the names that Windows and WPS write."""

import struct
import zipfile
import zlib
from typing import Final

from daemon.inspection import disk
from daemon.inspection.archive import universal
from daemon.inspection.archive.bounds import Exceeded
from daemon.inspection.archive.member import Unpacking, chunks
from daemon.inspection.archive.unpacked import Unpacked
from daemon.inspection.zipped import BROKEN

_UTF8: Final = 0x800
_ENCRYPTED: Final = 0x1
_UNICODE_PATH: Final = 0x7075
_METHODS: Final = frozenset({0, 8, 12, 14})  # stored, deflate, bzip2, LZMA
_OF_LIBARCHIVE: Final = frozenset({93, 95, 98})  # Zstandard, xz, PPMd
_REGULAR: Final = {0, 0o100000}  # 0: written without Unix modes


def unpack(unpacking: Unpacking) -> Unpacked:
    """The members; those that need a password or are broken are told of, not guessed."""
    try:
        with zipfile.ZipFile(unpacking.path) as archive:
            if not _OF_LIBARCHIVE & {info.compress_type for info in archive.infolist()}:
                return _members(archive, unpacking)
    except Exceeded as limit:
        return unpacking.stopped(limit)
    except BROKEN as error:
        disk.pass_on(error)
        return _rescued(unpacking)
    return universal.unpack(unpacking)


def _rescued(unpacking: Unpacking) -> Unpacked:
    """An archive without a good directory: libarchive reads from the front what there is."""
    out = universal.unpack(unpacking)
    if out.members or out.bomb or out.encrypted or out.damaged:
        return out
    return Unpacked(entries=out.entries, damaged="unopenable")


def _members(archive: zipfile.ZipFile, unpacking: Unpacking) -> Unpacked:
    infos = archive.infolist()
    names = _names(infos)
    encrypted, damaged, unknown = False, "", ""
    for info, name in zip(infos, names, strict=True):
        unpacking.count()
        if info.is_dir() or not _is_file(info):
            continue
        if info.flag_bits & _ENCRYPTED:
            encrypted = True
            continue
        if info.compress_type not in _METHODS:  # Deflate64, as Windows packs films over 2 GB
            unknown = "method"
            continue
        try:
            with archive.open(info) as stream:
                unpacking.put(name, chunks(stream))
        except BROKEN as error:
            disk.pass_on(error)
            damaged = "unopenable"
    return Unpacked(
        members=tuple(unpacking.members),
        entries=sum(1 for info in infos if not info.is_dir()),
        encrypted=encrypted,
        damaged=damaged,
        unknown=unknown,
    )


def _is_file(info: zipfile.ZipInfo) -> bool:
    """No links, devices, pipes: the upper half of the attributes is the Unix mode."""
    return (info.external_attr >> 16) & 0o170000 in _REGULAR


def _names(infos: list[zipfile.ZipInfo]) -> list[str]:
    """Names without the UTF-8 flag are UTF-8 when all of them are, else GBK."""
    raw = [_raw(info) for info in infos if not info.flag_bits & _UTF8]
    charset = "utf-8" if all(map(_is_utf8, raw)) else "gb18030"
    return [_name(info, charset) for info in infos]


def _name(info: zipfile.ZipInfo, charset: str) -> str:
    if info.flag_bits & _UTF8:
        return info.filename
    told = _unicode_path(info)
    if told:
        return told
    try:
        return _raw(info).decode(charset)
    except UnicodeDecodeError:  # neither UTF-8 nor GBK: shown as DOS would
        return info.filename


def _raw(info: zipfile.ZipInfo) -> bytes:
    """The bytes of the name: zipfile read them as cp437, which loses nothing."""
    return info.orig_filename.encode("cp437", "replace")


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _unicode_path(info: zipfile.ZipInfo) -> str:
    """The name in extra field 0x7075, when its checksum is that of the plain name."""
    extra, at = info.extra, 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        field = extra[at + 4 : at + 4 + size]
        if kind == _UNICODE_PATH and len(field) > 5:
            (checksum,) = struct.unpack_from("<I", field, 1)
            fits = field[0] == 1 and checksum == zlib.crc32(_raw(info))
            return field[5:].decode("utf-8", "replace") if fits else ""
        at += 4 + size
    return ""
