"""Mails of our own accord in the ledger: written once, sent like replies, dropped when idle."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from daemon.ledger import Ledger, Limits, Mail, Moment
from daemon.ledger.dispatches import CHANGED, HANDED_IN
from rules.mending import Place
from rules.verdict import Status
from tests.daemon.ledger.entries import NOTICE, UNITS, a_finding, a_ledger, a_verdict, an_entry, at

PLACE = Place(notice=NOTICE.id, unit=UNITS[0].name, category="战疫故事汇", window="7月15日前")
MOMENT = Moment(place=PLACE, name="2020-07-15|-7")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with a_ledger(tmp_path) as opened:
        yield opened


def a_mail(name: str = "r1", **changes: object) -> Mail:
    mail = Mail(
        kind="reminder",
        mailbox="zuzhibu",
        message_id=f"baosong.{name}@example.cn",
        to="nxy@example.cn",
        subject="农学院党委+战疫故事汇+20200708（待报送提醒）",
        raw=b"Subject: x\r\n\r\nx\r\n",
        notice=PLACE.notice,
        unit=PLACE.unit,
        places=(PLACE,),
    )
    return replace(mail, **changes)  # type: ignore[arg-type]


def hand_in(ledger: Ledger, status: Status) -> None:
    findings = (a_finding(),) if status is Status.RETURNED else ()
    ledger.record(an_entry(verdict=a_verdict(status, findings=findings), shelf=""))


def test_a_moment_is_answered_once_and_never_again(ledger: Ledger) -> None:
    assert ledger.reminders.write([a_mail()], [MOMENT], at(0))
    assert not ledger.reminders.write([a_mail("r2")], [MOMENT], at(1))
    assert ledger.reminders.answered(NOTICE.id) == {MOMENT}
    assert [d.subject for d in ledger.dispatches.newest()] == [a_mail().subject]


def test_the_same_mail_is_written_once(ledger: Ledger) -> None:
    digest = a_mail(kind="digest", places=())
    assert ledger.reminders.write([digest], [], at(0))
    assert not ledger.reminders.write([digest], [], at(24))


def test_two_addresses_of_a_unit_are_one_reminder(ledger: Ledger) -> None:
    both = [a_mail(), a_mail("r2", to="b@example.cn")]
    ledger.reminders.write(both, [MOMENT], at(0))
    assert ledger.reminders.written(NOTICE.id, at(0)) == {PLACE.unit: 1}
    assert ledger.reminders.written(NOTICE.id, at(0.001)) == {}


def test_nothing_is_written_when_the_disk_fails_half_way(ledger: Ledger) -> None:
    twice = (PLACE, PLACE)
    with pytest.raises(sqlite3.IntegrityError):
        ledger.reminders.write([a_mail(places=twice)], [MOMENT], at(0))
    assert ledger.dispatches.newest() == ()
    assert ledger.reminders.answered(NOTICE.id) == frozenset()


@pytest.mark.parametrize(
    ("status", "goes"), [(Status.ACCEPTED, False), (Status.HELD, False), (Status.RETURNED, True)]
)
def test_who_has_handed_in_meanwhile_is_not_reminded(
    ledger: Ledger, status: Status, goes: bool
) -> None:
    ledger.reminders.write([a_mail()], [MOMENT], at(0))
    hand_in(ledger, status)
    assert (ledger.dispatches.due("zuzhibu", at(1)) is not None) == goes
    (found,) = ledger.dispatches.newest()
    assert (found.state, found.error) == (("waiting", "") if goes else ("dropped", HANDED_IN))


def test_who_was_waived_meanwhile_is_not_reminded(ledger: Ledger) -> None:
    ledger.reminders.write([a_mail()], [MOMENT], at(0))
    ledger.concessions.waive(PLACE, "机关不报")
    assert ledger.dispatches.due("zuzhibu", at(1)) is None


def test_what_a_crash_left_in_the_act_goes_again(ledger: Ledger) -> None:
    ledger.reminders.write([a_mail()], [MOMENT], at(0))
    ledger.dispatches.sending(1, at(1))
    hand_in(ledger, Status.ACCEPTED)
    due = ledger.dispatches.due("zuzhibu", at(2))
    assert due is not None
    assert due.attempts == 1


def test_what_waits_for_a_person_goes_when_it_is_approved(ledger: Ledger) -> None:
    ledger.reminders.write([a_mail(approval=True)], [MOMENT], at(0))
    assert ledger.dispatches.due("zuzhibu", at(1)) is None
    assert [d.held for d in ledger.dispatches.in_state("waiting")] == [True]
    assert ledger.dispatches.approve(1, at(1))
    assert ledger.dispatches.due("zuzhibu", at(1)) is not None


def test_what_was_dropped_or_sent_is_past_deciding(ledger: Ledger) -> None:
    ledger.reminders.write([a_mail()], [MOMENT], at(0))
    assert ledger.dispatches.drop(1, at(1), "不必")
    assert not ledger.dispatches.approve(1, at(1))
    assert not ledger.dispatches.drop(1, at(1), "不必")
    assert ledger.reminders.written(NOTICE.id, at(0)) == {}


def test_the_faults_of_a_returned_submission_are_told_in_its_own_words(ledger: Ledger) -> None:
    hand_in(ledger, Status.RETURNED)
    (fault,) = ledger.reminders.faults(1)
    assert (fault.code, fault.saw, fault.fix) == ("part-missing", "没有", "补上")
    assert ledger.reminders.faults(2) == ()


def test_a_reminder_that_came_back_buries_its_address_and_fails(ledger: Ledger) -> None:
    ledger.reminders.write([a_mail()], [MOMENT], at(0))
    ledger.dispatches.sending(1, at(0))
    ledger.dispatches.sent(1, at(0))
    assert ledger.caps.written_to("nxy@example.cn", "zuzhibu", at(1)) == a_mail().message_id
    assert ledger.caps.bounced(a_mail().message_id, at(1), "550 no such user") == "nxy@example.cn"
    assert ledger.caps.dead("NXY@example.cn") == "550 no such user"
    (found,) = ledger.dispatches.newest()
    assert (found.state, found.error) == ("failed", "550 no such user")


def test_reminders_count_for_the_cap_of_the_mailbox(ledger: Ledger) -> None:
    ledger.reminders.write([a_mail()], [MOMENT], at(0))
    ledger.dispatches.sending(1, at(0))
    ledger.dispatches.sent(1, at(0))
    assert ledger.caps.full_until("zuzhibu", at(1), Limits(per_mailbox_per_day=1)) == at(24)
    assert ledger.caps.full_until("zuzhibu", at(1), Limits(per_mailbox_per_day=2)) is None


def test_a_reminder_that_names_what_has_come_in_is_not_sent_and_its_moments_are_free(
    ledger: Ledger,
) -> None:
    wall = replace(PLACE, category="红色防火墙", window="第一次")
    ledger.reminders.write([a_mail(places=(PLACE, wall))], [MOMENT], at(0))
    hand_in(ledger, Status.ACCEPTED)
    assert ledger.dispatches.due("zuzhibu", at(1)) is None
    (found,) = ledger.dispatches.newest()
    assert (found.state, found.error) == ("dropped", CHANGED)
    assert ledger.reminders.answered(NOTICE.id) == frozenset()


def test_after_a_restore_nothing_goes_again_without_a_person(
    ledger: Ledger, tmp_path: Path
) -> None:
    ledger.reminders.write([a_mail()], [MOMENT], at(0))
    ledger.restored(tmp_path, at(1))
    assert ledger.dispatches.due("zuzhibu", at(2)) is None
    (found,) = ledger.dispatches.newest()
    assert (found.state, found.held) == ("waiting", True)
