"""Subject ⇄ Claim, by the notice's naming rule.

`claim` reads every field wherever it stands; its `deviations` say how the writing differs from
the rule. `write` fills the rule: `claim(write(c))` names the same unit, category and date.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from rules import dates, roster, subjectline
from rules.calendar import window_for
from rules.dates import Written
from rules.notice import Category, Notice, Unit, Window
from rules.submission import Claim
from rules.template import called, template_of
from rules.traditional import simplified

_LONGEST = 1000  # characters; a longer subject is read to here
_DATELIKE = re.compile(
    r"(?<!第)(?<!\d)\d[\d./\- 年月日号]+[\d年月日号]"
    r"|(?<![^\W_])(?:[今昨明前][天日]|\w{1,6}[日号月旬])(?![^\W_])"
)
_PROPOSED = 60  # characters of a name that are compared with the roster


@dataclass(frozen=True, kw_only=True, slots=True)
class _Found:
    """The fields of one subject, each with its place in the line."""

    line: subjectline.Line
    dates: tuple[Written, ...]
    hits: tuple[subjectline.Hit, ...]
    fields: tuple[subjectline.Hit, ...]  # those that are a field of the line and nothing else
    named: subjectline.Named
    batch: str

    @property
    def unit(self) -> Unit | None:
        return self.named.units[0] if len(self.named.units) == 1 else None

    @property
    def category(self) -> Category | None:
        return self.hit.category if self.hit else None

    @property
    def hit(self) -> subjectline.Hit | None:
        """Where the category is named. Of several the one decides that is a field of its own:
        titles speak of the others."""
        for hits in (self.hits, self.fields):
            if len({hit.category.name for hit in hits}) == 1:
                return hits[0]
        return None

    @property
    def date(self) -> Written | None:
        """Of several the real and fullest one, and of those the last."""
        return max(
            self.dates, key=lambda w: (w.date is not None, len(w.text), w.start), default=None
        )


def claim(subject: str, notice: Notice, *, at: datetime | None = None) -> Claim:
    """What the subject says; `at`, the instant of arrival, tells the window. Never raises."""
    found = _find(subject, notice)
    unit, category, written = found.unit, found.category, found.date
    told = _told_window(category, found.batch)
    read = Claim(
        notice=notice.id,
        unit=unit,
        category=category,
        window=told or (window_for(category, notice, at) if category else None),
        date=written.date if written else None,
        unit_text=found.named.text,
        category_text="、".join(hit.text for hit in found.hits),
        date_text=written.text if written else _unread_date(found),
        window_text=found.batch if told else "",
        proposals=() if unit else _proposals(found.named, notice),
    )
    if complete(read, notice):
        odd = tuple(_deviations(read, found, notice))
        return replace(read, deviations=odd) if odd else read
    return _sorted_out(read, found)


def write(claim: Claim, notice: Notice) -> str:
    """The subject by the rule; the notice's own words stand where something is not known."""
    return template_of(claim.category, notice).fill(
        unit=claim.unit.name if claim.unit else notice.unit_word,
        category=claim.category.name if claim.category else notice.category_word,
        date=f"{claim.date:%Y%m%d}" if claim.date else notice.date_word,
    )


def pattern(category: Category | None, notice: Notice) -> str:
    """The rule in the notice's words: 二级党组织+类别+报送日期."""
    return write(Claim(category=category), notice)


def complete(claim: Claim, notice: Notice) -> bool:
    """Every field that the rule asks for is there and unambiguous."""
    dated = claim.date is not None or not wants_date(claim.category, notice)
    return claim.unit is not None and claim.category is not None and dated


def whole(subject: str, notice: Notice) -> bool:
    """Whether that would be read of this subject."""
    found = _find(subject, notice)
    day = found.date.date if found.date else None
    return complete(Claim(unit=found.unit, category=found.category, date=day), notice)


def wants_date(category: Category | None, notice: Notice) -> bool:
    return "date" in template_of(category, notice).fields


def choose(subject: str, notices: Sequence[Notice], mailbox: str = "") -> Notice:
    """The notice that this subject fits best, else the first. `notices` is not empty."""

    def fit(notice: Notice) -> tuple[int, bool]:
        found = _find(subject, notice)
        known = 2 * (found.category is not None) + (found.unit is not None)
        return known, notice.mailbox(mailbox) is not None

    return notices[0] if len(notices) == 1 else max(notices, key=fit)


def _find(subject: str, notice: Notice) -> _Found:
    return _found(subject[:_LONGEST], notice)


# A subject is read for its notice and its claim, a proposed one for a rule's words and for the
# letter: 0.05 ms each time.
@lru_cache(maxsize=32)
def _found(subject: str, notice: Notice) -> _Found:
    line = subjectline.wash(subject)
    when = dates.find(line.text, notice.year)
    rest = subjectline.blank(line.text, ((w.start, w.end) for w in when))
    hits = subjectline.categories(rest, notice)
    fields = subjectline.alone(hits, rest)
    rest = subjectline.blank(rest, ((hit.start, hit.end) for hit in hits))
    return _Found(
        line=line,
        dates=when,
        hits=hits,
        fields=fields,
        named=subjectline.unit(rest, notice),
        batch=subjectline.batch(rest, notice),
    )


def _told_window(category: Category | None, batch: str) -> Window | None:
    """The window that is called so, where the category has several."""
    windows = category.windows if category and batch else ()
    wanted = subjectline.ordinal(batch)
    named = [w for w in windows if wanted and subjectline.ordinal(w.name) == wanted]
    return named[0] if len(windows) > 1 and len(named) == 1 else None


def _unread_date(found: _Found) -> str:
    """What stands where a date would, and is none: 2020, 20.13.1, 今天. "" where nothing does."""
    rest = subjectline.blank(found.line.text, ((hit.start, hit.end) for hit in found.hits))
    said = _DATELIKE.search(rest) if found.hits else None
    return said[0].strip() if said else ""


def _proposals(named: subjectline.Named, notice: Notice) -> tuple[str, ...]:
    if named.units:  # several at once
        return tuple(unit.name for unit in named.units)
    joint = roster.mentioned(named.text, notice, roster.NO_MERE_WORD)
    if len(joint) > 1:  # 农学院与园艺学院联合党支部: none of them is nearer
        return tuple(unit.name for unit in notice.roster if unit in joint)[:3]
    near = [roster.propose(word[:_PROPOSED], notice) for word in (named.text, *named.extra[:4])]
    return tuple(dict.fromkeys(name for names in near for name in names))[:3]


def _sorted_out(read: Claim, found: _Found) -> Claim:
    """Tell an unknown name from no name at all, where the words that are left allow it."""
    left = found.named.extra
    if read.category_text:
        return read
    if read.unit:
        own = found.named.text.split("、")  # a word that holds the unit tells no category
        left = tuple(word for word in left if word not in own)
        return replace(read, category_text=" ".join(left))
    # Two words and a date: written by the rule, and yet neither is known.
    shaped = bool(found.dates) and len(left) == 2
    unit_text, category_text = left if shaped else ("", "")
    return replace(read, unit_text=unit_text, category_text=category_text)


def _deviations(read: Claim, found: _Found, notice: Notice) -> Iterator[str]:
    yield from (m for m in found.line.marks if m != "letters" or _simplified(read, notice))
    if _to_the_letter(found.line.plain, read, notice):
        return
    if found.line.text != found.line.plain:
        yield "quotes"
    if _to_the_letter(found.line.text, read, notice):
        return
    yield from _loose(read, found, notice)


def _simplified(read: Claim, notice: Notice) -> bool:
    own = write(read, notice)
    return own == simplified(own)


def _loose(read: Claim, found: _Found, notice: Notice) -> Iterator[str]:
    fields = template_of(read.category, notice).order
    assert found.hit is not None, "the fields are all there"
    places = {"unit": found.named.start, "category": found.hit.start}
    places |= {"date": found.date.start} if found.date else {}
    order = [places[field] for field in fields if field in places]
    loose = {
        "date": "date" in places and "date" not in fields,
        "words": bool(found.named.extra),
        "order": order != sorted(order),
    }
    yield from (name for name, is_so in loose.items() if is_so)
    if not any(loose.values()):
        yield "separators"


def _to_the_letter(written: str, read: Claim, notice: Notice) -> bool:
    """By the rule, with the unit and the category under any of their names."""
    template = template_of(read.category, notice)
    units = roster.names(read.unit) if read.unit else ()
    kinds = tuple(called(read.category, notice)) if read.category else ()
    filled = (
        template.fill(unit=unit, category=kind, date=read.date_text)
        for unit in units
        for kind in kinds
    )
    return any(subjectline.wash(text).plain == written for text in filled)
