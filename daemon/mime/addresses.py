"""Addresses with their names, in the form that nearly all clients write. All others are
mail-parser's."""

import re
from dataclasses import dataclass

from daemon.mime import words

_LONGEST = 1_000  # bytes of a header
# Encoded words or letters, in quotation marks or not, and one address in brackets; or that alone,
# with brackets or without.
_USUAL = re.compile(
    rb"(?:(?P<quote>\"?)"
    rb"(?P<name>(?:=\?[^?\s]{1,60}\?[BbQq]\?[^?\s]*+\?=\s*+)++|[A-Za-z0-9 \x80-\xff]*+)"
    rb"(?P=quote) *(?P<bracket><))?+"
    rb"(?P<address>[A-Za-z0-9_-]++(?:\.[A-Za-z0-9_-]++)*+@(?:[A-Za-z0-9-]++\.)++[A-Za-z0-9]++)"
    rb"(?(bracket)>)"
)
# Ideographs are told from other charsets beyond doubt, and none of these separates anything.
_NAME = re.compile("[A-Za-z0-9\u4e00-\u9fff]+(?: [A-Za-z0-9\u4e00-\u9fff]+)*")


@dataclass(frozen=True, slots=True)
class Address:
    name: str
    address: str


def usual(value: bytes) -> Address | None:
    """None: one has to look closer. A tenth of mail-parser's 0.2 ms."""
    found = _USUAL.fullmatch(value) if len(value) <= _LONGEST else None
    if found is None:
        return None
    name, address = found["name"] or b"", found["address"].decode("ascii")
    text = words.decode(name).strip(" ") if name.isascii() else _raw(value)
    return Address(text, address) if not name or _NAME.fullmatch(text) else None


def _raw(value: bytes) -> str:
    """The longer the sample, the surer its charset is guessed."""
    return words.decode(value).partition("<")[0].strip(' "')
