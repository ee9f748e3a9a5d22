"""Text from a stranger → text that may be shown, stored, and used as a name."""

import re

# Bidirectional controls turn "gpj.exe" round; the invisible ones make two names look alike.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_BREAKS = re.compile("[\t\r\n\x85\u2028\u2029]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_DIVIDER = re.compile(r"[/\\]")
_LONGEST_NAME = 200  # characters; a file system takes 255 bytes, an Excel cell a line


def line(text: str) -> str:
    """One line: no controls, no bidirectional tricks, no line ends."""
    return spaced(text).strip()


def spaced(text: str) -> str:
    """One line whose outer blanks still separate it from its neighbours."""
    if text.isprintable():  # nothing that is taken out below: nearly every header
        return text
    return _SURROGATE.sub("\ufffd", _HIDDEN.sub("", _BREAKS.sub(" ", text)))


def lines(text: str) -> str:
    """Several lines, ended by \\n alone."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATE.sub("\ufffd", _HIDDEN.sub("", text))


def tidy(text: str) -> str:
    """Lines without surrounding blanks, never two empty ones in a row."""
    rows = [row.strip() for row in lines(text).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(rows)).strip()


def file_name(text: str) -> str:
    """The last component of a path, or "" when nothing is left of it."""
    parts = [line(part) for part in _DIVIDER.split(text)]
    name = next((part for part in reversed(parts) if part.strip(". ")), "")
    if len(name) <= _LONGEST_NAME:
        return name
    stem, dot, ending = name.rpartition(".")
    tail = dot + ending if stem and len(ending) <= 10 else ""
    return name[: _LONGEST_NAME - len(tail)] + tail
