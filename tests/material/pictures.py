"""Pictures: photographs, scanned pages, and what a phone sends instead."""

import io
import random
import struct
from functools import cache

from PIL import Image, ImageDraw

MAKE, MODEL, TAKEN = 0x010F, 0x0110, 0x0132


@cache
def _scene(width: int, height: int, seed: int) -> Image.Image:
    """Smooth shapes with a little grain: it hashes and compresses like a photograph."""
    dice = random.Random(seed)
    coarse = Image.frombytes("RGB", (12, 9), dice.randbytes(12 * 9 * 3))
    scene = coarse.resize((width, height), Image.Resampling.BICUBIC)
    grain = Image.frombytes("RGB", (128, 128), dice.randbytes(128 * 128 * 3))
    tiled = Image.new("RGB", (width, height))
    for x in range(0, width, 128):
        for y in range(0, height, 128):
            tiled.paste(grain, (x, y))
    return Image.blend(scene, tiled, 0.06)


@cache
def jpeg(
    width: int = 1600, height: int = 1200, *, seed: int = 1, exif: bool = True, at_least: int = 0
) -> bytes:
    """A photograph. Equal seeds show the same scene at any size.

    `at_least` (bytes) is reached with comment segments, so the file stays whole.
    """
    tags = Image.Exif()
    if exif:
        tags[MAKE], tags[MODEL], tags[TAKEN] = "Canon", "EOS 80D", "2020:06:20 09:30:00"
    return _encoded(_scene(width, height, seed), tags, at_least)


@cache
def page(width: int = 1240, height: int = 1754, *, at_least: int = 0) -> bytes:
    """A scanned page as JPEG: paper white, A4 proportions, lines of text and a red seal."""
    paper = Image.new("RGB", (width, height), (250, 250, 246))
    pen = ImageDraw.Draw(paper)
    for y in range(height // 8, height * 7 // 10, height // 40):
        for x in range(width // 10, width * 9 // 10, width // 60):
            pen.rectangle((x, y, x + width // 90, y + height // 90), fill=(40, 40, 44))
    left, top = width * 6 // 10, height * 3 // 4
    pen.ellipse((left, top, left + width // 5, top + width // 5), outline=(200, 30, 30), width=8)
    return _encoded(paper, Image.Exif(), at_least)


def _encoded(picture: Image.Image, tags: Image.Exif, at_least: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=88, exif=tags)
    data = out.getvalue()
    filling = b""
    while len(data) + len(filling) < at_least:
        filling += b"\xff\xfe\xff\xff" + bytes(0xFFFD)
    return data[:2] + filling + data[2:]


@cache
def png(width: int = 800, height: int = 600, *, seed: int = 1) -> bytes:
    out = io.BytesIO()
    _scene(width, height, seed).save(out, "PNG")
    return out.getvalue()


@cache
def webp(width: int = 800, height: int = 600, *, seed: int = 1) -> bytes:
    out = io.BytesIO()
    _scene(width, height, seed).save(out, "WEBP")
    return out.getvalue()


@cache
def gif(width: int = 80, height: int = 60) -> bytes:
    out = io.BytesIO()
    _scene(width, height, 1).save(out, "GIF")
    return out.getvalue()


def box(kind: bytes, *content: bytes) -> bytes:
    """One ISO base media box."""
    body = b"".join(content)
    return struct.pack(">I4s", 8 + len(body), kind) + body


@cache
def heic(width: int = 4032, height: int = 3024, *, size: int = 60_000) -> bytes:
    """The boxes of an iPhone picture; the coded picture itself is noise."""
    properties = box(b"ispe", bytes(4), struct.pack(">II", width, height))
    meta = box(
        b"meta",
        bytes(4),
        box(b"hdlr", bytes(8), b"pict", bytes(13)),
        box(b"pitm", bytes(4), struct.pack(">H", 1)),
        box(b"iinf", bytes(4), struct.pack(">H", 1), _item()),
        box(b"iprp", box(b"ipco", properties), box(b"ipma", bytes(4), b"\0\0\0\1\0\1\1\x81")),
    )
    brands = box(b"ftyp", b"heic", bytes(4), b"mif1heic")
    return brands + meta + box(b"mdat", random.Random(7).randbytes(size))


def _item() -> bytes:
    return box(b"infe", b"\2\0\0\0", struct.pack(">HH", 1, 0), b"hvc1\0")
