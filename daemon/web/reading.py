"""A notice made readable: what it asks of whom, by when and how, out of its data alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from rules import calendar, naming
from rules.catalogue import RULES, by_code
from rules.measure import bytes_said, instant_said, time_said
from rules.notice import Category, Kind, Language, Notice, Part, Window
from rules.rule import Words, words_of
from rules.verdict import Phrase, Severity

_FIELD = re.compile(r"\{\{|\}\}|\{\w*\}")
_MEANT = {"{{": "{", "}}": "}"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """A window. `closes` is the instant as it is told; `left` whole days, None when it is over."""

    name: str
    opens: str
    closes: str
    left: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A category: what is asked for, under which name, where it goes, until when."""

    name: str
    aliases: tuple[str, ...]
    subject: str
    department: str
    address: str
    phone: str
    parts: tuple[str, ...]
    dues: tuple[Due, ...]
    contact: bool
    originals: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Allowed:
    """A kind of file and its limits, as far as there are some."""

    title: str
    category: str  # "" = all of them
    wanted: str
    limits: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """A rule as this notice holds mail to it. `changed`: the notice has its own severity."""

    code: str
    severity: Severity
    changed: bool
    words: Words


@dataclass(frozen=True, slots=True)
class Reading:
    """One notice in one language."""

    notice: Notice
    language: Language
    now: datetime

    def asked(self) -> tuple[Asked, ...]:
        return tuple(self._asked(category) for category in self.notice.categories)

    def allowed(self) -> Iterator[Allowed]:
        for kind in self.notice.kinds:
            yield self._allowed(kind, "")
        for category in self.notice.categories:
            for kind in category.kinds:
                yield self._allowed(kind, category.name)

    def held(self) -> tuple[Held, ...]:
        own = self.notice.severities
        return tuple(
            Held(
                code=rule.code,
                severity=own.get(rule.code, rule.severity),
                changed=own.get(rule.code, rule.severity) != rule.severity,
                words=words_of(rule, self.notice, self.language),
            )
            for rule in RULES
        )

    def _asked(self, category: Category) -> Asked:
        box = self.notice.mailbox(category.mailbox)
        return Asked(
            name=category.name,
            aliases=category.aliases,
            subject=naming.pattern(category, self.notice),
            department=box.department if box else category.mailbox,
            address=box.address if box else "",
            phone=box.phone if box else "",
            parts=tuple(self._part(part) for part in category.parts),
            dues=tuple(self._due(window) for window in category.windows),
            contact=category.contact,
            originals=category.originals,
        )

    def _part(self, part: Part) -> str:
        """图片材料，至少 2 份"""
        form = self.notice.form(part.form) if part.form else None
        title = f"{form.id} {form.title}" if form else part.title
        return f"{title} · {self._said(_count(part))}"

    def _due(self, window: Window) -> Due:
        opens, end = calendar.opening(window, self.notice), calendar.due(window, self.notice)
        left = calendar.time_left(window, self.notice, self.now)
        return Due(
            name=window.name,
            opens=self._said(instant_said(opens)) if opens else "",
            closes=self._said(instant_said(end, closing=True)) if end else "",
            left=left.days if left is not None and left > timedelta(0) else None,
        )

    def _allowed(self, kind: Kind, category: str) -> Allowed:
        limits = tuple(self._said(limit) for limit in _limits(kind))
        return Allowed(title=kind.title, category=category, wanted=kind.wanted, limits=limits)

    def _said(self, phrase: Phrase) -> str:
        return phrase.zh if self.language == "zh" else phrase.en


def blank(words: str) -> str:
    """A rule's words, before any mail has filled them: … stands where something is measured."""
    return _FIELD.sub(lambda found: _MEANT.get(found[0], "…"), words)


def title(code: str, language: Language) -> str:
    """What people call the rule; the code itself when there is no such rule any more."""
    rule = by_code(code)
    return blank(rule.words(language).title) if rule else code


def _count(part: Part) -> Phrase:
    if part.max is None:
        return Phrase(f"至少 {part.min} 份", f"at least {part.min}")
    if part.min == part.max:
        return Phrase(f"{part.min} 份", f"{part.min}")
    return Phrase(f"{part.min}–{part.max} 份", f"{part.min} to {part.max}")


def _limits(kind: Kind) -> Iterator[Phrase]:
    if kind.max_size is not None:
        most = bytes_said(kind.max_size)
        yield Phrase(f"不超过 {most}", f"at most {most}")
    if kind.max_duration is not None:
        most_time = time_said(kind.max_duration)
        yield Phrase(f"不超过 {most_time.zh}", f"at most {most_time.en}")
    if kind.min_width or kind.min_height:
        pixels = f"{kind.min_width or 1} × {kind.min_height or 1}"
        yield Phrase(f"不小于 {pixels} 像素", f"at least {pixels} pixels")
    if kind.min_chars:
        yield Phrase(f"不少于 {kind.min_chars} 字", f"at least {kind.min_chars} characters")
    if kind.max_chars:
        yield Phrase(f"不多于 {kind.max_chars} 字", f"at most {kind.max_chars} characters")
