"""Is a picture of the body a logo, or something the sender wants to hand in?"""

import struct
from pathlib import Path

_SMALL_FILE = 20 << 10  # bytes: emblems and icons
_SMALL_SIDE = 200  # pixels
_NEVER_LOGO = 200 << 10  # bytes, whatever its header says of its sides
_HEAD = 64 << 10
_NO_FRAME = frozenset({0xC4, 0xC8, 0xCC})  # tables that share the numbers of frames


def is_logo(disk: Path, size: int) -> bool:
    """Of a picture that the HTML shows by its Content-ID."""
    if size <= _SMALL_FILE:
        return True
    if size > _NEVER_LOGO:
        return False
    with disk.open("rb") as file:
        sides = _sides(file.read(_HEAD))
    return sides is not None and min(sides) < _SMALL_SIDE


def _sides(head: bytes) -> tuple[int, int] | None:
    """Width and height in pixels as the file's header says them (PNG, GIF, JPEG)."""
    if head.startswith(b"\x89PNG\r\n\x1a\n") and len(head) >= 24:
        width, height = struct.unpack(">II", head[16:24])
    elif head.startswith(b"GIF8") and len(head) >= 10:
        width, height = struct.unpack("<HH", head[6:10])
    else:
        width, height = _jpeg_sides(head)
    return (width, height) if width and height else None


def _jpeg_sides(head: bytes) -> tuple[int, int]:
    """Segment by segment: the thumbnail inside EXIF has a frame of its own. (0, 0) = no frame."""
    at = 2 if head.startswith(b"\xff\xd8") else len(head)
    while at + 9 <= len(head) and head[at] == 0xFF:
        marker, length = head[at + 1], int.from_bytes(head[at + 2 : at + 4])
        if 0xC0 <= marker <= 0xCF and marker not in _NO_FRAME:
            height, width = struct.unpack(">HH", head[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return 0, 0
