"""A header as it is written: encoded where it must be (RFC 2047), folded where it is long.

The standard library splits and measures each value twice, the longer ones letter by letter: 0.2 ms
of processor a mail. What fits its line is written as it stands, and a subject is cut at octets;
everything else still goes through the library. Both write the same octets.
"""

import re
from base64 import b64encode
from collections.abc import Iterator
from email.header import Header
from email.policy import compat32

# The older policy folds References between identifiers; the newer one encodes the long ones.
POLICY = compat32.clone(linesep="\r\n")
# all that ends a line in Python, where the library would begin another header
_LINE_ENDS = re.compile("[\r\n\v\f\x1c-\x1e\x85\u2028\u2029\0]")
_WIDTH = 77  # columns beside the blank of a continued line: 78 are never folded
_ENCODED = 70  # columns of a line of encoded words
_CHROME = len("=?utf-8?b??=")
# octets that stand for themselves in quoted-printable
_SAFE = b" !*+-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def field(name: str, value: str) -> bytes:
    """The header with its line end. Of a value beyond ASCII only the words before an address are
    encoded. Raises ValueError when there is a line end in it.
    """
    whole = f"{name}: {value}"
    if _stays(whole):
        return whole.encode("ascii") + b"\r\n"
    if _LINE_ENDS.search(whole):
        raise ValueError(f"a line end in the header {name}")
    lines = [] if value.isascii() else _lines(name, value)
    if lines and all(map(_stays, lines)):
        return "\r\n ".join(lines).encode("ascii") + b"\r\n"
    return POLICY.fold_binary(name, value if value.isascii() else _encoded(name, value))


def _lines(name: str, value: str) -> list[str]:
    """In base64, if that is the shorter; none when it is not for us to say."""
    words, address = _parted(value)
    lines = [f"=?utf-8?b?{b64encode(piece).decode()}?=" for piece in _pieces(name, words.encode())]
    if lines:
        lines[0] = f"{name}: {lines[0]}"
        lines[-1] += address
    return lines


def _stays(line: str) -> bool:
    printable = line.isascii() and line.isprintable()
    return printable and len(line) <= _WIDTH and line == line.strip()


def _parted(value: str) -> tuple[str, str]:
    """The words, and an address in its brackets with the blank before it."""
    words, bracket, address = value.rpartition(" <") if value.endswith(">") else (value, "", "")
    return words, bracket + address


def _pieces(name: str, words: bytes) -> Iterator[bytes]:
    """Each as many whole characters as one line takes; none where base64 is not the shorter."""
    room = _octets(_ENCODED - len(f"{name}: "))
    quoted_printable = len(words) + 2 * len(words.translate(None, _SAFE))
    if -(-len(words) // 3) * 4 >= quoted_printable or room < 4:
        return
    start = 0
    while start < len(words):
        end = start + room
        while end < len(words) and words[end] & 0xC0 == 0x80:  # in the middle of a character
            end -= 1
        yield words[start:end]
        start, room = end, _octets(_ENCODED - 1)


def _octets(columns: int) -> int:
    return (columns - _CHROME) // 4 * 3


def _encoded(name: str, value: str) -> str:
    words, address = _parted(value)
    head = Header(words, "utf-8", maxlinelen=_ENCODED, header_name=name)
    return head.encode(linesep="\r\n") + address
