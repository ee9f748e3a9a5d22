"""Forms that the notice encloses: recognising one, reading what is filled in.

Labels are read by cell adjacency: the value stands in the label's own cell after a colon, in
the next cell to the right that is not the same merged cell, or in the cell below.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from rules.notice import Category, Form, Notice
from rules.roster import key
from rules.submission import Attachment, Table

_BLANK = re.compile(r"[\s_＿—\-/.…:：]*")
_ASIDE = re.compile(r"[(（].*?[)）]")


def asked(category: Category | None, notice: Notice) -> tuple[Form, ...]:
    """The forms the category asks for."""
    ids = [part.form for part in category.parts if part.form] if category else []
    return tuple(form for form in notice.forms if form.id in ids)


def which(file: Attachment, category: Category | None, notice: Notice) -> Form | None:
    """The form this file is: by its name, else by the labels in it."""
    own = asked(category, notice)
    if named := _named(file.name, own, notice):
        return named
    forms = own or notice.forms
    numbered_so = (form for form in forms if numbered(file, form))
    return next(numbered_so, forms[0]) if labelled(file, notice) else None


def labelled(file: Attachment, notice: Notice) -> bool:
    """The labels of a form stand in it."""
    if not file.facts.tables:
        return False
    said = frozenset[str]().union(*(_labels(cell) for cell in _cells(file)))
    return any(_labelled(said, form) for form in notice.forms)


def beside(file: Attachment) -> int:
    """How many characters stand outside of its tables; 0 when that cannot be told."""
    cells = {(n, c) for n, table in enumerate(file.facts.tables) for row in table for c in row}
    return (file.facts.chars or 0) - sum(len("".join(cell.split())) for _, cell in cells)


def numbered(file: Attachment, form: Form) -> bool:
    """Called by the number of the form. That is how people number their own files as well."""
    called = _number(form.id).search(key(file.name))
    return bool(called) and file.facts.page_like is not False


@lru_cache(maxsize=64)
def _number(form_id: str) -> re.Pattern[str]:
    return re.compile(re.escape(key(form_id)) + r"(?!\d)")


def read(file: Attachment, form: Form) -> Mapping[str, str]:
    """Each label of the form that is in the file, with its value, "" when it is blank."""
    return _read(file.facts.tables, form.fields)


@lru_cache(maxsize=2)  # what is filled in and what is blank are asked apart: 40 µs each
def _read(tables: tuple[Table, ...], fields: tuple[str, ...]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    keys = _keys(fields)
    for table in tables:
        values = _values(table, frozenset(keys))
        for label, wanted in zip(fields, keys, strict=True):
            if wanted in values:
                found[label] = found.get(label) or values[wanted]
    return MappingProxyType(found)


def blanks(file: Attachment, form: Form) -> tuple[str, ...]:
    filled = read(file, form)
    return tuple(label for label in form.fields if filled.get(label) == "")


def _named(name: str, own: tuple[Form, ...], notice: Notice) -> Form | None:
    """By title or alias: the longest that stands in the name, the category's own before others."""
    folded = key(name)
    forms = (*own, *(f for f in notice.forms if f not in own))
    hits = [(len(a), f) for f in forms for a in _keys((f.title, *f.aliases)) if a in folded]
    return max(hits, key=lambda hit: hit[0])[1] if hits else None


def _cells(file: Attachment) -> Iterator[str]:
    return (cell for table in file.facts.tables for row in table for cell in row)


def _labelled(said: frozenset[str], form: Form) -> bool:
    """Half of the form's labels, and at least three, stand in the file."""
    wanted = _bare_keys(form.fields)
    return sum(label in said for label in wanted) >= max(3, len(wanted) // 2)


def _bare(cell: str) -> str:
    return _ASIDE.sub("", cell)


@lru_cache(maxsize=64)
def _keys(names: tuple[str, ...]) -> tuple[str, ...]:
    """Of what stands in a notice."""
    return tuple(map(key, names))


@lru_cache(maxsize=64)
def _bare_keys(labels: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(key(_bare(label)) for label in labels)


# A form is looked through several times, and the cells of all forms are labelled alike.
@lru_cache(maxsize=256)
def _labels(cell: str) -> frozenset[str]:
    """The keys of the labels that a cell may be: all of it, and what stands before a colon."""
    head, _, _ = _apart(cell)
    return frozenset({key(_bare(cell)), key(_bare(head))})


def _apart(cell: str) -> tuple[str, str, str]:
    return cell.replace("：", ":").partition(":")


def _values(table: Table, wanted: frozenset[str]) -> Mapping[str, str]:
    """What is filled in behind each of the wanted labels that are in the table."""
    found: dict[str, str] = {}
    for y, row in enumerate(table):
        for x, cell in enumerate(row):
            for label in wanted & _labels(cell):
                found[label] = found.get(label) or _value(table, y, x)
    return found


def _value(table: Table, y: int, x: int) -> str:
    inside = _apart(table[y][x])[2]
    return _filled(inside) or _filled(_right(table[y], x)) or _filled(_below(table, y, x))


def _right(row: tuple[str, ...], x: int) -> str:
    """The next cell that is not the same merged cell again."""
    return next((cell for cell in row[x + 1 :] if cell != row[x]), "")


def _below(table: Table, y: int, x: int) -> str:
    """The cell below counts only where the label heads a column: nothing stands beside it."""
    if len(set(table[y])) > 1 or y + 1 >= len(table):
        return ""
    return table[y + 1][x] if x < len(table[y + 1]) else ""


def _filled(cell: str) -> str:
    return "" if _BLANK.fullmatch(cell) else cell.strip()
