"""A header block → its fields, in order, each value unfolded and still raw."""

import codecs
import re
from typing import NamedTuple

from daemon.mime import charset

_BLANK = re.compile(rb"(?:\A|\n)(\r?\n)")
_NAME = rb"[!-9;-~]+[ \t]*:"
# Nothing but fields and folds, then the blank line, or the end of the window in the middle of one.
_USUAL = re.compile(rb"(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*+)*+(?:(\r?\n)|[^\n]{0,999}\Z)")
_USUAL_SIZE = 65536  # bytes; a repetition of many rounds takes memory
# A line that belongs to no header: no name and colon, no white space before it.
_STRAY = re.compile(rb"(?m)^(?!" + _NAME + rb"|[ \t\r\n]|>?From )(?:[^\n]*\n|[^\n]{1000})")
_KNOWN = re.compile(
    rb"(?mi)^(?:content-[a-z-]+|mime-version|from|to|cc|subject|date|message-id|received|"
    rb"reply-to|return-path|references|in-reply-to|x-[a-z0-9-]+)[ \t]*:"
)
_FOLD = re.compile(rb"\r?\n[ \t]*")
_FIELD = re.compile(
    rb"(?m)^([!-9;-~]++)[ \t]*:([^\n]*(?:\n(?!" + _NAME + rb")[^\n]*)*)",
)


class Field(NamedTuple):
    name: str
    value: bytes


Fields = tuple[Field, ...]


def measure(window: bytes, *, whole: bool) -> tuple[int, int] | None:
    """Where the header block that begins this window ends, and where its body begins.

    `whole`: nothing follows the window. None: more bytes are needed to tell.
    """
    usual = _USUAL.match(window) if len(window) <= _USUAL_SIZE else None
    if usual and usual[1]:
        return usual.start(1), usual.end()
    if usual:
        return (len(window), len(window)) if whole else None
    blank = _BLANK.search(window)
    end = blank.start(1) if blank else len(window)
    stray = _stray(window, end)
    if stray is not None and (blank or whole or len(window) - stray > 1000):
        return stray, stray
    if blank:
        return end, blank.end()
    return (end, end) if whole else None


def _stray(window: bytes, end: int) -> int | None:
    """Where the body begins without a blank line before it. A header's line that lost its
    indentation is no such place: known headers follow it."""
    found = _STRAY.search(window, 0, end)
    if found and not _KNOWN.search(window, found.end(), end):
        return found.start()
    return None


def fields(block: bytes) -> Fields:
    return tuple(
        Field(found[1].decode("ascii"), _unfold(found[2]))
        for found in _FIELD.finditer(block.removeprefix(codecs.BOM_UTF8).lstrip(b" \t"))
    )


def first(block: Fields, name: str) -> bytes:
    """The value of the first header of that name, or b""."""
    for field in block:
        if field.name.lower() == name:
            return field.value
    return b""


def _unfold(value: bytes) -> bytes:
    """A fold's blank is kept, unless it stands in the middle of a raw character."""
    plain = value.replace(b"\r\n", b"").replace(b"\n", b"").strip(b" \t\r")
    if plain.isascii() or _readable(plain):
        return plain
    joined = _FOLD.sub(b"", value).strip(b" \t\r\n")
    return joined if _readable(joined) else plain


def _readable(value: bytes) -> bool:
    return any(charset.strictly(value, codec) is not None for codec in ("utf-8", "gb18030"))
