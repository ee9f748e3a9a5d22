"""A text to paste into a group chat: who still owes what, until when, where to, whom to call."""

from collections.abc import Sequence
from dataclasses import dataclass

from daemon.reminders.gap import Gap
from daemon.reminders.item import (
    Speech,
    contacts,
    late,
    left,
    rendered,
    subject,
    titles,
    until,
    wanted,
)
from rules import naming
from rules.rule import named


@dataclass(frozen=True, kw_only=True, slots=True)
class Faulty:
    unit: str
    faults: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """One category with one due time: who is missing, and who has something to mend."""

    category: str
    window: str
    until: str
    left: str
    late: str
    missing: tuple[str, ...]
    faulty: tuple[Faulty, ...]
    parts: tuple[str, ...]
    address: str
    department: str
    subject: str
    dated: bool
    example: str


def group_text(found: Sequence[Gap], speech: Speech) -> str:
    """ "" for no gaps. Units keep the order of the roster, categories that of the notice."""
    if not found:
        return ""
    units = tuple(dict.fromkeys(gap.unit.name for gap in found))
    return rendered(
        "group",
        speech.language,
        titles=tuple(dict.fromkeys(named(gap.notice.title) for gap in found)),
        unit=units[0] if len(units) == 1 else "",
        sections=[_section(gaps, speech) for gaps in _sections(found)],
        contacts=contacts(found),
    )


def _sections(found: Sequence[Gap]) -> list[list[Gap]]:
    """By category and due time: who was given more time has a section of his own."""
    groups: dict[tuple[object, ...], list[Gap]] = {}
    for gap in found:
        groups.setdefault((gap.notice.id, gap.category.name, gap.window, gap.due), []).append(gap)
    return list(groups.values())


def _section(gaps: Sequence[Gap], speech: Speech) -> Section:
    first = gaps[0]
    alone = len({gap.unit.name for gap in gaps}) == 1
    several = len(first.category.windows) > 1
    exact = subject(first, speech.now)
    return Section(
        category=first.category.name,
        window=first.window.name if first.window and several else "",
        until=until(first, speech),
        left=left(first, speech),
        late=late(first, speech),
        missing=tuple(g.unit.name for g in gaps if g.standing.state == "missing"),
        faulty=tuple(_faulty(g, speech) for g in gaps if g.standing.state != "missing"),
        parts=tuple(wanted(part, speech.language) for part in first.category.parts),
        address=first.mailbox.address,
        department=first.mailbox.department,
        subject=exact if alone else naming.pattern(first.category, first.notice),
        dated=naming.wants_date(first.category, first.notice),
        example="" if alone else exact,
    )


def _faulty(gap: Gap, speech: Speech) -> Faulty:
    found = speech.faults(gap.standing.message) if gap.standing.message else ()
    return Faulty(unit=gap.unit.name, faults=titles(found, gap, speech.language))
