"""Who is to be reminded at this moment, of what, by which address; and who will be next."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from daemon.config import Config, Mailbox
from daemon.config.reminding import Schedule
from daemon.ledger import Ledger, Moment, Standing
from daemon.reminders.gap import Gap, by_unit, gaps
from daemon.reminders.recipients import recipients
from rules import calendar
from rules.reminding import fires, moments


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """One reminder: all that a unit has open, and the moments it answers.

    `to` is empty when nobody is known to write to; `box` is None when no mailbox can send.
    """

    gaps: tuple[Gap, ...]
    moments: tuple[Moment, ...]
    to: tuple[str, ...]
    box: Mailbox | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Coming:
    """A moment that lies ahead, and how many units it would be about as things stand."""

    at: datetime
    category: str
    window: str
    units: int


def scheduled(config: Config, standings: Sequence[Standing], now: datetime) -> tuple[Gap, ...]:
    """What is open in categories that are reminded of at all."""
    found = gaps(standings, config.notices, now)
    return tuple(gap for gap in found if any(_schedules(gap, config)))


def plans(config: Config, ledger: Ledger, now: datetime) -> tuple[Plan, ...]:
    """Every reminder that is due now, with those that nobody can be sent. Empty before go_live."""
    if not config.reminders or (config.go_live and now < config.go_live):
        return ()
    standings = ledger.status()
    found = scheduled(config, standings, now)
    answered = _answered(ledger, found)
    written = _written_today(ledger, found, now)
    forgotten = ledger.restored_at()
    due = (
        (owed, tuple(m for m in _now(owed, config, now, forgotten) if m not in answered))
        for owed in by_unit(found)
        if _room(config, written.get((owed[0].notice.id, owed[0].unit.name), 0))
    )
    senders = _Senders(config, ledger, standings)
    return tuple(senders.plan(owed, fired) for owed, fired in due if fired)


def coming(config: Config, found: Iterable[Gap], now: datetime) -> tuple[Coming, ...]:
    """The moments ahead of these gaps, the next first."""
    ahead: dict[tuple[datetime, str, str], int] = {}
    for gap in found:
        for _, at in _moments(gap, config):
            if at > now:
                key = (at, gap.category.name, gap.standing.window)
                ahead[key] = ahead.get(key, 0) + 1
    rows = sorted(ahead.items())
    return tuple(Coming(at=at, category=c, window=w, units=n) for (at, c, w), n in rows)


@dataclass(frozen=True)
class _Senders:
    config: Config
    ledger: Ledger
    standings: Sequence[Standing]

    def plan(self, owed: tuple[Gap, ...], fired: tuple[Moment, ...]) -> Plan:
        first = next(gap for gap in owed if gap.place == fired[0].place)
        return Plan(gaps=owed, moments=fired, to=self._to(first), box=sender(first, self.config))

    def _to(self, gap: Gap) -> tuple[str, ...]:
        of_unit = (
            s for s in self.standings if (s.notice, s.unit) == (gap.notice.id, gap.unit.name)
        )
        ours = own(self.config)
        return recipients(gap.unit, of_unit, dead=self.ledger.caps.dead, ours=ours)


def sender(gap: Gap, config: Config) -> Mailbox | None:
    """The mailbox of the category; where that one cannot send, the first that can."""
    can = [box for box in config.mailboxes if box.smtp or box.outbox]
    return next((box for box in can if box.name == gap.category.mailbox), can[0] if can else None)


def own(config: Config) -> Collection[str]:
    published = (box.address for notice in config.notices for box in notice.mailboxes)
    return frozenset(a.lower() for a in (*published, *(b.address for b in config.mailboxes)))


def _schedules(gap: Gap, config: Config) -> Iterator[Schedule]:
    return (s for s in config.reminders if s.covers(gap.notice.id, gap.category.name))


def _moments(gap: Gap, config: Config) -> Iterator[tuple[Moment, datetime]]:
    if gap.due is None:
        return
    for schedule in _schedules(gap, config):
        for days, at in moments(gap.due, schedule.before, schedule.after, schedule.at):
            yield Moment(place=gap.place, name=f"{gap.due.isoformat()} {days:+d}"), at


def _now(
    owed: Iterable[Gap], config: Config, now: datetime, forgotten: datetime | None
) -> Iterator[Moment]:
    """`forgotten`: until when a ledger that came out of a backup does not know what was sent."""
    for gap in owed:
        for moment, at in _moments(gap, config):
            if fires(at, now) and (forgotten is None or at > forgotten):
                yield moment


def _answered(ledger: Ledger, found: Iterable[Gap]) -> frozenset[Moment]:
    notices = {gap.notice.id for gap in found}
    return frozenset(m for notice in notices for m in ledger.reminders.answered(notice))


def _written_today(
    ledger: Ledger, found: Iterable[Gap], now: datetime
) -> Mapping[tuple[str, str], int]:
    """How often each unit was reminded since its notice's midnight."""
    counts: dict[tuple[str, str], int] = {}
    for notice in {gap.notice.id: gap.notice for gap in found}.values():
        here = calendar.local(now, notice)
        midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
        units = ledger.reminders.written(notice.id, midnight)
        counts |= {(notice.id, unit): count for unit, count in units.items()}
    return counts


def _room(config: Config, written: int) -> bool:
    most = config.reminding.per_unit_per_day
    return most == 0 or written < most
