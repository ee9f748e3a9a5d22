"""Pictures: does it decode, how large is it, is it a page, what does it look like."""

import struct
import warnings
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import IO, Final

from PIL import Image, ImageFile

from daemon.inspection import disk, page, perceptual, sketch, unended
from daemon.inspection.sort import Sample
from rules.submission import Facts

# Pixels that may be decoded. A JPEG is decoded at an eighth of its size, so it may be larger:
# 200-megapixel telephones exist; 50,000 by 50,000 is nobody's photograph.
_MOST: Final = 100_000_000
_MOST_JPEG: Final = 400_000_000
Image.MAX_IMAGE_PIXELS = None  # our own limits stand above, and keep the size that was read
_JPEG: Final = frozenset({"JPEG", "MPO"})
_BLOCK: Final = 1 << 20  # bytes of a JPEG that are decoded at once; Pillow's 64 KB cost 2 % more
_ORIENTATION: Final = 0x0112
_SIDEWAYS: Final = frozenset({5, 6, 7, 8})

# What Pillow's decoders raise on hostile files: OSError for a stream that ends too early, the
# others for bad headers, sizes, tables.
BROKEN: Final = (
    OSError, SyntaxError, ValueError, TypeError, IndexError, KeyError, AttributeError, EOFError,
    OverflowError, struct.error, zlib.error, Image.DecompressionBombError,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """What looking at a picture gave. `damaged` as in Facts."""

    width: int | None = None
    height: int | None = None
    exif: bool | None = None
    hash: int | None = None
    sketch: str = ""
    page_like: bool | None = None
    damaged: str = ""
    unknown: str = ""


def examine(sample: Sample, facts: Facts) -> Facts:
    """Facts of a picture that Pillow reads."""
    seen = look(sample.file)
    return replace(
        facts,
        width=seen.width,
        height=seen.height,
        exif=seen.exif,
        hash=seen.hash,
        sketch=seen.sketch,
        page_like=seen.page_like,
        damaged=seen.damaged,
        unknown=seen.unknown,
    )


def look(file: IO[bytes]) -> Seen:
    """Decode the picture in `file` fully, at the cheapest size that finds every damage."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of odd metadata, which is no matter
        try:
            with Image.open(file) as image:
                seen, jpeg = _decoded(image), image.format in _JPEG
            return _without_end(file, seen) if jpeg else seen
        except BROKEN as error:
            disk.pass_on(error)
            return Seen(damaged="undecodable")


def _without_end(file: IO[bytes], seen: Seen) -> Seen:
    """A JPEG that lacks its end: whole if the mark alone is missing, cut if zeros stand there."""
    padded = not (seen.damaged or seen.unknown) and unended.padded(file)
    if not (padded or seen.damaged == "truncated"):
        return seen
    whole = unended.ended(file)
    if whole is None:
        return replace(seen, damaged="truncated")
    with Image.open(whole) as image:
        return _decoded(image)


def _decoded(image: ImageFile.ImageFile) -> Seen:
    jpeg = image.format in _JPEG
    if image.width * image.height > (_MOST_JPEG if jpeg else _MOST):
        return Seen(width=image.width, height=image.height, unknown="limits")
    seen = _measured(image)
    if jpeg:
        image.draft(None, (max(1, image.width // 8), max(1, image.height // 8)))
        image.decodermaxblock = _BLOCK
    damaged = _load(image)
    if damaged:
        return replace(seen, damaged=damaged)
    upright = _turned(image)
    grey = upright.convert("L")
    return replace(
        seen,
        hash=perceptual.of(grey),
        sketch=sketch.of(grey),
        page_like=page.is_page(upright),
    )


def _load(image: ImageFile.ImageFile) -> str:
    try:
        image.load()
    except BROKEN as error:
        disk.pass_on(error)
        return "truncated" if "truncated" in str(error) else "undecodable"
    return ""


def _measured(image: ImageFile.ImageFile) -> Seen:
    """Size as shown, turned by EXIF, which Pillow may decode a whole PNG to find."""
    width, height = image.size
    orientation, exif = _exif(image)
    if orientation in _SIDEWAYS:
        width, height = height, width
    return Seen(width=width, height=height, exif=exif)


def _exif(image: Image.Image) -> tuple[int, bool]:
    """Orientation, and whether there is EXIF. Broken EXIF counts as none."""
    try:
        exif = image.getexif()
        return int(exif.get(_ORIENTATION, 1)), len(exif) > 0
    except BROKEN:
        return 1, False


def _turned(image: Image.Image) -> Image.Image:
    """A small copy, as a person would see it."""
    turn = _TURNS.get(_exif(image)[0])
    whole = image if image.mode in _SCALED_AS_THEY_ARE else image.convert("RGB")
    shrink = max(1, *image.size) / 256
    size = (max(1, round(image.width / shrink)), max(1, round(image.height / shrink)))
    small = whole.resize(size, Image.Resampling.BOX).convert("RGB")
    return turn(small) if turn else small


_SCALED_AS_THEY_ARE: Final = frozenset({"L", "RGB", "CMYK", "RGBX", "YCbCr"})
_TURNS: Final[dict[int, Callable[[Image.Image], Image.Image]]] = {
    2: lambda i: i.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
    3: lambda i: i.transpose(Image.Transpose.ROTATE_180),
    4: lambda i: i.transpose(Image.Transpose.FLIP_TOP_BOTTOM),
    5: lambda i: i.transpose(Image.Transpose.TRANSPOSE),
    6: lambda i: i.transpose(Image.Transpose.ROTATE_270),
    7: lambda i: i.transpose(Image.Transpose.TRANSVERSE),
    8: lambda i: i.transpose(Image.Transpose.ROTATE_90),
}
