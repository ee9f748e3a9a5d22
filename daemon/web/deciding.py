"""What the forms of the acts offer, and what the office's people may do here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from rules import naming
from rules.catalogue import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from daemon.ledger import Act, Detail, Person, Place
    from daemon.web.desk import Desk
    from rules.notice import Notice

FINISHED = {"sent", "failed"}  # replies that can be sent again


@dataclass(frozen=True, slots=True)
class Slot:
    """A category with one of its windows, as a form offers it. `value` is what the form sends."""

    category: str
    window: str

    @property
    def value(self) -> str:
        return f"{self.category}\n{self.window}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Deciding:
    """`seen` is the last event of the message: an act that comes after another one is refused.

    `wrote` is what the sender called the unit, where it is not known.
    """

    message: int
    seen: int
    status: str
    may: bool
    known: bool
    decided: bool
    selected: bool
    answered: str
    revive: str
    wrote: str
    units: tuple[str, ...]
    slots: tuple[Slot, ...]
    rules: tuple[tuple[str, str], ...]
    acts: tuple[Act, ...]
    place: str


def deciding(desk: Desk, person: Person, detail: Detail) -> Deciding | None:
    """None where nothing is decided: automatic mail."""
    letter, ledger = detail.letter, desk.ledger
    if letter.status == "ignored":
        return None
    notice = notice_of(desk, letter.notice)
    claim = naming.claim(letter.subject, notice) if notice else None
    known = ledger.again.find(letter.id)
    answer = detail.reply
    return Deciding(
        message=letter.id,
        seen=ledger.acts.seen(letter.id),
        status=letter.status,
        may=person.acts_on(letter.mailbox),
        known=bool(letter.unit and letter.category),
        decided=known is not None and known.decided is not None,
        selected=ledger.selections.has(letter.id),
        answered=answer.state if answer and answer.state in FINISHED else "",
        revive=ledger.caps.dead(answer.to) if answer else "",
        wrote=claim.unit_text if claim and not letter.unit else "",
        units=tuple(unit.name for unit in notice.roster) if notice else (),
        slots=tuple(_slots(notice)),
        rules=tuple((rule.code, rule.words(desk.language).title) for rule in RULES),
        acts=ledger.acts.of(letter.id),
        place=address(letter.place) if letter.unit and letter.category else "",
    )


def notice_of(desk: Desk, notice: str) -> Notice | None:
    return next((n for n in desk.config.notices if n.id == notice), None)


def address(place: Place) -> str:
    """The page of a place."""
    names = {"notice": place.notice, "unit": place.unit, "category": place.category}
    return f"/places?{urlencode({**names, 'window': place.window})}"


def _slots(notice: Notice | None) -> Iterator[Slot]:
    for category in notice.categories if notice else ():
        for window in category.windows:
            yield Slot(category.name, window.name)
        if not category.windows:
            yield Slot(category.name, "")
