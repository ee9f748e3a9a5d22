"""Formats that say what they are in their first bytes."""

import struct
from typing import Final

from daemon.inspection.sort import Sample, Sort

_WMV_STREAM: Final = bytes.fromhex("c0ef19bc4d5bcf11a8fd00805f5c442b")

# Where the mark stands, the mark, the format.
_SIGNATURES: Final = (
    (0, b"\xff\xd8\xff", "jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "png"),
    (0, b"GIF87a", "gif"),
    (0, b"GIF89a", "gif"),
    (0, b"II*\0", "tiff"),
    (0, b"MM\0*", "tiff"),
    (0, b"II+\0", "tiff"),
    (0, b"MM\0+", "tiff"),
    (0, b"%PDF-", "pdf"),
    (0, b"Rar!\x1a\x07", "rar"),
    (0, b"7z\xbc\xaf\x27\x1c", "7z"),
    (0, b"{\\rt", "rtf"),
    (0, b"\x1f\x8b\x08", "gz"),
    (0, b"BZh", "bz2"),
    (0, b"\xfd7zXZ\0", "xz"),
    (257, b"ustar", "tar"),
    (0, b"\x09\x02\x06\0", "xls"),
    (0, b"\x09\x04\x06\0", "xls"),
    (0, b"FLV\x01", "flv"),
    (0, b"\0\0\x01\xba", "mpeg"),
    (0, b"\0\0\x01\xb3", "mpeg"),
    (0, b".RMF", "rm"),
    (0, b"fLaC", "flac"),
    (0, b"OggS", "ogg"),
    (0, b"#!AMR", "amr"),
    (0, b"8BPS", "psd"),
    (0, b"L\0\0\0\x01\x14\x02\0", "lnk"),
    (0, b"\0\0\0\x0cjP  ", "jp2"),
    (0, b"AT&TFORM", "djvu"),
    (0, b"MSCF\0\0\0\0", "cab"),
    (0, b"\x78\x9f\x3e\x22", "tnef"),
    (0, b"\0\x05\x16\x07", "appledouble"),
)

_PROGRAMS: Final = (
    (b"\x7fELF", "elf"),
    (b"\xfe\xed\xfa\xce", "macho"),
    (b"\xfe\xed\xfa\xcf", "macho"),
    (b"\xce\xfa\xed\xfe", "macho"),
    (b"\xcf\xfa\xed\xfe", "macho"),
    (b"\xca\xfe\xba\xbe", "macho"),
    (b"dex\n", "dex"),
)


def recognise(sample: Sample) -> Sort | None:
    """The certain ones."""
    head = sample.head
    for mark, program in _PROGRAMS:
        if head.startswith(mark):
            return Sort(format=program, executable=True)
    for offset, mark, word in _SIGNATURES:
        if head.startswith(mark, offset):
            return Sort(format=word)
    found = _riff(head) or _windows(head) or _asf(head) or _matroska(head) or _bitmap(head)
    return Sort(format=found, executable=found in {"exe", "dll"}) if found else None


def recognise_late(sample: Sample) -> Sort | None:
    """Short marks, and marks behind junk: believed once nothing stronger was found."""
    head = sample.head
    if 0 <= head.find(b"%PDF-") <= 1024:
        return Sort(format="pdf")
    found = _sound(head) or ("ts" if _transport_stream(head) else "") or _old_tar(head)
    return Sort(format=found) if found else None


def _riff(head: bytes) -> str:
    if head[:4] not in {b"RIFF", b"RIFX"}:
        return ""
    return {b"WEBP": "webp", b"AVI ": "avi", b"WAVE": "wav"}.get(head[8:12], "")


def _windows(head: bytes) -> str:
    """MZ with a PE header behind it, or a plain DOS program."""
    if head[:2] != b"MZ" or len(head) < 64:
        return ""
    (at,) = struct.unpack_from("<I", head, 0x3C)
    if head[at : at + 4] != b"PE\0\0" or len(head) < at + 24:
        return "exe"
    (flags,) = struct.unpack_from("<H", head, at + 22)
    return "dll" if flags & 0x2000 else "exe"


def _asf(head: bytes) -> str:
    if not head.startswith(b"\x30\x26\xb2\x75\x8e\x66\xcf\x11"):
        return ""
    return "wmv" if _WMV_STREAM in head else "wma"


def _matroska(head: bytes) -> str:
    if not head.startswith(b"\x1a\x45\xdf\xa3"):
        return ""
    return "webm" if b"webm" in head[:64] else "mkv"


def _bitmap(head: bytes) -> str:
    """BM is two letters; the length of the second header makes it a bitmap."""
    if head[:2] != b"BM" or len(head) < 18:
        return ""
    (length,) = struct.unpack_from("<I", head, 14)
    return "bmp" if length in {12, 16, 40, 52, 56, 64, 108, 124} else ""


def _sound(head: bytes) -> str:
    """MPEG audio and AAC begin with eleven set bits; an ID3 tag may stand before them."""
    if head[:3] == b"ID3":
        return _sound(_behind_tag(head)) or "mp3"
    if len(head) < 4 or head[0] != 0xFF:
        return ""
    if head[1] & 0xF6 == 0xF0:
        return "aac"
    good_rate = head[2] >> 4 not in {0, 15} and (head[2] >> 2) & 3 != 3
    return "mp3" if head[1] & 0xE6 in {0xE2, 0xE4, 0xE6} and good_rate else ""


def _behind_tag(head: bytes) -> bytes:
    """An ID3 tag says its length in four times seven bits."""
    size = 0
    for byte in head[6:10]:
        size = size << 7 | byte & 0x7F
    behind = head[10 + size :]
    return b"" if behind.startswith(b"ID3") else behind


def _old_tar(head: bytes) -> str:
    """Tar before "ustar": the head's checksum, in octal, counts itself as spaces."""
    said = head[148:156].strip(b" \0")
    if len(head) < 512 or not said.isdigit() or b"8" in said or b"9" in said:
        return ""
    real = sum(head[:148]) + 8 * 0x20 + sum(head[156:512])
    return "tar" if int(said, 8) == real else ""


def _transport_stream(head: bytes) -> bool:
    return len(head) > 188 * 4 and all(head[i * 188] == 0x47 for i in range(5))
