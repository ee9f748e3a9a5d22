"""What one file shows of itself: its format, and what that tells together with its name."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rules import formats

if TYPE_CHECKING:
    from rules.submission import Attachment

_DEBRIS = re.compile(r"(~\$.*|.*\.(?:lnk|tmp|crdownload|part))$", re.IGNORECASE | re.DOTALL)
_WRAPPED = re.compile(r"^~\$|(?: - 快捷方式)?\.(?:lnk|tmp|crdownload|part)$", re.IGNORECASE)
_UNFINISHED = re.compile(r"\.(?:tmp|crdownload|part)$", re.IGNORECASE)
_MAILS = frozenset({"eml", "msg"})
_PROGRAM = frozenset(
    ending
    for format_ in formats.FORMATS.values()
    for ending in format_.endings
    if format_.family == "program"
)


def set_aside(file: "Attachment") -> bool:
    """A fault of its own stands before every other: empty, dangerous, or not inspected."""
    lost = bool(file.facts.unknown or file.undecodable)
    return lost or debris(file) or dangerous(file) or _signs(file).format in _MAILS


def debris(file: "Attachment") -> bool:
    """Nothing in it, or not the file that the sender meant."""
    return file.facts.size == 0 or _signs(file).debris


def saved_mail(file: "Attachment") -> bool:
    """A mail in an archive, or in a mail in the mail: nobody has looked for the files in it."""
    spoilt = file.undecodable or debris(file) or dangerous(file)
    return not spoilt and _signs(file).format in _MAILS


def dangerous(file: "Attachment") -> bool:
    return bool(file.facts.threat) or file.facts.executable or _signs(file).program


def format_of(file: "Attachment") -> str:
    """What it is by its bytes; where they say nothing, what its name promises."""
    return _signs(file).format


def garbled(file: "Attachment") -> bool:
    """Named as a format that its bytes do not show at all: a film that is a web page."""
    return _signs(file).garbled


def bundled(file: "Attachment") -> bool:
    """An archive that is one document."""
    return _signs(file).bundled


@dataclass(frozen=True, kw_only=True, slots=True)
class _Signs:
    """What the format that the bytes have tells, together with the name."""

    format: str
    debris: bool
    program: bool
    garbled: bool
    bundled: bool


def _signs(file: "Attachment") -> _Signs:
    return _told("unknown" if file.undecodable else file.facts.format, file.name)


# The rules ask for these some two hundred times a letter; it has a few files.
@lru_cache(maxsize=256)
def _told(format_: str, name: str) -> _Signs:
    family, promised = formats.family(format_), formats.by_name(name)
    bundled = family == "archive" and promised in formats.BUNDLES
    garbled = bool(promised) and _unlike(format_, promised)
    meant = _WRAPPED.sub("", name)
    mute = format_ in {"unknown", "ole", "empty", ""} or garbled or bundled
    plain = not mute and meant == name
    return _Signs(
        format=format_ if plain else formats.by_name(meant) or format_ or "unknown",
        debris=bool(_DEBRIS.fullmatch(name)) and not _finished(format_, name),
        program=family == "program" or formats.ending(name) in _PROGRAM,
        garbled=garbled,
        bundled=bundled,
    )


def _finished(format_: str, name: str) -> bool:
    """A download that was complete and kept its passing name: the bytes tell what it is."""
    words = format_ in {"txt", "html", "md", "xml"}
    known = formats.family(format_) in {"text", "page", "image", "video", "audio"}
    return known and not words and bool(_UNFINISHED.search(name))


def _unlike(format_: str, promised: str) -> bool:
    """Bytes that say nothing, or words where a name promises a picture, film or recording."""
    words = format_ in {"txt", "html", "md"}
    media = formats.family(promised) in {"image", "video", "audio"}
    return (words and media) or format_ in {"unknown", "ole"}
