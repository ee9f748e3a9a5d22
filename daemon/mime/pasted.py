"""Files that are pasted into the text itself: uuencoded, or as data: pictures of the HTML."""

import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from daemon.mime import charset, clean, transfer

_UU = re.compile(
    rb"(?m)^begin [0-7]{3,4} +([^\r\n]{1,255})\r?\n((?:[ -`]{1,90}\r?\n)++)end[ \t]*\r?$"
)
_DATA = re.compile(rb"data:(image/[\w.+-]{1,40});base64,([A-Za-z0-9+/=%\s]++)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pasted:
    """`name` is "" when the text gives none."""

    name: str
    content_type: str
    data: bytes


def take(content: bytes, *, html: bool) -> tuple[bytes, tuple[Pasted, ...]]:
    """The content without the pasted files, and the files."""
    if html:
        return _DATA.sub(b"", content), tuple(map(_picture, _DATA.finditer(content)))
    pasted = tuple(filter(None, map(_uu, _UU.finditer(content))))
    return (_UU.sub(b"", content) if pasted else content), pasted


def _uu(found: re.Match[bytes]) -> Pasted | None:
    try:
        data = b"".join(transfer.uu_line(line) for line in found[2].splitlines())
    except transfer.Undecodable:  # prose that happens to begin like a file
        return None
    return Pasted(clean.file_name(charset.guess(found[1])), "application/octet-stream", data)


def _picture(found: re.Match[bytes]) -> Pasted:
    raw = unquote_to_bytes(found[2])
    try:
        data = b"".join(transfer.base64([raw]))
    except transfer.Undecodable:  # "%" that escapes nothing
        data = raw
    return Pasted("", found[1].decode("ascii").lower(), data)
