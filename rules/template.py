"""A naming rule such as “{unit}+{category}+{date}” or “同心抗疫+{unit}”."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from rules.notice import Category, Notice

FIELDS = ("unit", "category", "date")
_PIECES = re.compile(r"\{(\w*)\}")
_WORDS = re.compile(r"[^\W_]+")
_FIELD_OR_WORDS = re.compile(r"\{(\w*)\}|[^\W_]+")


@dataclass(frozen=True)
class Template:
    text: str

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The fields in their order."""
        return tuple(_PIECES.findall(self.text))

    @cached_property
    def literals(self) -> tuple[str, ...]:
        """The words that stand for themselves: 同心抗疫."""
        return tuple(_WORDS.findall(_PIECES.sub(" ", self.text)))

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The fields as they follow one another; words that name the category stand for it."""
        if "category" in self.fields:
            return self.fields
        named = _FIELD_OR_WORDS.findall(self.text)
        return tuple(dict.fromkeys(field or "category" for field in named))

    def fill(self, *, unit: str, category: str, date: str) -> str:
        values = {"unit": unit, "category": category, "date": date}
        return _PIECES.sub(lambda field: values.get(field[1], field[0]), self.text)


def template_of(category: Category | None, notice: Notice) -> Template:
    return _template((category and category.naming) or notice.naming)


_template = lru_cache(maxsize=256)(Template)


def called(category: Category, notice: Notice) -> Iterator[str]:
    """What names the category in a subject: its names, or the words of a rule without the field."""
    yield category.name
    yield from category.aliases
    template = template_of(category, notice)
    if "category" not in template.fields:
        yield from template.literals
