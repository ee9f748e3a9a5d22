"""A transport that does as it is told, a clock that is pushed, an outbox of both."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random

from daemon.errors import Unavailable
from daemon.ledger import Ledger, Queued
from daemon.outbox import Limits, Outbox, Transport
from tests.daemon.ledger.entries import NOON, a_draft, an_entry


@dataclass
class Clock:
    at: datetime = NOON

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **time: float) -> None:
        self.at += timedelta(**time)


@dataclass
class Wire:
    """A transport that does what the test says: `answers` come first, then all goes well."""

    answers: list[Exception | None] = field(default_factory=list)
    closed: Unavailable | None = None
    sent: list[Queued] = field(default_factory=list)
    opened: int = 0

    def open(self) -> None:
        if self.closed:
            raise self.closed
        self.opened += 1

    def send(self, reply: Queued) -> None:
        answer = self.answers.pop(0) if self.answers else None
        if answer:
            raise answer
        self.sent.append(reply)

    def close(self) -> None:
        """Nothing to close."""


def an_outbox(ledger: Ledger, transport: Transport, clock: Clock, **limits: int) -> Outbox:
    roomy = {"per_sender_per_day": 0, "per_mailbox_per_day": 0}
    return Outbox(
        ledger=ledger,
        queue=ledger.replies,
        mailbox="zuzhibu",
        transport=transport,
        clock=clock,
        limits=Limits(**(roomy | limits)),
        rng=Random(1),
    )


def replies(ledger: Ledger, count: int, to: str = "zhang@example.com", first: int = 1) -> None:
    for uid in range(first, first + count):
        entry = an_entry(uid)
        ledger.record(replace(entry, reply=a_draft(entry.key, to)))


def states(ledger: Ledger) -> list[tuple[str, int]]:
    return [(m["reply"]["state"], m["reply"]["attempts"]) for m in ledger.messages()]
