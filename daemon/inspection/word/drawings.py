"""Pictures inside a Word 97 document: OfficeArt blips ([MS-ODRAW] 2.2.23), found by their heads.

A blip stands whole in the Data stream or in the document stream, so looking for its eight-byte
head finds it without following the drawing layer, which editors write in many ways.
"""

import io
import re
import struct
from collections.abc import Iterator
from typing import Final

from daemon.inspection import image
from rules.submission import Picture

_MOST: Final = 60
_LARGEST: Final = 64 << 20

# Instance and type in the record's head → length of the ids before the picture's own bytes.
_BLIPS: Final = {
    b"\xa0\x46\x1d\xf0": 17, b"\xb0\x46\x1d\xf0": 33, b"\x20\x6e\x1d\xf0": 17,
    b"\x30\x6e\x1d\xf0": 33, b"\xa0\x46\x2a\xf0": 17, b"\xb0\x46\x2a\xf0": 33,
    b"\x20\x6e\x2a\xf0": 17, b"\x30\x6e\x2a\xf0": 33, b"\x00\x6e\x1e\xf0": 17,
    b"\x10\x6e\x1e\xf0": 33, b"\x40\x6e\x29\xf0": 17, b"\x50\x6e\x29\xf0": 33,
}  # fmt: skip
_HEAD: Final = re.compile(b"|".join(re.escape(mark) for mark in _BLIPS))


def pictures(*streams: bytes) -> Iterator[Picture]:
    """The bitmaps in these streams, the same bytes once."""
    seen: set[bytes] = set()
    for stream in streams:
        for data in _blips(stream):
            if data[:4096] in seen or len(seen) >= _MOST:
                continue
            seen.add(data[:4096])
            found = image.look(io.BytesIO(data))
            if found.hash is not None and found.width and found.height:
                yield Picture(
                    width=found.width,
                    height=found.height,
                    size=len(data),
                    hash=found.hash,
                    sketch=found.sketch,
                )


def _blips(stream: bytes) -> Iterator[bytes]:
    for match in _HEAD.finditer(stream):
        at = match.end()
        if at + 4 > len(stream):
            return
        (size,) = struct.unpack_from("<I", stream, at)
        ids = _BLIPS[match.group()]
        if ids < size <= min(_LARGEST, len(stream) - at - 4):
            yield stream[at + 4 + ids : at + 4 + size]
