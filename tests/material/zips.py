"""Archives, as Windows, WPS and hostile senders make them."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

STAMP = (2020, 7, 1, 8, 0, 0)


def zip_of(
    files: Mapping[str, bytes], *, gbk: bool = False, encrypted: bool = False, stored: bool = False
) -> bytes:
    """A ZIP. `gbk` writes names as Windows does, without the UTF-8 flag.

    `encrypted` only sets the flags: whoever opens it is asked for a password.
    """
    out = io.BytesIO()
    placeholders = {
        _placeholder(i, n) if gbk and not n.isascii() else n: n for i, n in enumerate(files)
    }
    with zipfile.ZipFile(out, "w") as archive:
        for written, name in placeholders.items():
            entry = zipfile.ZipInfo(written, STAMP)
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name])
    data = out.getvalue()
    if gbk:
        for written, name in placeholders.items():
            data = (
                data
                if written == name
                else data.replace(written.encode("ascii"), name.encode("gb18030"))
            )
    return _flagged(data) if encrypted else data


def _placeholder(number: int, name: str) -> str:
    return f"\x7f{chr(33 + number)}".ljust(len(name.encode("gb18030")), "\x7f")


def _flagged(data: bytes) -> bytes:
    """Bit 0 of the general purpose flag, in every local and central header."""
    out = bytearray(data)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = out.find(signature)
        while place >= 0:
            out[place + offset] |= 1
            place = out.find(signature, place + 4)
    return bytes(out)


def rezip(data: bytes, *, extra: Mapping[str, bytes] | None = None) -> bytes:
    """The same members with fixed times, so that a document is the same bytes on every run."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {i.filename: archive.read(i) for i in archive.infolist()}
    return zip_of(members | dict(extra or {}))


def nested_zip(files: Mapping[str, bytes], depth: int) -> bytes:
    """`depth` archives, one in the other; the innermost holds the files."""
    data = zip_of(files)
    for level in range(1, depth):
        data = zip_of({f"level{level}.zip": data})
    return data


def zip_bomb(megabytes: int = 64) -> bytes:
    """Some 64 KB that unfold to 64 MB: a ratio near 1000 : 1."""
    return zip_of({"zeros.bin": bytes(megabytes << 20)})


def rar(files: Mapping[str, bytes]) -> bytes:
    """A RAR 4 archive whose files are stored, not compressed."""
    blocks = b"".join(_rar_file(name, data) for name, data in files.items())
    return b"Rar!\x1a\x07\x00" + _rar_block(0x73, 0, bytes(6)) + blocks + _rar_block(0x7B, 0x4000)


def _rar_file(name: str, data: bytes) -> bytes:
    ascii_name = name.encode("gb18030")
    crc = zlib.crc32(data)
    dos_time = 0x50E14000
    fields = struct.pack(
        "<IIBIIBBHI", len(data), len(data), 2, crc, dos_time, 20, 0x30, len(ascii_name), 0x20
    )
    return _rar_block(0x74, 0x8000, fields + ascii_name) + data


def _rar_block(kind: int, flags: int, body: bytes = b"") -> bytes:
    rest = struct.pack("<BHH", kind, flags, 7 + len(body)) + body
    return struct.pack("<H", zlib.crc32(rest) & 0xFFFF) + rest
