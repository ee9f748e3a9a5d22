"""What is said of one gap, or of one category of several units, before it is put into sentences."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from daemon.ledger import Fault
from daemon.reminders.gap import Gap
from daemon.reply import moments
from daemon.reply.quoting import quoted
from rules import calendar, naming
from rules.catalogue import by_code
from rules.notice import Language, Part
from rules.rule import words_of
from rules.submission import Claim

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

DAY = timedelta(days=1)
Faults = Callable[[int], tuple[Fault, ...]]  # of a ledger row


@dataclass(frozen=True, kw_only=True, slots=True)
class Speech:
    """In which language, at what time, and where the faults of a returned mail are found."""

    language: Language
    now: datetime
    faults: Faults


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One gap. `until` is "" where nothing closes, `left` is "" when it is late. `late` is what the
    notice does with late mail (accept, return, hold), "" while there is time.

    `faults` are short titles, `points` what was seen and how to mend it.
    """

    category: str
    window: str
    until: str
    left: str
    late: str
    missing: bool
    received: str
    faults: tuple[str, ...]
    points: tuple[str, ...]
    parts: tuple[str, ...]
    address: str
    department: str
    phone: str
    subject: str


def item(gap: Gap, speech: Speech) -> Item:
    found = speech.faults(gap.standing.message) if gap.standing.message else ()
    several = len(gap.category.windows) > 1
    box = gap.mailbox
    return Item(
        category=gap.category.name,
        window=gap.window.name if gap.window and several else "",
        until=until(gap, speech),
        left=left(gap, speech),
        late=late(gap, speech),
        missing=gap.standing.state == "missing",
        received=_received(gap, speech),
        faults=titles(found, gap, speech.language),
        points=tuple(_point(fault, speech.language) for fault in found),
        parts=tuple(wanted(part, speech.language) for part in gap.category.parts),
        address=box.address,
        department=box.department,
        phone=box.phone,
        subject=subject(gap, speech.now),
    )


def late(gap: Gap, speech: Speech) -> str:
    return gap.notice.late if gap.late(speech.now) else ""


def until(gap: Gap, speech: Speech) -> str:
    return moments.deadline(gap.due, gap.notice.zone, speech.language) if gap.due else ""


def left(gap: Gap, speech: Speech) -> str:
    """ "" when it is late. Whole days, but for the last two."""
    if gap.due is None or late(gap, speech):
        return ""
    span = gap.due - speech.now
    return moments.span(span if span < 2 * DAY else span // DAY * DAY, speech.language)


def subject(gap: Gap, now: datetime) -> str:
    """By the naming rule, as this unit would write it today."""
    day = calendar.local(now, gap.notice).date()
    claim = Claim(unit=gap.unit, category=gap.category, window=gap.window, date=day)
    return naming.write(claim, gap.notice)


def titles(found: Iterable[Fault], gap: Gap, language: Language) -> tuple[str, ...]:
    """Each rule once, by its title."""
    rules = (by_code(fault.code) for fault in found)
    said = (words_of(rule, gap.notice, language).title for rule in rules if rule)
    return tuple(dict.fromkeys(said))


def wanted(part: Part, language: Language) -> str:
    if part.min < 2:
        return part.title
    more = f"（至少 {part.min} 份）" if language == "zh" else f" (at least {part.min})"
    return part.title + more


def _point(fault: Fault, language: Language) -> str:
    """Sentences follow each other without a blank in Chinese."""
    between = "" if language == "zh" else " "
    return f"{quoted(fault.saw, 300)}{between}{quoted(fault.fix, 300)}".strip()


def _received(gap: Gap, speech: Speech) -> str:
    at = gap.standing.received
    return moments.moment(at, gap.notice.zone, speech.language) if at else ""


def rendered(name: str, language: Language, **context: object) -> str:
    """`name.zh.j2`, without the blank lines that blocks leave."""
    text = _templates().get_template(f"{name}.{language}.j2").render(**context)
    lines: list[str] = []
    for line in (line.rstrip() for line in text.strip().split("\n")):
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines) + "\n"


@cache
def _templates() -> "SandboxedEnvironment":
    """Plain text alone: nothing is escaped, and what strangers wrote is on one line already."""
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def contacts(found: Sequence[Gap]) -> tuple[tuple[str, str], ...]:
    """Whom to call: each department once, with its telephone."""
    boxes = (gap.mailbox for gap in found)
    return tuple(dict.fromkeys((box.department, box.phone) for box in boxes if box.phone))
