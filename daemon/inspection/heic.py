"""HEIC and AVIF without a decoder: the pixel size from the ispe box."""

import struct
from dataclasses import replace
from typing import BinaryIO

from daemon.inspection.boxes import Box, content, inside, top
from daemon.inspection.sort import Sample
from rules.submission import Facts


def examine(sample: Sample, facts: Facts) -> Facts:
    size = sample.path.stat().st_size
    with sample.path.open("rb") as file:
        boxes = list(top(file))
        meta = next((box for box in boxes if box.kind == b"meta"), None)
        if meta is None or any(box.end > size for box in boxes):
            return replace(facts, damaged="truncated" if boxes and boxes[-1].end > size else "")
        width, height = _largest(file, Box(b"meta", meta.start + 4, meta.end))
    return replace(facts, width=width, height=height)


def _largest(file: BinaryIO, meta: Box) -> tuple[int | None, int | None]:
    """The largest ispe: a picture is stored in tiles, and every tile has one too."""
    sizes = []
    for box in inside(file, meta, b"iprp", b"ipco", b"ispe"):
        data = content(file, box, limit=12)
        if len(data) == 12:
            sizes.append(struct.unpack(">II", data[4:]))
    width, height = max(sizes, key=lambda s: s[0] * s[1], default=(None, None))
    turns = [content(file, box, limit=1) for box in inside(file, meta, b"iprp", b"ipco", b"irot")]
    return (height, width) if turns and turns[0][0] & 1 else (width, height)
