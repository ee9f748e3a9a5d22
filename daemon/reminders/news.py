"""What staff should hear about one day of their mailboxes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from daemon.config import Config
from daemon.config.settings import Digest
from daemon.ledger import Alarm, Dispatch, Filter, Ledger, Line, Waiting
from daemon.reminders.gap import Gap, gaps
from daemon.reminders.item import Speech, left, until

DAY = timedelta(days=1)
SHOWN = 20  # of each list; the pages have them all
Mails = tuple[Waiting | Dispatch, ...]
STATUSES = ("accepted", "returned", "held", "ignored")


@dataclass(frozen=True, kw_only=True, slots=True)
class Closing:
    """A category that closes soon, and who is missing or has something to mend."""

    category: str
    window: str
    until: str
    left: str
    missing: tuple[str, ...]
    faulty: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class News:
    """`new` counts the day's mail by status; `held` and `failed` are all that wait now."""

    since: datetime
    new: dict[str, int]
    returned: tuple[Line, ...]
    held: tuple[Line, ...]
    held_in_all: int
    failed: Mails
    approvals: int
    closing: tuple[Closing, ...]
    alarms: tuple[Alarm, ...]

    @property
    def total(self) -> int:
        return sum(self.new.values())

    def __bool__(self) -> bool:
        """False: nothing happened, and nothing waits for anybody."""
        waits = (self.held, self.failed, self.approvals, self.closing, self.alarms)
        return bool(self.total or any(waits))


def news(digest: Digest, config: Config, ledger: Ledger, now: datetime) -> News:
    """The last 24 hours, and what is open. Raises Unavailable."""
    boxes = frozenset({digest.mailbox}) if digest.mailbox else None
    since = now - DAY
    day = Filter(since=since, until=now, mailboxes=boxes)
    held = Filter(status="held", mailboxes=boxes)
    failed: Mails = (*ledger.drafts.listing("failed"), *ledger.dispatches.in_state("failed"))
    waiting: Mails = (*ledger.drafts.listing("waiting"), *ledger.dispatches.in_state("waiting"))
    return News(
        since=since,
        new={s: ledger.browse.count(_with(day, s)) for s in STATUSES},
        returned=ledger.browse.page(_with(day, "returned"), size=SHOWN),
        held=ledger.browse.page(held, size=SHOWN),
        held_in_all=ledger.browse.count(held),
        failed=_of(failed, digest),
        approvals=sum(mail.held for mail in _of(waiting, digest)),
        closing=tuple(_closing(digest, config, ledger, now)),
        alarms=tuple(a for a in ledger.alarms.all() if a.over is None and _concerns(a, digest)),
    )


def _with(wanted: Filter, status: str) -> Filter:
    return Filter(status=status, since=wanted.since, until=wanted.until, mailboxes=wanted.mailboxes)


def _of(mails: Mails, digest: Digest) -> Mails:
    return tuple(mail for mail in mails if digest.mailbox in {"", mail.mailbox})


def _concerns(alarm: Alarm, digest: Digest) -> bool:
    """Alarms of the whole house (a full disk) have no mailbox, and concern everybody."""
    return not digest.mailbox or alarm.subject in {"", digest.mailbox}


def _closing(digest: Digest, config: Config, ledger: Ledger, now: datetime) -> Iterable[Closing]:
    speech = Speech(language=config.language, now=now, faults=ledger.reminders.faults)
    groups: dict[tuple[str, str, str, datetime | None], list[Gap]] = {}
    for gap in gaps(ledger.status(), config.notices, now):
        mine = digest.mailbox in {"", gap.category.mailbox}
        if mine and gap.due is not None and now < gap.due <= now + digest.ahead:
            key = (gap.notice.id, gap.category.name, gap.standing.window, gap.due)
            groups.setdefault(key, []).append(gap)
    return (_soon(found, speech) for found in groups.values())


def _soon(found: Sequence[Gap], speech: Speech) -> Closing:
    first = found[0]
    return Closing(
        category=first.category.name,
        window=first.standing.window if len(first.category.windows) > 1 else "",
        until=until(first, speech),
        left=left(first, speech),
        missing=tuple(g.unit.name for g in found if g.standing.state == "missing"),
        faulty=tuple(g.unit.name for g in found if g.standing.state != "missing"),
    )
