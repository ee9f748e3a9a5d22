"""The parameters of a header (RFC 2045, 2231), in every broken form that is met."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import NamedTuple, Self
from urllib.parse import unquote_to_bytes

from daemon.mime import charset, words

_MAIN = re.compile(r"""[\s"']*([\w.+-]+(?:/[\w.+-]+)?)(?!\s*=)(?=[\s;"'<>,]|\Z)""")
_SEPARATORS = re.compile(r"[;\s]*")
_PARAMETER = re.compile(
    r"""([^\s=;"]++)\s*+=\s*+("(?:[^"\\]++|\\.)*+"?|(?<!\*=)'[^']*+'(?=\s*+(?:;|\Z))|[^;]*+)""",
    re.DOTALL,
)
_ESCAPE = re.compile(r'\\(["\\])')
_SECTION = re.compile(r"(.+?)\*(\d{1,4})(\*?)")
_EXTENDED = re.compile(r"([\w.:+-]*)'([\w-]*)'(.*)", re.DOTALL)
_MOST = 1_000  # parameters of one header
_PERCENT = re.compile(r"%[89A-Fa-f][0-9A-Fa-f]")


@dataclass(frozen=True, slots=True)
class Value:
    """`main` is the type or disposition, in lower case."""

    main: str
    parameters: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.parameters.get(name, "")


class Parameters(Mapping[str, str]):
    """The first of a name wins; the extended form wins over the plain one. Nothing is looked for
    or decoded until it is asked for: clients name a file twice, and one name is never read."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _given(self) -> "_Given":
        return _Given.read(self._text)

    def __contains__(self, name: object) -> bool:
        return any(name in named for named in self._given)

    def __getitem__(self, name: str) -> str:
        given = self._given
        plain = _plain(given.plain[name]) if name in given.plain else ""
        if name in given.starred:
            starred = _extended(given.starred[name])
        elif name in given.sections:
            starred = _continued(given.sections[name])
        elif name in given.plain:
            return plain
        else:
            raise KeyError(name)
        return starred if _better(starred, plain) else plain

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(name for named in self._given for name in named))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _Given(NamedTuple):
    """Values that are not decoded yet, by the way they are named: a, a*, a*0."""

    plain: dict[str, str]
    starred: dict[str, str]
    sections: dict[str, dict[int, tuple[str, bool]]]

    @classmethod
    def read(cls, text: str) -> Self:
        given = cls({}, {}, {})
        for name, value in islice(_assignments(text), _MOST):
            if "*" not in name:
                given.plain.setdefault(name, value)
            elif section := _SECTION.fullmatch(name):
                numbered = given.sections.setdefault(section[1], {})
                numbered.setdefault(int(section[2]), (value, bool(section[3])))
            elif name.endswith("*"):
                given.starred.setdefault(name[:-1], value)
            else:
                given.plain.setdefault(name, value)
        return given


def read(raw: bytes) -> Value:
    """A Content-Type or Content-Disposition.

    The raw bytes become text first, so that a backslash that is the second byte of a GBK
    character is never seen as an escape.
    """
    if not raw:  # a header that is not there, as of every second part
        return Value("", {})
    text = charset.guess(raw.replace(b"\x00", b""))
    main = _MAIN.match(text)
    if main is None:
        return Value("", Parameters(text))
    return Value(main[1].lower(), Parameters(text[main.end() :]))


def _assignments(text: str) -> Iterator[tuple[str, str]]:
    """Every name=value. What is none is skipped up to the next semicolon."""
    at = 0
    while at < len(text):
        separators = _SEPARATORS.match(text, at)
        at = separators.end() if separators else at
        found = _PARAMETER.match(text, at)
        if found:
            name = found[1].lower()
            yield name, _unquote(found[2], extended=name.endswith("*"))
            at = found.end()
        elif (at := text.find(";", at)) < 0:
            return


def _better(starred: str, plain: str) -> bool:
    return bool(starred) and not ("\ufffd" in starred and plain and "\ufffd" not in plain)


def _unquote(value: str, *, extended: bool) -> str:
    """Only an escaped quote or backslash is an escape: C:\\报告 keeps what it says. In an extended
    value apostrophes divide and do not quote."""
    value = value.strip()
    if value.startswith('"'):
        inner = value[1:-1] if len(value) > 1 and value.endswith('"') else value[1:]
        return _ESCAPE.sub(r"\1", inner)
    if len(value) > 1 and value[0] == value[-1] == "'" and not extended:
        return value[1:-1]
    return value


def _plain(value: str) -> str:
    """A value that should be plain and may hold encoded words, percent signs, or an extended
    value under an unstarred name."""
    if "=?" in value:
        return words.decode(value.encode("utf-8", "replace"))
    if _EXTENDED.fullmatch(value) and _PERCENT.search(value):
        return _extended(value)
    return _percent(value, "") if _PERCENT.search(value) and value.isascii() else value


def _extended(value: str) -> str:
    """charset'language'percent-encoded. The first two are missing in some clients."""
    found = _EXTENDED.fullmatch(value)
    if found:
        return _percent(found[3], found[1])
    return _percent(value, "") if "%" in value else _plain(value)


def _percent(value: str, label: str) -> str:
    return charset.decode(unquote_to_bytes(value), label)


def _continued(numbered: Mapping[int, tuple[str, bool]]) -> str:
    """Sections are joined before they are decoded: they split characters, and even `%XX`."""
    ordered = [numbered[n] for n in sorted(numbered)]
    if not any(starred for _, starred in ordered):
        return _plain("".join(value for value, _ in ordered))
    return _extended("".join(v if s else v.replace("%", "%25") for v, s in ordered))
