"""Which replies go out, when, and how often."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from daemon.errors import Unavailable
from daemon.ledger import Event, Ledger, Queued
from daemon.outbox import Barred, Maildir, Postponed, Refused
from tests.daemon.ledger.entries import NOON, a_draft, a_ledger, an_entry
from tests.daemon.outbox.wire import Clock, Wire, an_outbox, replies, states


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with a_ledger(tmp_path) as opened:
        yield opened


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_what_is_due_goes_out_once_in_the_order_it_was_written(
    ledger: Ledger, clock: Clock
) -> None:
    replies(ledger, 3)
    wire = Wire()
    outbox = an_outbox(ledger, wire, clock)
    assert [outbox.deliver() for _ in range(3)] == [3, 0, 0]
    assert [reply.message for reply in wire.sent] == [1, 2, 3]
    assert states(ledger) == [("sent", 1)] * 3
    assert wire.opened == 1


def test_nothing_due_means_no_connection(ledger: Ledger, clock: Clock) -> None:
    wire = Wire(closed=Unavailable("no server"))
    assert an_outbox(ledger, wire, clock).deliver() == 0
    assert ledger.caps.all_paused() == ()


def test_another_mailbox_has_its_own_outbox(ledger: Ledger, clock: Clock) -> None:
    replies(ledger, 1)
    wire = Wire()
    assert replace(an_outbox(ledger, wire, clock), mailbox="xuanchuanbu").deliver() == 0


def test_the_ledger_knows_before_the_server_hears_a_word(ledger: Ledger, clock: Clock) -> None:
    replies(ledger, 1)
    seen = []

    class Curious(Wire):
        def send(self, reply: Queued) -> None:
            with Ledger(ledger.path, readonly=True) as other, other._store.reading() as connection:
                row = connection.execute("select attempts, sending_since from reply").fetchone()
            seen.append(tuple(row))

    an_outbox(ledger, Curious(), clock).deliver()
    assert seen == [(1, "2020-07-01T12:00:00.000Z")]


def test_a_postponed_mail_is_tried_again_later_and_the_others_go(
    ledger: Ledger, clock: Clock
) -> None:
    replies(ledger, 2)
    wire = Wire(answers=[Postponed("450 greylisted")])
    outbox = an_outbox(ledger, wire, clock)
    assert outbox.deliver() == 1
    assert states(ledger) == [("waiting", 1), ("sent", 1)]
    clock.forward(minutes=1, seconds=59)
    assert outbox.deliver() == 0
    clock.forward(seconds=26)
    assert outbox.deliver() == 1
    assert states(ledger) == [("sent", 2), ("sent", 1)]


@pytest.mark.parametrize(
    ("failures", "least", "most"),
    [(1, 2, 2.4), (2, 10, 12), (3, 30, 36), (6, 240, 288), (9, 240, 288)],
)
def test_back_off_grows_and_wanders_a_fifth(
    ledger: Ledger, clock: Clock, failures: int, least: float, most: float
) -> None:
    replies(ledger, 1)
    outbox = an_outbox(ledger, Wire(answers=[Postponed("452")] * failures), clock)
    for _ in range(failures - 1):
        outbox.deliver()
        clock.forward(minutes=288)
    outbox.deliver()
    clock.forward(minutes=least, seconds=-1)
    assert ledger.replies.due("zuzhibu", clock()) is None
    clock.forward(minutes=most - least, seconds=1)
    assert ledger.replies.due("zuzhibu", clock()) is not None


def test_a_mail_postponed_for_days_fails_and_keeps_its_draft(ledger: Ledger, clock: Clock) -> None:
    replies(ledger, 1)
    outbox = an_outbox(ledger, Wire(answers=[Postponed("452 full")] * 36), clock)
    for attempt in range(1, 37):
        assert states(ledger) == [("waiting", attempt - 1)]
        outbox.deliver()
        clock.forward(minutes=288)
    assert states(ledger) == [("failed", 36)]
    assert ledger.drafts.approve(1, clock(), "张老师")
    assert outbox.deliver() == 1


def test_a_refused_mail_fails_and_the_address_lives(ledger: Ledger, clock: Clock) -> None:
    replies(ledger, 1)
    an_outbox(ledger, Wire(answers=[Refused("550 no")]), clock).deliver()
    assert states(ledger) == [("failed", 1)]
    assert ledger.caps.dead("zhang@example.com") == ""
    assert ledger.history(1)[-1].why == "550 no"


def test_an_address_that_does_not_exist_is_not_written_to_again(
    ledger: Ledger, clock: Clock
) -> None:
    replies(ledger, 2)
    wire = Wire(answers=[Refused("550 5.1.1 no such user", dead=True)])
    an_outbox(ledger, wire, clock).deliver()
    assert states(ledger) == [("failed", 1), ("dropped", 0)]
    assert ledger.caps.dead("ZHANG@example.com") == "550 5.1.1 no such user"
    ledger.caps.revive("zhang@example.com")
    assert ledger.caps.dead("zhang@example.com") == ""


def test_a_server_down_for_an_hour_costs_no_attempt_and_loses_nothing(
    ledger: Ledger, clock: Clock
) -> None:
    replies(ledger, 5)
    wire = Wire(closed=Unavailable("SMTP down", "connection refused"))
    outbox = an_outbox(ledger, wire, clock)
    for _ in range(60):
        outbox.deliver()
        clock.forward(minutes=1)
    (pause,) = ledger.caps.all_paused()
    assert (pause.mailbox, pause.since) == ("zuzhibu", NOON)
    assert 3 <= pause.failures <= 5
    assert states(ledger) == [("waiting", 0)] * 5
    wire.closed = None
    clock.forward(minutes=72)
    assert outbox.deliver() == 5
    assert ledger.caps.all_paused() == ()


def test_a_connection_lost_in_a_mail_stops_the_batch(ledger: Ledger, clock: Clock) -> None:
    replies(ledger, 2)
    wire = Wire(answers=[Unavailable("SMTP", "hung up after DATA")])
    outbox = an_outbox(ledger, wire, clock)
    assert outbox.deliver() == 0
    assert states(ledger) == [("waiting", 1), ("waiting", 0)]
    clock.forward(minutes=3)
    assert outbox.deliver() == 2


def test_a_mailbox_that_is_barred_waits_longer_and_nobody_is_blamed(
    ledger: Ledger, clock: Clock
) -> None:
    replies(ledger, 1)
    outbox = an_outbox(ledger, Wire(answers=[Barred("SMTP", "554 MI:STC")]), clock)
    outbox.deliver()
    assert ledger.caps.dead("zhang@example.com") == ""
    assert "MI:STC" in ledger.caps.all_paused()[0].why
    clock.forward(minutes=9, seconds=59)
    assert outbox.deliver() == 0
    clock.forward(minutes=2, seconds=2)
    assert outbox.deliver() == 1


def test_one_address_gets_no_more_than_its_cap_a_day_even_after_a_jam(
    ledger: Ledger, clock: Clock
) -> None:
    replies(ledger, 5)
    replies(ledger, 1, to="li@example.com", first=6)
    outbox = an_outbox(ledger, Wire(), clock, per_sender_per_day=3)
    assert outbox.deliver() == 4
    clock.forward(hours=23, minutes=59)
    assert outbox.deliver() == 0
    clock.forward(minutes=1)
    assert outbox.deliver() == 2
    assert {state for state, _ in states(ledger)} == {"sent"}


def test_a_mailbox_sends_no_more_than_its_cap_a_day(ledger: Ledger, clock: Clock) -> None:
    replies(ledger, 5)
    outbox = an_outbox(ledger, Wire(), clock, per_mailbox_per_day=3)
    assert outbox.deliver() == 3
    clock.forward(hours=23, minutes=59)
    assert outbox.deliver() == 0
    clock.forward(minutes=1)
    assert outbox.deliver() == 2


def test_replies_are_counted_for_the_rules_of_answering(ledger: Ledger, clock: Clock) -> None:
    replies(ledger, 2)
    entry = an_entry(3)
    ledger.record(replace(entry, reply=a_draft(entry.key, dropped="replies are off")))
    assert ledger.caps.answered("Zhang@Example.com", clock()) == 2
    clock.forward(hours=24)
    assert ledger.caps.answered("zhang@example.com", clock()) == 0
    assert ledger.caps.answered_for("zhang@example.com", "2020-four-ones") == 2
    assert ledger.caps.answered_for("zhang@example.com", "another") == 0


def test_a_reply_that_needs_approval_waits_for_a_person(ledger: Ledger, clock: Clock) -> None:
    for uid in (1, 2):
        entry = an_entry(uid)
        ledger.record(replace(entry, reply=a_draft(entry.key, approval=True)))
    outbox = an_outbox(ledger, Wire(), clock)
    assert outbox.deliver() == 0
    assert ledger.drafts.approve(1, clock(), "张老师")
    why = Event(at=clock(), what="reply dropped", why="电话里说过了", who="张老师")
    assert ledger.drafts.drop(2, why)
    assert [state for state, _ in states(ledger)] == ["approved", "dropped"]
    assert outbox.deliver() == 1
    assert ledger.history(2)[-1] == why
    assert not ledger.drafts.approve(1, clock(), "张老师")
    assert not ledger.drafts.drop(1, why)


def test_a_batch_ends_when_the_program_is_asked_to_end(ledger: Ledger, clock: Clock) -> None:
    replies(ledger, 5)
    wire = Wire()
    outbox = an_outbox(ledger, wire, clock)
    assert replace(outbox, stop=lambda: len(wire.sent) == 2).deliver() == 2
    assert outbox.deliver() == 3


def test_two_outboxes_at_once_send_each_mail_once(ledger: Ledger, clock: Clock) -> None:
    replies(ledger, 30)
    wire = Wire()
    outboxes = [an_outbox(ledger, wire, clock) for _ in range(4)]
    threads = [threading.Thread(target=outbox.deliver) for outbox in outboxes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(reply.message for reply in wire.sent) == list(range(1, 31))


def test_a_maildir_holds_a_mail_once_however_often_it_is_delivered(
    ledger: Ledger, tmp_path: Path, clock: Clock
) -> None:
    replies(ledger, 2)
    reply = ledger.replies.due("zuzhibu", clock())
    assert reply is not None
    maildir = Maildir(tmp_path / "out")
    assert an_outbox(ledger, maildir, clock).deliver() == 2
    maildir.send(reply)
    new = sorted((maildir.path / "new").iterdir())
    assert len(new) == 2
    assert reply.raw in [path.read_bytes() for path in new]
    for path in new:
        path.rename(maildir.path / "cur" / f"{path.name}:2,S")
    maildir.send(reply)
    assert list((maildir.path / "new").iterdir()) == []
    assert list((maildir.path / "tmp").iterdir()) == []


def test_a_maildir_that_cannot_be_written_is_the_worlds_fault(
    ledger: Ledger, tmp_path: Path, clock: Clock
) -> None:
    replies(ledger, 1)
    (tmp_path / "file").write_bytes(b"")
    assert an_outbox(ledger, Maildir(tmp_path / "file"), clock).deliver() == 0
    assert "opening" in ledger.caps.all_paused()[0].why
    assert states(ledger) == [("waiting", 0)]
