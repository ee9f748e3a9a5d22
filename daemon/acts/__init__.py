"""What staff do to submissions: each act is a row of the ledger with its reason and its undo.

Everything slow (reading, judging, writing a reply) comes first and changes nothing; then one
transaction does the whole act, or nothing of it. The library and the outbox follow what the ledger
says, as they do for the rules' own verdicts.
"""

from dataclasses import dataclass
from datetime import datetime

from daemon.acts import claims, letters, places, selecting, undoing, verdicts
from daemon.acts.desk import Desk
from daemon.acts.hand import Done, Hand, Overtaken, Refused
from daemon.acts.verdicts import Faults
from daemon.ledger import Place
from daemon.poll import Poll
from rules.mending import Correction

__all__ = ["Acts", "Correction", "Done", "Faults", "Hand", "Overtaken", "Place", "Refused"]


@dataclass(frozen=True, slots=True)
class Acts:
    """Every method raises Refused, with words for the person, when it cannot be done; Overtaken
    when somebody else was first; Unavailable when the world fails. Then nothing is changed."""

    line: Poll

    def accept(self, message: int, hand: Hand) -> Done:
        """Held or returned → accepted. It is filed; a receipt is written where there are any."""
        return verdicts.accept(self._desk, message, hand)

    def return_(self, message: int, hand: Hand, faults: Faults) -> Done:
        """Any → returned, with a reply that says why."""
        return verdicts.return_(self._desk, message, hand, faults)

    def correct(self, message: int, hand: Hand, right: Correction, *, reply: bool = False) -> Done:
        """Put unit, category, window or date right; the rules judge again, unless a person has
        decided. `reply`: the sender is told the new verdict, even if they had one."""
        return claims.correct(self._desk, message, hand, right, reply=reply)

    def alias(self, message: int, hand: Hand, new: tuple[str, str], *, reply: bool = False) -> Done:
        """`new`: the unit's name on the roster, and what this message calls it. Known from now on;
        this message is judged again."""
        return claims.alias(self._desk, message, hand, new, reply=reply)

    def rejudge(self, message: int, hand: Hand, *, reply: bool = False) -> Done:
        """By the notice as it is now. Done.act is None when nothing has changed."""
        return claims.rejudge(self._desk, message, hand, reply=reply)

    def rejudge_all(
        self, notice: str, hand: Hand, *, after: int = 0, mailboxes: frozenset[str] | None = None
    ) -> tuple[list[Done], int | None]:
        """The next twenty held and returned messages behind `after` that no person has decided on:
        what came of each, and the `after` to go on with; None at the end."""
        return claims.rejudge_all(self._desk, notice, hand, after=after, mailboxes=mailboxes)

    def waive(self, place: Place, hand: Hand) -> Done:
        return places.waive(self._desk, place, hand)

    def not_applicable(self, place: Place, hand: Hand) -> Done:
        return places.waive(self._desk, place, hand, applies=False)

    def extend(self, place: Place, hand: Hand, until: datetime) -> Done:
        """`until` is the first instant that is too late."""
        return places.extend(self._desk, place, hand, until)

    def resend(self, message: int, hand: Hand, *, revive: bool = False) -> Done:
        return letters.resend(self._desk, message, hand, revive=revive)

    def select(self, message: int, hand: Hand, *, on: bool = True) -> Done:
        """遴选: mark accepted material as selected, or take the mark away."""
        return selecting.select(self._desk, message, hand, on=on)

    def undo(self, act: int, hand: Hand) -> Done:
        """Put back what was there before. What has gone by mail stays gone, and is named."""
        return undoing.undo(self._desk, act, hand)

    @property
    def _desk(self) -> Desk:
        return Desk(self.line)
