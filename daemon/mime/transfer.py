"""Transfer encodings, block by block: base64, quoted-printable, uuencode, and none."""

import binascii
import re
from collections.abc import Callable, Iterable, Iterator

import pybase64

Blocks = Iterable[bytes]

_DIGITS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_JUNK = bytes(set(range(256)) - set(_DIGITS + b"="))
_SPACE = b" \t\r\n\x0b\x0c\x00"
_TOKEN = re.compile(rb"[a-z0-9-]+")
_NO_DIGIT = re.compile(rb"[^A-Za-z0-9+/=]")
_BLANK_INSIDE = re.compile(rb"[^ \t\r\n][ \t]+(?=[^ \t\r\n])")
_SOFT_BREAK = re.compile(rb"=[ \t\r]+(?:\n|(?<=\r))")
_OPEN_ESCAPE = re.compile(rb"=+[ \t\r]{0,60}[0-9A-Fa-f]?\Z")
_FIRST_LINES = 2_000  # bytes that show how long the lines are
_LEAST_WIDTH = 60  # of lines as encoders write them
_MANY_ENDS = 10_000  # pieces that were encoded one by one


class Undecodable(Exception):
    """The body is not in the encoding it claims. Its raw bytes are kept, and these words."""


def decode(encoding: str, blocks: Blocks) -> Iterator[bytes]:
    """The decoded bytes. Raises Undecodable, possibly after many blocks."""
    return _decoder(encoding)(blocks)


def token(value: bytes) -> str:
    """What a Content-Transfer-Encoding says, without comments, quotes and case."""
    found = _TOKEN.search(value.lower())
    return found[0].decode() if found else ""


def _decoder(encoding: str) -> Callable[[Blocks], Iterator[bytes]]:
    if encoding in {"base64", "base-64", "b"}:
        return base64
    if encoding in {"quoted-printable", "quotedprintable", "q", "qp"}:
        return quoted_printable
    if encoding in {"x-uuencode", "uuencode", "uue", "x-uue"}:
        return uuencode
    # 7bit, 8bit, binary, and what clients write in their place: 8-bit, utf-8, none.
    return iter


def base64(blocks: Blocks) -> Iterator[bytes]:
    state = _Base64()
    for block in _whole_lines(blocks):
        yield state.feed(block)
    yield state.finish()


class _Base64:
    """Decodes full blocks at once; looks closer only at what is not plain, equal lines."""

    def __init__(self) -> None:
        self._rest = b""
        self._bytes = 0
        self._junk = 0
        self._ends = 0  # how often padding ended the data
        self._over = False
        self._width: int | None = None  # of its lines, in digits
        self._torn = False

    def feed(self, block: bytes) -> bytes:
        if self._width is None:
            lines = block[:_FIRST_LINES].split()[:2]
            self._width = max((len(line.translate(None, _JUNK)) for line in lines), default=0)
        padded = block.find(b"=")
        cut = 0 if self._ends else len(block) if padded < 0 else block.rfind(b"\n", 0, padded) + 1
        out = self._digits(block[:cut]) + b"".join(map(self._line, block[cut:].splitlines()))
        self._bytes += len(out)
        return out

    def _digits(self, block: bytes) -> bytes:
        """Whole lines, without any padding."""
        return (b"" if self._rest else _equal_lines(block)) or self._loose(block)

    def finish(self) -> bytes:
        # One stray character spoils nothing; one in every word says it is plain text.
        if self._junk > (self._bytes > 0) and self._junk * 8 > self._bytes:
            raise Undecodable("标明为 base64，内容却不是")
        if self._torn:
            raise Undecodable("base64 的行里有字符被换成了别的")
        return _mended(self._rest)

    def _loose(self, block: bytes) -> bytes:
        bare = block.translate(None, _SPACE)
        digits = bare.translate(None, _JUNK)
        if len(bare) > len(digits):
            self._junk += len(bare) - len(digits)
            self._torn = self._torn or _torn(block, self._width or 0)
        if b" " in block:
            self._junk += len(_BLANK_INSIDE.findall(block))
        digits = self._rest + digits
        cut = len(digits) - len(digits) % 4
        self._rest = digits[cut:]
        return binascii.a2b_base64(digits[:cut])

    def _line(self, line: bytes) -> bytes:
        """Behind the padding may stand another encoded piece, or the footer of a list."""
        if self._ends and _NO_DIGIT.search(line.strip()):
            self._over = True
        if self._over:
            return b""
        *ended, last = line.split(b"=")
        whole = b"".join(map(self._end, ended))
        if ended and _NO_DIGIT.search(last):
            self._over = True
            return whole
        return whole + self._loose(last)

    def _end(self, digits: bytes) -> bytes:
        out = self._loose(digits) + _mended(self._rest)
        self._rest = b""
        self._ends += 1
        if self._ends > _MANY_ENDS:
            raise Undecodable("base64 内容里到处是结束符")
        return out


def _torn(block: bytes, width: int) -> bool:
    """Whether a line of digits as long as the others holds something else too: of those some are
    lost. In a longer line it was put in, and other ones are what a list writes below."""
    lines = block.split() if width >= _LEAST_WIDTH else ()
    digits = (len(line.translate(None, _JUNK)) for line in lines if len(line) == width)
    return any(width // 2 <= count < width for count in digits)


def _equal_lines(block: bytes) -> bytes:
    """The whole block, in which no padding is, at once, or b"" when it is not made of equal lines
    of digits.

    Both this and the standard library pass over what is no digit; this one does it in vectors of
    the processor, at a sixth of the cost. What the lines hold beside digits, the count tells.
    """
    width = block.find(b"\n") + 1
    if not width:
        return b""
    try:
        out = pybase64.b64decode(block)
    except binascii.Error:  # the block does not end with a group of four
        return b""
    ends = 2 if block[width - 2 : width - 1] == b"\r" else 1
    full, left = divmod(len(block), width)
    digits = full * (width - ends) + max(left - ends, 0)
    return out if len(out) * 4 == digits * 3 else b""


def _mended(digits: bytes) -> bytes:
    """Missing padding is added; a lone last digit carries no whole byte."""
    whole = digits[:-1] if len(digits) % 4 == 1 else digits
    return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))


def quoted_printable(blocks: Blocks) -> Iterator[bytes]:
    for block in _whole_lines(blocks):
        yield binascii.a2b_qp(_SOFT_BREAK.sub(b"=\n", block))


def uuencode(blocks: Blocks) -> Iterator[bytes]:
    inside, found = False, False
    for block in _whole_lines(blocks):
        out = []
        for line in block.splitlines():
            if not inside:
                inside = line.startswith(b"begin ")
                found = found or inside
            elif line.strip() == b"end":
                inside = False
            elif line.strip():
                out.append(uu_line(line))
        yield b"".join(out)
    if not found:
        raise Undecodable("标明为 uuencode，却没有 begin 行")


def uu_line(line: bytes) -> bytes:
    """Encoders differ in what they leave behind the last byte: only the counted ones are read."""
    digits = (((line[0] - 32) & 63) * 4 + 2) // 3
    try:
        return binascii.a2b_uu(line[: 1 + digits])
    except binascii.Error as error:  # a character outside the alphabet
        raise Undecodable("uuencode 的一行不可解") from error


def _whole_lines(blocks: Blocks) -> Iterator[bytes]:
    """Blocks cut after a line end. A line longer than a block is cut anywhere, though never
    within an escape of quoted-printable."""
    rest = b""
    for block in blocks:
        if not rest and block.endswith(b"\n"):
            yield block
            continue
        rest += block
        cut = rest.rfind(b"\n") + 1
        if not cut:
            escape = _OPEN_ESCAPE.search(rest, max(len(rest) - 100, 0))
            cut = escape.start() if escape else len(rest)
        yield rest[:cut]
        rest = rest[cut:]
    if rest:
        yield rest
