"""The binary Word format (.doc, .wps), down to its piece table. Written from [MS-DOC]."""

import struct
from collections.abc import Sequence

from tests.material.ole import compound

TEXT_AT = 2048
CLX = 33  # index of fcClx among the pairs of FibRgFcLcb97


def doc(
    *paragraphs: str,
    pictures: Sequence[bytes] = (),
    macros: bool = False,
    encrypted: bool = False,
) -> bytes:
    """A Word 97 document: one piece of UTF-16 text; pictures (JPEG) lie in the Data stream."""
    text = "\r".join(paragraphs) + "\r"
    streams = {
        "WordDocument": _fib(len(text), encrypted=encrypted) + text.encode("utf-16-le"),
        "1Table": _piece_table(len(text)),
    }
    if pictures:
        streams["Data"] = b"".join(map(_inline_picture, pictures))
    if macros:
        streams |= {"Macros/VBA/dir": b"\x01" * 64, "Macros/VBA/_VBA_PROJECT": b"\xcc\x61" * 64}
    return compound(streams)


def _fib(characters: int, *, encrypted: bool) -> bytes:
    which_table, extended = 1 << 9, 1 << 12
    flags = which_table | extended | (encrypted << 8)
    end = TEXT_AT + characters * 2
    base = struct.pack(
        "<HHHHHHHIBBHHII", 0xA5EC, 0xC1, 0, 0x804, 0, flags, 0xBF, 0, 0, 0, 0, 0, 0, 0
    )
    base = base[:24] + struct.pack("<II", TEXT_AT, end)
    longs = [end, 0, 0, characters, *[0] * 18]
    pairs = [0] * (93 * 2)
    pairs[CLX * 2 : CLX * 2 + 2] = 0, len(_piece_table(characters))
    fib = base + struct.pack("<H", 14) + bytes(28) + struct.pack("<H22i", 22, *longs)
    fib += struct.pack(f"<H{len(pairs)}IH", 93, *pairs, 0)
    return fib.ljust(TEXT_AT, b"\0")


def _piece_table(characters: int) -> bytes:
    pieces = struct.pack("<II", 0, characters) + struct.pack("<HIH", 0, TEXT_AT, 0)
    return struct.pack("<BI", 2, len(pieces)) + pieces


def _inline_picture(jpeg: bytes) -> bytes:
    """PICFAndOfficeArtData: a shape and, in its blip store entry, the picture itself."""
    blip = struct.pack("<HHI", 0x46A0, 0xF01D, 17 + len(jpeg)) + bytes(16) + b"\xff" + jpeg
    entry = struct.pack("<BB16sHIIIBBBB", 5, 5, bytes(16), 0xFF, len(blip), 1, 0, 0, 0, 0, 0)
    store = struct.pack("<HHI", 0x52, 0xF007, len(entry) + len(blip)) + entry + blip
    shape = struct.pack("<HHIII", 0x4B2, 0xF00A, 8, 1025, 0xA00)
    art = struct.pack("<HHI", 0xF, 0xF004, len(shape)) + shape + store
    return struct.pack("<IHH60x", 68 + len(art), 68, 0x64) + art


def rtf(*paragraphs: str) -> bytes:
    def escaped(text: str) -> str:
        return "".join(
            c if c.isascii() else f"\\u{(ord(c) + 0x8000) % 0x10000 - 0x8000}?" for c in text
        )

    body = "\\par\n".join(map(escaped, paragraphs))
    return ("{\\rtf1\\ansi\\ansicpg936\\deff0{\\fonttbl{\\f0 SimSun;}}\n" + body + "\\par}").encode(
        "ascii"
    )


def html_document(*paragraphs: str) -> bytes:
    """What some office systems export under the name .doc."""
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    return (
        '<html xmlns:w="urn:schemas-microsoft-com:office:word"><head>'
        '<meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head>'
        f"<body>{body}</body></html>"
    ).encode()
