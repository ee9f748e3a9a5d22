"""Names that senders chose, made safe for every file system and every eye."""

import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath

LONGEST = 200  # bytes of UTF-8; 255 is the limit, and a number may be added
LONGEST_SUFFIX = 20
NAMELESS = "未命名"
FORBIDDEN = str.maketrans(dict.fromkeys('/\\:*?"<>|', "_"))
# Control, format (bidi overrides, zero width), surrogate, private and unassigned characters,
# line and paragraph separators: none of them is seen, all of them mislead.
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
SPACES = " \N{NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}"
RESERVED = frozenset({"con", "prn", "aux", "nul"}) | {
    f"{port}{n}" for port in ("com", "lpt") for n in "123456789¹²³"
}


def safe(name: str) -> str:
    """One path component that means the same everywhere: never empty, never `..`, ≤ 200 bytes."""
    seen = "".join(c for c in name if unicodedata.category(c) not in UNSEEN)
    trimmed = _trim(unicodedata.normalize("NFC", seen).translate(FORBIDDEN))
    if trimmed.split(".")[0].rstrip().casefold() in RESERVED:
        trimmed = f"_{trimmed}"
    return _shorten(trimmed, LONGEST) or NAMELESS


def distinct(names: Iterable[str]) -> list[str]:
    """Safe names, none equal to another even where case is ignored; later ones are numbered."""
    taken: set[str] = set()
    return [_free(safe(name), taken) for name in names]


def _free(name: str, taken: set[str]) -> str:
    stem, suffix = _parts(name)
    candidate, n = name, 1
    while candidate.casefold() in taken:
        n += 1
        candidate = f"{stem} ({n}){suffix}"
    taken.add(candidate.casefold())
    return candidate


def _trim(name: str) -> str:
    """No leading dot (hidden), dash (an option) or tilde (a home); no end that Windows drops."""
    return name.lstrip(f".-~{SPACES}").rstrip(f".{SPACES}")


def _shorten(name: str, longest: int) -> str:
    if len(name.encode()) <= longest:
        return name
    stem, suffix = _parts(name)
    room = longest - len(suffix.encode())
    return _trim(stem.encode()[:room].decode("utf-8", "ignore")) + suffix


def _parts(name: str) -> tuple[str, str]:
    suffix = PurePosixPath(name).suffix
    if len(suffix.encode()) > LONGEST_SUFFIX:
        suffix = ""
    return name.removesuffix(suffix), suffix
