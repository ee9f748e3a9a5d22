"""What is wrong at this moment. Pure: facts in, conditions out."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from daemon.config.settings import Alarm
from daemon.ledger import Backlog, Pulse, Waits

EASE = 10  # percent by which room and quota must be better before the alarm is over: no flapping
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

    `bounds` are the configuration's; `said` writes an instant as the office reads it.
    """

    now: datetime
    bounds: Alarm
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
    elif facts.now - since > facts.bounds.after:
        yield Condition(kind="silence", subject=pulse.mailbox, words=words)


def _quota(pulse: Pulse, facts: Facts) -> Iterator[Condition]:
    if pulse.quota is None or not pulse.quota[1]:
        return
    used, limit = pulse.quota
    ease = EASE if ("quota", pulse.mailbox) in facts.raised else 0
    if used * 100 > limit * max(facts.bounds.quota - ease, 0):
        words = {"percent": used * 100 // limit, "mib": limit >> 20}
        yield Condition(kind="quota", subject=pulse.mailbox, words=words)


def _expiry(pulse: Pulse, facts: Facts) -> Iterator[Condition]:
    if pulse.expires is not None and pulse.expires - facts.now < EXPIRY:
        words = {"expires": facts.said(pulse.expires)}
        yield Condition(kind="expiry", subject=pulse.mailbox, words=words)


def _disk(facts: Facts) -> Iterator[Condition]:
    room = facts.bounds.disk
    ease = EASE if ("disk", "") in facts.raised else 0
    if facts.free * 100 < room * (100 + ease):
        yield Condition(kind="disk", words={"room": f"{room / (1 << 30):.3g}"})


def _queue(facts: Facts) -> Iterator[Condition]:
    for waits in facts.backlog.unsent:
        if facts.now - waits.oldest > facts.bounds.queue:
            words = {"since": facts.said(waits.oldest)}
            yield Condition(kind="queue", subject=waits.mailbox, words=words)


def _waiting(kind: str, backlog: tuple[Waits, ...], facts: Facts) -> Iterator[Condition]:
    for waits in backlog:
        words: Words = {"count": waits.count, "since": facts.said(waits.oldest)}
        yield Condition(kind=kind, subject=waits.mailbox, words=words)
