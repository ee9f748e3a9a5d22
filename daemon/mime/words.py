"""Encoded words of a header (RFC 2047), as Chinese clients write them."""

import binascii
import re
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from daemon.mime import charset

_START = re.compile(rb"=\?([^?\s]{1,60})\?([BbQq])\?")
_HEX = re.compile(rb"=([0-9A-Fa-f]{2})")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")


class Piece(NamedTuple):
    """A stretch of a header: an encoded word, or raw bytes when `label` is empty."""

    label: str
    base64: bool
    data: bytes


def decode(value: bytes) -> str:
    """The header's text."""
    plain = value.translate(None, b"\r\n\x00")
    if plain.isascii() and b"=?" not in plain:  # most headers: a tenth of the time
        return plain.decode("ascii")
    return "".join(text for _, text in runs(value))


def runs(value: bytes) -> Iterator[tuple[bool, str]]:
    """Decoded stretches, each with whether it was written as encoded words. Adjacent words of
    one charset are joined as bytes before decoding, because clients cut characters, and even
    the base64 itself, anywhere."""
    pieces = list(_pieces(value.translate(None, b"\r\n\x00")))
    kinds = {(p.label, p.base64) for p in pieces}
    if len(kinds) == 1 and pieces[0].label:  # nearly every subject
        yield True, _join(pieces)
        return
    # One guess for all raw stretches: the longer the sample, the surer.
    raw = iter(charset.guess(b"\n".join(p.data for p in pieces if not p.label)).split("\n"))
    for (label, _), group in groupby(pieces, key=lambda p: (p.label and _same(p.label), p.base64)):
        alike = list(group)
        yield bool(label), _join(alike) if label else "".join(next(raw) for _ in alike)


def _same(label: str) -> str:
    return charset.codec_for(label) or label.lower()


def _pieces(value: bytes) -> Iterator[Piece]:
    """White space between two encoded words is no text."""
    at, after_word = 0, False
    for start, end, word in _words(value):
        between = value[at:start]
        if between.strip() or (between and not after_word):
            yield Piece("", False, between)
        yield word
        at, after_word = end, True
    if value[at:]:
        yield Piece("", False, value[at:])


def _words(value: bytes) -> Iterator[tuple[int, int, Piece]]:
    """Linear: once no `?=` follows, no later word can be complete either."""
    found = _START.search(value)
    while found:
        end = value.find(b"?=", found.end())
        if end < 0:
            return
        again = _START.search(value, found.end(), end)
        stop, after = (again.start(), again.start()) if again else (end, end + 2)
        label = found[1].partition(b"*")[0].decode("ascii", "replace")  # RFC 2231: utf-8*zh
        yield found.start(), after, Piece(label, found[2] in b"Bb", value[found.end() : stop])
        found = again or _START.search(value, after)


def _join(pieces: list[Piece]) -> str:
    label = pieces[0].label
    if not pieces[0].base64:
        return charset.decode(b"".join(_quoted(p.data) for p in pieces), label)
    apart = b"".join(_base64(p.data) for p in pieces)
    text = charset.decode(apart, label)
    if not any(len(p.data.rstrip()) % 4 for p in pieces[:-1]):
        return text
    # Padding was left out, or the base64 was cut without regard to its groups of four.
    joined = _base64(b"".join(_NOT_BASE64.sub(b"", p.data) for p in pieces))
    return max(text, charset.decode(joined, label), key=charset.plausibility)


def _quoted(data: bytes) -> bytes:
    return _HEX.sub(lambda m: bytes.fromhex(m[1].decode()), data.replace(b"_", b" "))


def _base64(data: bytes) -> bytes:
    """Padding is mended; a lone last character carries no whole byte."""
    digits = _NOT_BASE64.sub(b"", data)
    whole = digits[:-1] if len(digits) % 4 == 1 else digits
    return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))
