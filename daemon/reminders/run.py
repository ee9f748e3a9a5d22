"""Reminders that are due, written down for the outbox; the same ones for a person to look at."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from daemon.config import Config, Mailbox
from daemon.ledger import Ledger, Mail
from daemon.reminders.item import Speech
from daemon.reminders.letter import Envelope, Letter, identity, reminder, written
from daemon.reminders.plan import Plan, plans
from rules import calendar


@dataclass(frozen=True, kw_only=True, slots=True)
class Preview:
    """A reminder as it would go out now. `letter` is None when no mailbox can send it."""

    plan: Plan
    letter: Letter | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Reminding:
    """What is written to units that still owe something, driven by the matrix."""

    config: Config
    ledger: Ledger

    def __call__(self, now: datetime) -> int:
        """Write down what is due; how many units are reminded. Raises Unavailable.

        Each is one transaction, so a crash leaves whole reminders alone. What is above the cap
        of a run is written by the next one.
        """
        if self.config.replies.mode == "off":
            return 0
        ready = [plan for plan in plans(self.config, self.ledger, now) if plan.to and plan.box]
        most = self.config.reminding.per_run or len(ready)
        return sum(self._write(plan, now) for plan in ready[:most])

    def preview(self, now: datetime) -> Iterator[Preview]:
        for plan in plans(self.config, self.ledger, now):
            letter = reminder(plan.gaps, self.speech(now), plan.box) if plan.box else None
            yield Preview(plan=plan, letter=letter)

    def speech(self, now: datetime) -> Speech:
        return Speech(language=self.config.language, now=now, faults=self.ledger.reminders.faults)

    def _write(self, plan: Plan, now: datetime) -> bool:
        assert plan.box is not None
        letter = reminder(plan.gaps, self.speech(now), plan.box)
        mails = [self._mail(plan, letter, (plan.box, to), now) for to in plan.to]
        return self.ledger.reminders.write(mails, plan.moments, now)

    def _mail(self, plan: Plan, letter: Letter, way: tuple[Mailbox, str], now: datetime) -> Mail:
        (box, to), first = way, plan.gaps[0]
        about = (
            first.notice.id,
            first.unit.name,
            *(f"{m.place.category} {m.place.window} {m.name}" for m in plan.moments),
            *(f"{gap.place.category} {gap.place.window}" for gap in plan.gaps),
            to,
        )
        message_id = identity("reminder", box, *about)
        at = calendar.local(now, first.notice)
        envelope = Envelope(kind="reminder", box=box, to=to, message_id=message_id, at=at)
        return Mail(
            kind="reminder",
            mailbox=box.name,
            message_id=message_id,
            to=to,
            subject=letter.subject,
            raw=written(letter, envelope),
            approval=self.config.replies.mode == "approve",
            notice=first.notice.id,
            unit=first.unit.name,
            places=tuple(gap.place for gap in plan.gaps),
        )
