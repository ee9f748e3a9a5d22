"""Faults of a notice that no type tells: names that lead nowhere, doubles, windows out of order.

They are looked for in the raw tables, so that they stand beside faults of type, all at once.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from string import Formatter
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from daemon.config.address import address
from daemon.errors import Problem
from rules import catalogue, formats, naming, roster, template
from rules.notice import Notice
from rules.rule import WORDS
from rules.submission import Claim

Raw = Mapping[str, Any]
_CUTOFF = re.compile(r"([01]?\d|2[0-3]):[0-5]\d|24:00")


def faults(raw: Raw) -> list[Problem]:
    """Every fault between the tables of a notice. `raw` may have faults of type as well."""
    checks: tuple[Callable[[Raw], Iterator[Problem]], ...] = (
        _whole,
        _units,
        _doubles,
        _kinds,
        _categories,
        _rules,
        _words,
    )
    return [problem for check in checks for problem in check(raw)]


def unreadable_names(notice: Notice) -> Iterator[Problem]:
    """Units that the naming rule cannot tell apart from a category or from one another."""
    for category in notice.categories:
        for unit in notice.roster:
            subject = naming.write(Claim(unit=unit, category=category), notice)
            read = naming.claim(subject, notice)
            if (read.unit, read.category) != (unit, category):
                text = f"the subject {subject!r} of its own rule reads as something else"
                yield Problem("naming", text)
                return


def tables(raw: object, *keys: str) -> Iterator[tuple[str, Raw]]:
    """Each table of an array, or of arrays within it, with its key path."""
    key, *deeper = keys
    found = raw.get(key) if isinstance(raw, Mapping) else None
    for number, table in enumerate(found if isinstance(found, list) else []):
        if isinstance(table, Mapping):
            inner = tables(table, *deeper) if deeper else [("", table)]
            yield from ((f"{key}.{number}.{path}".rstrip("."), t) for path, t in inner)


def _items(table: Raw, key: str) -> Iterator[tuple[str, Any]]:
    """Each entry of a list in the table, with its key path within the table."""
    found = table.get(key)
    for number, item in enumerate(found if isinstance(found, list) else []):
        yield f"{key}.{number}", item


def _entries(table: object) -> Iterator[tuple[str, Any]]:
    yield from table.items() if isinstance(table, Mapping) else ()


def _names(raw: Raw, key: str, field: str = "name") -> set[str]:
    return {str(table.get(field)) for _, table in tables(raw, key)}


def _whole(raw: Raw) -> Iterator[Problem]:
    for path, table in (("", raw), *tables(raw, "category")):
        yield from _naming(table.get("naming"), f"{path}.naming".lstrip("."))
    for path, table in (("", raw), *tables(raw, "category", "window")):
        if (cutoff := table.get("cutoff", "24:00")) and not _CUTOFF.fullmatch(str(cutoff)):
            yield Problem(f"{path}.cutoff".lstrip("."), f"{cutoff!r} is no hour such as 17:30")
    try:
        ZoneInfo(str(raw.get("zone", "Asia/Shanghai")))
    except (ZoneInfoNotFoundError, ValueError):  # no such zone; or a path such as ../etc
        yield Problem("zone", f"there is no time zone {raw['zone']!r}")


def _naming(rule: object, path: str) -> Iterator[Problem]:
    if not isinstance(rule, str):
        return
    fields = template.Template(rule).fields
    for field in fields:
        if field not in template.FIELDS:
            yield Problem(path, f"{{{field}}} is none of {{unit}} {{category}} {{date}}")
    if "unit" not in fields:
        yield Problem(path, "does not say where the unit stands: {unit}")


def _units(raw: Raw) -> Iterator[Problem]:
    units = list(tables({"unit": raw.get("roster") or raw.get("unit")}, "unit"))
    if not units and raw.get("roster", ()) is not None:
        yield Problem("roster", "is empty: no unit could hand anything in")
    yield from _same_names(units, "another unit")
    for path, unit in units:
        for key, text in _items(unit, "mail"):
            try:
                address(str(text))
            except ValueError as error:  # a telephone number, a name, two addresses in one
                yield Problem(f"{path}.{key}", str(error))


def _doubles(raw: Raw) -> Iterator[Problem]:
    yield from _same_names(list(tables(raw, "category")), "another category")
    for key, field in (("mailbox", "name"), ("form", "id"), ("kind", "name")):
        named = [(path, {"name": table.get(field)}) for path, table in tables(raw, key)]
        yield from _same_names(named, f"another {key}", field)


def _same_names(
    named: Sequence[tuple[str, Raw]], whose: str, field: str = "name"
) -> Iterator[Problem]:
    taken: dict[str, str] = {}
    for path, table in named:
        for key, name in ((field, table.get("name")), *_items(table, "aliases")):
            first = taken.setdefault(roster.key(str(name)), path)
            if first != path:
                yield Problem(f"{path}.{key}", f"{name!r} is also a name of {whose}: {first}")


def _kinds(raw: Raw) -> Iterator[Problem]:
    for path, kind in (*tables(raw, "kind"), *tables(raw, "category", "kind")):
        for key, name in _items(kind, "formats"):
            if name not in formats.FORMATS:
                yield Problem(f"{path}.{key}", f"there is no format {name!r}")


def _categories(raw: Raw) -> Iterator[Problem]:
    mailboxes = _names(raw, "mailbox")
    for path, category in tables(raw, "category"):
        if category.get("mailbox") not in mailboxes:
            yield Problem(f"{path}.mailbox", f"there is no mailbox {category.get('mailbox')!r}")
        kinds = _names(raw, "kind") | _names(category, "kind")
        for inner, part in tables(category, "part"):
            yield from _part(part, f"{path}.{inner}", kinds, _names(raw, "form", "id"))
        yield from _windows(list(tables(category, "window")), path)


def _part(part: Raw, path: str, kinds: set[str], forms: set[str]) -> Iterator[Problem]:
    for key, kind in (("kind", part.get("kind")), *_items(part, "any_of")):
        if kind not in kinds:
            yield Problem(f"{path}.{key}", f"there is no [[kind]] named {kind!r}")
    form = part.get("form", "")
    if part.get("kind") == "form" and form not in forms:
        yield Problem(f"{path}.form", f"there is no [[form]] with the id {form!r}")
    if _before(part.get("max"), part.get("min", 1)):
        yield Problem(f"{path}.max", f"{part['max']} is below min = {part.get('min', 1)}")


def _windows(windows: list[tuple[str, Raw]], path: str) -> Iterator[Problem]:
    for inner, window in windows:
        opens, closes = window.get("opens"), window.get("closes")
        if _before(closes, opens):
            yield Problem(f"{path}.{inner}.closes", f"{closes} is before it opens ({opens})")
    for (_, first), (inner, second) in pairwise(windows):
        if _before(second.get("closes"), first.get("closes")):
            text = f"{second.get('closes')} is before the window above closes: out of order"
            yield Problem(f"{path}.{inner}.closes", text)


def _before(one: Any, other: Any) -> bool:
    """Two values of one sort, the first smaller; whatever cannot be compared has its own fault."""
    return type(one) is type(other) and isinstance(one, int | date) and bool(one < other)


def _rules(raw: Raw) -> Iterator[Problem]:
    named = [
        (f"{key}.{c}", c) for key in ("severities", "words") for c, _ in _entries(raw.get(key))
    ]
    for path, clause in tables(raw, "clause"):
        named += [(f"{path}.{key}", code) for key, code in _items(clause, "rules")]
    for path, code in named:
        if catalogue.by_code(str(code)) is None:
            yield Problem(path, f"there is no rule {code!r}")


def _words(raw: Raw) -> Iterator[Problem]:
    for code, languages in _entries(raw.get("words")):
        rule = catalogue.by_code(code)
        for language, texts in _entries(languages):
            for name, text in _entries(texts):
                path = f"words.{code}.{language}.{name}"
                if name not in WORDS:
                    yield Problem(path, f"is none of {', '.join(WORDS)}")
                elif rule is not None:
                    yield from _text(str(text), path, rule.placeholders())


def _text(text: str, path: str, known: frozenset[str]) -> Iterator[Problem]:
    try:
        used = {field for _, field, _, _ in Formatter().parse(text) if field is not None}
    except ValueError as error:  # a single { or }
        yield Problem(path, f"{error}; a brace that is meant is written twice")
        return
    for field in sorted(used - known):
        known_words = " ".join(f"{{{name}}}" for name in sorted(known))
        yield Problem(path, f"{{{field}}} is not known here; there are {known_words}")
