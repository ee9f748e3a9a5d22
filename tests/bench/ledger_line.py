"""Every step of the line that asks the ledger or tells it something, one by one: for the clock
(`ledger_scale`), and for the query plans (`tests.daemon.ledger.test_plans`)."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count

from daemon.ledger import Asking, Entry, Key, Ledger, Limits
from rules.submission import Message
from rules.verdict import Status
from tests.daemon.ledger.entries import (
    UNITS,
    a_claim,
    a_draft,
    a_file,
    a_finding,
    a_submission,
    a_verdict,
    an_entry,
    at,
    digest,
)

Step = Callable[[], object]
GROUP = 32
MANY = 300  # messages that the steps with a message of their own may take


def letters(first: int, status: Status = Status.RETURNED) -> Iterator[Entry]:
    """Each of a unit of its own, with a file, a finding and a reply that waits."""
    for uid in count(first):
        unit = replace(UNITS[0], name=f"{UNITS[0].name}{uid}")
        submission = a_submission(a_file(f"{uid}.docx"), claim=a_claim(unit))
        letter = replace(submission.message, message_id=f"{uid}@x")
        findings = [a_finding()] if status is Status.RETURNED else []
        verdict = a_verdict(status, replace(submission, message=letter), findings)
        entry = an_entry(uid, verdict, sha256=digest(str(uid)), shelf=f"n/c/{unit.name}/2020-07-01")
        yield replace(entry, reply=a_draft(entry.key, to=f"{uid}@y"))


def fresh(ledger: Ledger) -> int:
    """A number above all that were given."""
    return max(ledger.newest("zuzhibu", "1"), 10**8) + 1


def of_a_pass(ledger: Ledger) -> dict[str, Step]:
    """What is asked for each message, and what is written. Each time of another message."""
    return {**_arriving(ledger), **_judging(ledger), **_recording(ledger), **_filing(ledger)}


def _arriving(ledger: Ledger) -> dict[str, Step]:
    n = count(200)
    return {
        "idle poll": lambda: ledger.pulses.read("zuzhibu", at(1)),
        "put off": lambda: ledger.skipped.of("zuzhibu", "", "1"),
        "newest": lambda: ledger.newest("zuzhibu", "1"),
        "known": lambda: ledger.known(_key(next(n))),
        "looks like": lambda: ledger.looks_like(200, 5000, at(1)),
        "by digest": lambda: ledger.by_digest("zuzhibu", digest(str(next(n)))),
    }


def _judging(ledger: Ledger) -> dict[str, Step]:
    n = count(200)
    claim, notice = a_claim(), a_claim().notice
    return {
        "same letter": lambda: ledger.same_letter(_key(5), Message(message_id=_new(n)), []),
        "before": lambda: ledger.before(claim),
        "mends no letter": lambda: ledger.before(claim, _asking(_new(n))),
        "refused": lambda: ledger.again.refused(claim),
        "mended": lambda: ledger.mended([f"r{next(n)}@x", "y@x"]),
        "answered by": lambda: ledger.answered_by([f"r{next(n)}@x", "y@x"]),
        "sightings": lambda: ledger.sightings([digest(_new(n)), digest(_new(n))]),
        "extended": lambda: ledger.extended(claim),
        "aliases": lambda: ledger.aliases.of(notice),
        "answered": lambda: ledger.caps.answered(_new(n), at(1)),
        "answered for": lambda: ledger.caps.answered_for(_new(n), notice),
        "dead": lambda: ledger.caps.dead(_new(n)),
        "written to": lambda: ledger.caps.written_to(_new(n), "zuzhibu", at(1)),
        "restored at": ledger.restored_at,
    }


def _recording(ledger: Ledger) -> dict[str, Step]:
    made = letters(fresh(ledger))

    def together() -> None:
        with ledger.together():
            for _ in range(GROUP):
                ledger.record(next(made))

    return {
        "record": lambda: ledger.record(next(made)),
        f"record {GROUP} together": together,
        "unfinished": lambda: ledger.skipped.unfinished(_key(5), at(1)),
        "settle": lambda: ledger.skipped.settle(_key(5)),
    }


def _filing(ledger: Ledger) -> dict[str, Step]:
    first = fresh(ledger) + 10**7
    made = letters(first, Status.ACCEPTED)
    with ledger.together():
        rows = [ledger.record(next(made)) for _ in range(MANY)]
    owed, filed = iter(rows), iter(rows)
    return {
        "owed to the library": lambda: ledger.filings.of(next(owed)),
        "filed": lambda: ledger.filings.filed(next(filed), at(1)),
        "withdrawn": ledger.filings.withdrawn,
    }


def of_the_outbox(ledger: Ledger) -> dict[str, Step]:
    n = count()

    def go() -> None:
        reply = ledger.replies.due("zuzhibu", at(1))
        assert reply is not None
        assert ledger.replies.sending(reply.id, at(1))
        ledger.replies.sent(reply.id, at(1))

    return {
        "replies due": lambda: ledger.replies.due("zuzhibu", at(1)),
        "own mail due": lambda: ledger.dispatches.due("zuzhibu", at(1)),
        "paused": lambda: ledger.caps.paused("zuzhibu"),
        "full until": lambda: ledger.caps.full_until("zuzhibu", at(1), Limits()),
        "heard until": lambda: ledger.caps.heard_until(f"{next(n)}@z", at(1), Limits()),
        "a reply goes": go,
    }


def _asking(sender: str) -> Asking:
    """Of somebody new, under the subject that everybody has."""
    return Asking(letter=Message(sender=sender, subject="农学院党委+战疫故事汇"))


def _key(uid: int) -> Key:
    return Key(mailbox="zuzhibu", uidvalidity="1", uid=uid)


def _new(numbers: Iterator[int]) -> str:
    return f"{digest(str(next(numbers)))[:12]}@x"
