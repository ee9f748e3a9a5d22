"""A mail that mends an earlier one: where it belongs, when its own subject does not say."""

from dataclasses import dataclass, replace
from datetime import datetime

from rules import naming
from rules.calendar import window_for
from rules.notice import Category, Notice, Unit, Window
from rules.submission import Claim, Day


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where an earlier message was put: names of the notice, "" where it was not known."""

    notice: str = ""
    unit: str = ""
    category: str = ""
    window: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mended(Place):
    """Where the message was put that is mended; `amiss`: its subject was at fault."""

    amiss: bool = False


def inherit(claim: Claim, place: Mended, notice: Notice) -> Claim:
    """What the subject leaves open is taken from the mended message; what it says stands.

    The window is always the mended one's, as long as unit and category do not differ: a reply to
    ours must not fall into the next window because it took a month.
    """
    if place.notice != notice.id:
        return claim
    unit = claim.unit or _unit(notice, place.unit)
    category = claim.category or _category(notice, place.category)
    names = (unit.name if unit else "", category.name if category else "")
    mended = (place.unit, place.category)
    # What we could not put anywhere is mended by a subject that tells it all.
    whole = all(mended) or naming.complete(claim, notice)
    agree = all(new and old in {"", new} for new, old in zip(names, mended, strict=True))
    window = _window(category, place.window) if agree else None
    if claim.window_text and window and window != claim.window:  # 第二批, in answer to the first
        agree, window = False, None
    return replace(
        claim,
        unit=unit,
        category=category,
        window=window or claim.window,
        mends=agree and whole,
        righted=agree and place.amiss and naming.complete(claim, notice),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Correction:
    """What a person put right in a claim: names of the notice, "" where the subject stands."""

    unit: str = ""
    category: str = ""
    window: str = ""
    date: Day | None = None


def correct(claim: Claim, right: Correction, notice: Notice, at: datetime | None) -> Claim:
    """The claim as a person put it right; `at`, the instant of arrival, tells the window where the
    category is another one and no window is named."""
    unit = _unit(notice, right.unit) or claim.unit
    category = _category(notice, right.category) or claim.category
    moved = category is not None and category != claim.category
    window = window_for(category, notice, at) if category and moved else claim.window
    window = _window(category, right.window) or window
    day = right.date or claim.date
    if (unit, category, window, day) == (claim.unit, claim.category, claim.window, claim.date):
        return claim
    return replace(
        claim,
        unit=unit,
        category=category,
        window=window,
        date=day,
        date_text=right.date.isoformat() if right.date else claim.date_text,
        proposals=() if unit else claim.proposals,
        deviations=(),
    )


def _unit(notice: Notice, name: str) -> Unit | None:
    return next((u for u in notice.roster if u.name == name), None)


def _category(notice: Notice, name: str) -> Category | None:
    return next((c for c in notice.categories if c.name == name), None)


def _window(category: Category | None, name: str) -> Window | None:
    windows = category.windows if category else ()
    return next((w for w in windows if w.name == name), None)
