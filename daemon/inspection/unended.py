"""A JPEG that stops before its end mark: does the picture itself stop with it?

Some cameras and tools forget the two bytes of the mark, and every program shows such a picture
whole. What follows the last block is never decoded: so the file is decoded with two different
tails behind it, and only where blocks are missing do the results differ.
"""

import io
import re
import warnings
from typing import IO, Final

from PIL import Image

_END: Final = b"\xff\xd9"
_LARGEST: Final = 64 << 20  # bytes that are read at once
_TAIL: Final = 64 << 10  # bytes at the end that are looked at for zeros
_PADDING: Final = 16
_MOST: Final = 24_000_000  # pixels that are decoded in full, twice
# Noise between all the marks a decoder may wait for, so that none of it can be skipped.
_NOISE: Final = b"".join(b"\x5a\xa5\x33\xcc" * 64 + bytes((0xFF, 0xD0 + n)) for n in range(8)) * 2
_TAILS: Final = (_END, _NOISE + _END)
_ALL: Final = frozenset(range(64))
# A mark that is followed by content: not stuffing, not a restart.
_SCAN_ENDS: Final = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")


def padded(file: IO[bytes]) -> bool:
    """Whether zeros stand where the end should be, as a transfer that broke off leaves them."""
    file.seek(-min(_TAIL, file.seek(0, io.SEEK_END)), io.SEEK_END)
    tail = file.read()
    kept = tail.rstrip(b"\0")
    return len(tail) - len(kept) >= _PADDING and not kept.endswith(_END)


def ended(file: IO[bytes]) -> IO[bytes] | None:
    """The same JPEG with its end mark, or None when more than that is missing."""
    file.seek(0)
    data = _stripped(file.read(_LARGEST + 1))
    if len(data) > _LARGEST or not _covered(data):
        return None
    first, second = (_decoded(data + tail) for tail in _TAILS)
    return io.BytesIO(data + _END) if first == second else None


def _stripped(data: bytes) -> bytes:
    """Without what a download that broke off reserved, and without half a mark."""
    kept = data.rstrip(b"\0")
    if not kept.endswith(b"\xff"):
        return kept
    return kept + b"\0" if len(kept) < len(data) else kept.rstrip(b"\xff")


def _decoded(data: bytes) -> tuple[str, bytes]:
    """Raises what Pillow raises on a broken picture."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(data)) as image:
            if image.width * image.height > _MOST and "progressive" not in image.info:
                image.draft(None, (max(1, image.width // 8), max(1, image.height // 8)))
            return image.mode, image.tobytes()


def _covered(data: bytes) -> bool:
    """Whether the scans that were begun bring every frequency of every colour to its last bit."""
    asked: set[int] = set()
    there: dict[int, set[int]] = {}
    for kind, body in _segments(data):
        if 0xC0 <= kind <= 0xC2 and len(body) > 6:
            asked = set(body[6::3])
        if kind == 0xDA and body:
            colours = body[1 : 1 + 2 * body[0] : 2]
            first, last, bits = (*body[1 + 2 * body[0] :], 0, 0, 0)[:3]
            for colour in colours if bits & 15 == 0 else ():
                there.setdefault(colour, set()).update(range(first, last + 1))
    return bool(asked) and all(there.get(colour, set()) >= _ALL for colour in asked)


def _segments(data: bytes) -> list[tuple[int, bytes]]:
    """Kind and content of each marked segment; coded data is stepped over."""
    found: list[tuple[int, bytes]] = []
    at = 2
    while 0 < at < len(data) - 3 and data[at] == 0xFF:
        kind, size = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        found.append((kind, data[at + 4 : at + 2 + size]))
        at += 2 + size
        if kind == 0xDA:
            mark = _SCAN_ENDS.search(data, at)
            at = mark.end() - 2 if mark else len(data)
    return found
