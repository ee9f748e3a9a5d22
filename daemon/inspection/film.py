"""What an MP4 or MOV says of itself, read from its boxes: duration, codec, size, wholeness."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from daemon.inspection.boxes import Box, content, inside, top

_CODECS: Final = {
    b"avc1": "h264", b"avc3": "h264", b"hvc1": "hevc", b"hev1": "hevc", b"mp4v": "mpeg4",
    b"av01": "av1", b"vp09": "vp9", b"mp4a": "aac", b"apcn": "prores", b"apch": "prores",
    b"jpeg": "mjpeg", b"s263": "h263", b"samr": "amr", b"alac": "alac",
}  # fmt: skip
_PICTURE: Final = b"vide"
_SOUND: Final = b"soun"
_TABLE: Final = 8 << 20  # bytes of one sample table that are read
_SLACK_MS: Final = 1500


@dataclass(frozen=True, kw_only=True, slots=True)
class Track:
    kind: bytes = b""
    codec: str = ""
    duration_ms: int | None = None
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Film:
    """`sure` is False when the boxes leave the duration open: ask somebody else."""

    tracks: tuple[Track, ...] = ()
    duration_ms: int | None = None
    sure: bool = False
    damaged: str = ""

    @property
    def sound_alone(self) -> bool:
        """There are tracks, and none of them has pictures."""
        kinds = {track.kind for track in self.tracks}
        return _SOUND in kinds and _PICTURE not in kinds


def read(path: Path) -> Film:
    """Seeks from box to box: a 2 GB film costs a few reads. Never raises on content."""
    size = path.stat().st_size
    with path.open("rb") as file:
        boxes = list(top(file))
        moov = next((box for box in boxes if box.kind == b"moov"), None)
        fragmented = any(box.kind == b"moof" for box in boxes)
        if moov is None:
            return Film(damaged="no-moov")
        try:
            film = _film(file, moov, fragmented=fragmented)
        except struct.error:  # a box that is shorter than its kind needs
            film = Film()
        cut = any(box.end > size for box in boxes if box.kind in {b"moov", b"mdat", b"moof"})
    if cut or (not fragmented and not any(box.kind in {b"mdat", b"imda"} for box in boxes)):
        return Film(tracks=film.tracks, duration_ms=film.duration_ms, damaged="truncated")
    return film


def _film(file: BinaryIO, moov: Box, *, fragmented: bool) -> Film:
    scale, whole = _header(file, next(inside(file, moov, b"mvhd"), None))
    tracks = tuple(_track(file, box, movie_scale=scale) for box in inside(file, moov, b"trak"))
    if fragmented:
        return Film(tracks=tracks, duration_ms=_in_ms(_together(file, moov), scale))
    longest = max((t.duration_ms or 0 for t in tracks if t.kind in {_PICTURE, _SOUND}), default=0)
    said = _in_ms(whole, scale)
    agreed = said is not None and abs(said - longest) <= _SLACK_MS
    return Film(tracks=tracks, duration_ms=said if agreed else longest or None, sure=agreed)


def _header(file: BinaryIO, box: Box | None) -> tuple[int, int]:
    """Timescale and duration of mvhd or mdhd. All ones mean not known: 0."""
    if box is None:
        return 0, 0
    data = content(file, box, limit=40)
    if data[:1] == b"\x01":
        scale, duration = struct.unpack_from(">IQ", data, 20)
        return scale, 0 if duration == 0xFFFFFFFFFFFFFFFF else duration
    scale, duration = struct.unpack_from(">II", data, 12)
    return scale, 0 if duration == 0xFFFFFFFF else duration


def _together(file: BinaryIO, moov: Box) -> int:
    """What mehd says of all fragments together; 0 when it is not there."""
    box = next(inside(file, moov, b"mvex", b"mehd"), None)
    if box is None:
        return 0
    data = content(file, box, limit=12)
    (duration,) = struct.unpack_from(">Q" if data[:1] == b"\x01" else ">I", data, 4)
    return int(duration)


def _track(file: BinaryIO, trak: Box, *, movie_scale: int) -> Track:
    scale, length = _header(file, next(inside(file, trak, b"mdia", b"mdhd"), None))
    samples = _sampled(file, trak)
    edited = _edited(file, trak)
    handler = next(inside(file, trak, b"mdia", b"hdlr"), None)
    width, height = _shown(file, next(inside(file, trak, b"tkhd"), None))
    return Track(
        kind=content(file, handler, limit=12)[8:12] if handler else b"",
        codec=_codec(file, trak),
        duration_ms=_in_ms(edited, movie_scale) or _in_ms(samples or length, scale),
        width=width,
        height=height,
    )


def _sampled(file: BinaryIO, trak: Box) -> int:
    """The sum of all sample durations (stts): what is really there, whatever headers say."""
    box = next(inside(file, trak, b"mdia", b"minf", b"stbl", b"stts"), None)
    if box is None or box.end - box.start > _TABLE:
        return 0
    data = content(file, box, limit=_TABLE)[8:]
    return sum(
        count * step for count, step in struct.iter_unpack(">II", data[: len(data) // 8 * 8])
    )


def _edited(file: BinaryIO, trak: Box) -> int:
    """The sum of the edit list, in the movie's time: what a player shows of the samples."""
    box = next(inside(file, trak, b"edts", b"elst"), None)
    if box is None:
        return 0
    data = content(file, box, limit=1 << 16)
    form = ">QqI" if data[:1] == b"\x01" else ">IiI"
    size = struct.calcsize(form)
    edits = data[8 : 8 + (len(data) - 8) // size * size]
    return sum(length for length, _, _ in struct.iter_unpack(form, edits))


def _shown(file: BinaryIO, tkhd: Box | None) -> tuple[int | None, int | None]:
    """Width and height as shown: 16.16 numbers at the end, swapped by a quarter turn."""
    data = content(file, tkhd, limit=104) if tkhd else b""
    if len(data) < 84:
        return None, None
    width, height = (value >> 16 for value in struct.unpack(">II", data[-8:]))
    (turn,) = struct.unpack(">i", data[-44:-40])
    if turn == 0:  # the matrix has no share of x in x
        width, height = height, width
    return width or None, height or None


def _codec(file: BinaryIO, trak: Box) -> str:
    box = next(inside(file, trak, b"mdia", b"minf", b"stbl", b"stsd"), None)
    word = content(file, box, limit=16)[12:16] if box else b""
    return _CODECS.get(word, word.decode("latin-1").strip("\0 ").lower())


def _in_ms(units: int, scale: int) -> int | None:
    return units * 1000 // scale if units and scale else None


def pictures(tracks: tuple[Track, ...]) -> Iterator[Track]:
    return (track for track in tracks if track.kind == _PICTURE)
