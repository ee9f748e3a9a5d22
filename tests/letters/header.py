"""Header text and file names, written the ways Chinese mail programs write them."""

import base64
from typing import Literal
from urllib.parse import quote

# utf-8: as the standards say · gbk, gb2312: encoded words of GBK bytes under that label
# raw: bare GBK bytes · raw-utf8: bare UTF-8 · split: encoded words cut inside a character
Style = Literal["utf-8", "gbk", "gb2312", "raw", "raw-utf8", "split"]

CODECS: dict[Style, str] = {
    "utf-8": "utf-8",
    "gbk": "gbk",
    "gb2312": "gbk",
    "raw": "gb18030",
    "raw-utf8": "utf-8",
    "split": "gbk",
}


def label(style: Style) -> str:
    """The charset that the mail program declares."""
    return {"utf-8": "UTF-8", "gbk": "GBK", "raw-utf8": "UTF-8"}.get(style, "gb2312")


def words(text: str, style: Style) -> bytes:
    """`text` as a header value, folded where the style folds."""
    if text.isascii() or style.startswith("raw"):
        return text.encode(CODECS[style])
    encoded = [_word(chunk, style) for chunk in _chunks(text, style)]
    return b"\r\n ".join(encoded)


def _word(chunk: bytes, style: Style) -> bytes:
    return b"=?%s?B?%s?=" % (label(style).encode("ascii"), base64.b64encode(chunk))


def _chunks(text: str, style: Style) -> list[bytes]:
    if style == "split":
        data = text.encode(CODECS[style])
        # 9 is odd: two-byte characters are cut in the middle.
        return [data[i : i + 9] for i in range(0, len(data), 9)]
    return [text[i : i + 14].encode(CODECS[style]) for i in range(0, len(text), 14)]


def address(text: str, style: Style) -> bytes:
    """`名字 <a@b>`, the name encoded."""
    name, separator, rest = text.partition(" <")
    return words(name, style) + (separator + rest).encode("ascii")


def file_name(parameter: str, name: str, style: Style) -> bytes:
    """`; filename=…`: RFC 2231, RFC 2047 inside quotes, raw bytes, or continuations."""
    if name.isascii():
        return f'; {parameter}="{name}"'.encode("ascii")
    if style == "utf-8":
        return f"; {parameter}*=UTF-8''{quote(name, safe='')}".encode("ascii")
    if style.startswith("raw"):
        return b'; %s="%s"' % (parameter.encode("ascii"), name.encode(CODECS[style]))
    if style == "split":
        return _continued(parameter, name.encode(CODECS[style]))
    word = _word(name.encode(CODECS[style]), style)
    return b'; %s="%s"' % (parameter.encode("ascii"), word)


def _continued(parameter: str, data: bytes) -> bytes:
    """RFC 2231 continuations whose cuts fall inside a character."""
    pieces = [data[i : i + 15] for i in range(0, len(data), 15)]
    lines = []
    for number, piece in enumerate(pieces):
        charset = "gb2312''" if number == 0 else ""
        value = "".join(f"%{b:02X}" for b in piece)
        lines.append(f";\r\n {parameter}*{number}*={charset}{value}")
    return "".join(lines).encode("ascii")
