"""A notice: one TOML file (and its roster) into `rules.notice.Notice`, all faults told at once.

The tables are named as people speak ([[category]], [[category.window]]); sizes and durations are
written with their unit ("10 M", "30 min"). Key paths in problems are those of the file.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

import rules
from daemon.config import references
from daemon.errors import ConfigError, Problem
from rules.notice import Notice

SHIPPED = Path(rules.__file__).parent / "notices" / "2020-four-ones.toml"

_FIELDS = {
    "mailbox": "mailboxes",
    "kind": "kinds",
    "form": "forms",
    "category": "categories",
    "window": "windows",
    "part": "parts",
    "clause": "clauses",
    "unit": "roster",
}
_TABLES = {field: table for table, field in _FIELDS.items()}
_QUANTITY = re.compile(r"(\d+(?:\.\d+)?)\s*([A-Za-z]+)")
_UNITS = {
    "max_size": {"B": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30},  # bytes; KB and KiB read as K
    "max_duration": {"S": 1000, "MIN": 60_000, "H": 3_600_000},  # milliseconds
}
_WORDS = {
    "unexpected_keyword_argument": "there is no such key",
    "extra_forbidden": "there is no such key",
    "missing": "is missing",
    "dataclass_type": "must be a table",
}


def load(path: Path) -> Notice:
    """The notice at `path`. Raises ConfigError with every problem and its key."""
    raw = _parse(path)
    problems: list[Problem] = []
    raw = raw | _roster(raw, path, problems)
    data = _nouns(raw, problems)
    notice = _validated(data, problems)
    problems += references.faults(raw)
    if notice is not None and not problems:
        problems += references.unreadable_names(notice)
    if notice is None or problems:
        raise ConfigError(problems, source=str(path))
    return _known(notice)


@lru_cache(maxsize=64)
def _known(notice: Notice) -> Notice:
    """One object for one notice, however often it is read: what was worked out for it is then
    found at a look, without comparing forty units."""
    return notice


def _parse(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:  # not there, or not ours to read
        text = f"{path} cannot be read: {error.strerror}"
    except ValueError as error:  # no TOML, with its line; or no UTF-8 (saved by an old editor)
        text = f"{path} is no TOML file: {error}"
    raise ConfigError([Problem("", text)], source=str(path))


def _roster(raw: Mapping[str, Any], path: Path, problems: list[Problem]) -> dict[str, Any]:
    """The units: in a file that the notice names, beside it; or as [[unit]] in the notice."""
    named = raw.get("roster")
    if named is None or isinstance(named, list):
        return {}
    if not isinstance(named, str):
        problems.append(Problem("roster", "must name a file, or be left out for [[unit]] tables"))
        return {"roster": []}
    try:
        table = _parse(path.parent / named)
    except ConfigError as error:  # the roster's own file is missing or no TOML
        problems += (Problem("roster", str(p)) for p in error.problems)
        return {"roster": None}
    return {"roster": table.get("unit", []), "prefixes": table.get("prefixes", [])}


def _nouns(raw: Any, problems: list[Problem], at: str = "") -> Any:
    """Tables under the names of the nouns' fields, quantities as whole numbers."""
    if isinstance(raw, list):
        return [_nouns(item, problems, f"{at}.{n}") for n, item in enumerate(raw)]
    if not isinstance(raw, dict):
        return raw
    done = {}
    for key, value in raw.items():
        path = f"{at}.{key}".lstrip(".")
        field = _FIELDS.get(key, key) if isinstance(value, list) else key
        quantity = key in _UNITS and isinstance(value, str)
        done[field] = (
            _quantity(key, value, path, problems) if quantity else _nouns(value, problems, path)
        )
    return done


def _quantity(key: str, value: str, path: str, problems: list[Problem]) -> int | None:
    units = _UNITS[key]
    found = _QUANTITY.fullmatch(value.strip())
    unit = re.sub("I?B$", "", found[2].upper()) or "B" if found else ""
    if found is None or unit not in units:
        example = '"10 M" or "2 G"' if key == "max_size" else '"30 min"'
        problems.append(Problem(path, f"{value!r} is not understood: write it as {example}"))
        return None
    return round(float(found[1]) * units[unit])


@cache
def _adapter() -> TypeAdapter[Notice]:
    """One for all notices: building it takes 5 ms."""
    return TypeAdapter(Notice)


def _validated(data: Any, problems: list[Problem]) -> Notice | None:
    try:
        return _adapter().validate_python(data, extra="forbid")
    except ValidationError as error:  # any key of the wrong name, type or value
        problems += _in_words(error)
        return None


def _in_words(error: ValidationError) -> Iterator[Problem]:
    for fault in error.errors(include_url=False, include_input=False, include_context=False):
        steps = [
            _TABLES.get(step, step) if isinstance(step, str) else step for step in fault["loc"]
        ]
        key = ".".join(str(step) for step in steps)
        yield Problem(key, _WORDS.get(fault["type"], fault["msg"]))
