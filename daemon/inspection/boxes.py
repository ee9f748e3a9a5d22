"""The boxes of MP4, MOV and HEIC (ISO/IEC 14496-12): a walker that seeks and never reads whole."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from daemon.inspection.sort import Sample, Sort

_FIRST_BOXES: Final = frozenset(
    {b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"moof", b"styp", b"sidx", b"pnot"}
)
_QUICKTIME_FIRST: Final = frozenset({b"wide", b"pnot"})
_HEIC: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"})
_HEIF: Final = frozenset({b"mif1", b"msf1", b"mif2"})
_AVIF: Final = frozenset({b"avif", b"avis"})
_MANY: Final = 100_000  # boxes on one level; a long live recording has thousands


@dataclass(frozen=True, slots=True)
class Box:
    """One box: its type, and where its content starts and ends in the file."""

    kind: bytes
    start: int
    end: int


def walk(file: BinaryIO, box: Box) -> Iterator[Box]:
    """The boxes inside one. A box that claims more than there is is given as claimed."""
    at, end = box.start, box.end
    for _ in range(_MANY):
        if at + 8 > end:
            return
        file.seek(at)
        head = file.read(16)
        if len(head) < 8:
            return
        size, kind = struct.unpack(">I4s", head[:8])
        content = at + 8
        if size == 1 and len(head) == 16:
            (size,) = struct.unpack(">Q", head[8:])
            content = at + 16
        elif size == 0:
            size = end - at
        if at + size < content:
            return
        yield Box(kind, content, at + size)
        at += size


def top(file: BinaryIO) -> Iterator[Box]:
    """The boxes of the file itself."""
    return walk(file, Box(b"", 0, file.seek(0, 2)))


def inside(file: BinaryIO, box: Box, *path: bytes) -> Iterator[Box]:
    """The boxes reached from `box` by the types in `path`."""
    for child in walk(file, box):
        if child.kind != path[0]:
            continue
        if len(path) == 1:
            yield child
        else:
            yield from inside(file, child, *path[1:])


def content(file: BinaryIO, box: Box, *, limit: int) -> bytes:
    file.seek(box.start)
    return file.read(max(0, min(box.end - box.start, limit)))


def recognise(sample: Sample) -> Sort | None:
    """MP4, MOV, M4A, 3GP, HEIC, AVIF by brand; without a brand, MP4."""
    head = sample.head
    if head[4:8] not in _FIRST_BOXES or struct.unpack(">I", head[:4])[0] > 1 << 31:
        return None
    if head[4:8] != b"ftyp":
        return Sort(format="mov" if head[4:8] in _QUICKTIME_FIRST else "mp4")
    (size,) = struct.unpack(">I", head[:4])
    brands = [head[i : i + 4] for i in range(16, min(size, 512, len(head) - 3), 4)]
    return Sort(format=_branded(head[8:12], brands))


def _branded(major: bytes, compatible: list[bytes]) -> str:
    every = {major, *compatible}
    if major in _AVIF or (major in _HEIF and every & _AVIF):
        return "avif"
    if major in _HEIC or (major in _HEIF and every & _HEIC):
        return "heic"
    if major in _HEIF:
        return "heif"
    return _film(major, compatible)


def _film(major: bytes, compatible: list[bytes]) -> str:
    if major == b"qt  ":
        return "mov"
    if major in {b"M4A ", b"M4B ", b"M4P "}:
        return "m4a"
    if major[:3] in {b"3gp", b"3g2", b"3ge", b"3gg"}:
        return "3gp"
    if major == b"crx ":
        return "cr3"
    known = {brand for brand in compatible if brand not in {b"qt  ", b"\0\0\0\0"}}
    return "mov" if b"qt  " in compatible and not known and major not in _MP4 else "mp4"


# Apple's .m4v is an MP4 by another name.
_MP4: Final = frozenset(
    {b"isom", b"iso2", b"mp41", b"mp42", b"avc1", b"MSNV", b"XAVC", b"M4V ", b"M4VH", b"M4VP"}
)
