"""What is wrong at this moment. Pure: facts in, conditions out."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from daemon.ledger import Backlog, Pulse, Waits

ROOM = 3 << 30  # bytes: one video of 2 GB is spooled, and decoded beside it
FULL = 0.9  # of a mailbox's quota
EASE = 0.1  # room and quota must be better by this much before the alarm is over: no flapping
QUEUE = timedelta(hours=2)
EXPIRY = timedelta(days=7)

Words = Mapping[str, str | int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Condition:
    """`subject` is the mailbox, "" for the whole machine; `words` fill the sentence of its kind."""

    kind: str
    subject: str = ""
    words: Words = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """`free` bytes on the disk of the state folder; `raised` (kind, subject) of the alarms now.

    `said` writes an instant as the office reads it.
    """

    now: datetime
    after: timedelta
    pulses: tuple[Pulse, ...]
    backlog: Backlog
    free: int
    raised: frozenset[tuple[str, str]]
    said: Callable[[datetime], str]


def conditions(facts: Facts) -> Iterator[Condition]:
    for pulse in facts.pulses:
        yield from _answers(pulse, facts)
        yield from _quota(pulse, facts)
        yield from _expiry(pulse, facts)
    yield from _disk(facts)
    yield from _queue(facts)
    yield from _waiting("failed", facts.backlog.failed, facts)
    yield from _waiting("held", facts.backlog.held, facts)


def _answers(pulse: Pulse, facts: Facts) -> Iterator[Condition]:
    """A refused login is told at once, and then not as silence, too."""
    since = pulse.read_at or pulse.failing_since
    if since is None:
        return
    words = {"since": facts.said(since), "error": pulse.error}
    if pulse.refused:
        yield Condition(kind="login", subject=pulse.mailbox, words=words)
    elif facts.now - since > facts.after:
        yield Condition(kind="silence", subject=pulse.mailbox, words=words)


def _quota(pulse: Pulse, facts: Facts) -> Iterator[Condition]:
    if pulse.quota is None or not pulse.quota[1]:
        return
    used, limit = pulse.quota
    raised = ("quota", pulse.mailbox) in facts.raised
    if used > limit * (FULL - EASE if raised else FULL):
        words = {"percent": used * 100 // limit, "mib": limit >> 20}
        yield Condition(kind="quota", subject=pulse.mailbox, words=words)


def _expiry(pulse: Pulse, facts: Facts) -> Iterator[Condition]:
    if pulse.expires is not None and pulse.expires - facts.now < EXPIRY:
        words = {"expires": facts.said(pulse.expires)}
        yield Condition(kind="expiry", subject=pulse.mailbox, words=words)


def _disk(facts: Facts) -> Iterator[Condition]:
    raised = ("disk", "") in facts.raised
    if facts.free < ROOM * (1 + EASE if raised else 1):
        yield Condition(kind="disk", words={"room": f"{ROOM / (1 << 30):.0f}"})


def _queue(facts: Facts) -> Iterator[Condition]:
    for waits in facts.backlog.unsent:
        if facts.now - waits.oldest > QUEUE:
            words = {"since": facts.said(waits.oldest)}
            yield Condition(kind="queue", subject=waits.mailbox, words=words)


def _waiting(kind: str, backlog: tuple[Waits, ...], facts: Facts) -> Iterator[Condition]:
    for waits in backlog:
        words: Words = {"count": waits.count, "since": facts.said(waits.oldest)}
        yield Condition(kind=kind, subject=waits.mailbox, words=words)
