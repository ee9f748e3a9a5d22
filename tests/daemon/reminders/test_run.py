"""Reminder mails: at their moments, once, to those who still owe something, and to nobody else."""

from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from daemon.reminders import Reminding
from rules.verdict import Status
from tests.daemon.reminders.office import (
    SCHEDULE,
    STORIES,
    WALL,
    WALL_TOO,
    WEEK_BEFORE,
    an_office_that_reminds,
    hand_in,
    place,
)

DAY = timedelta(days=1)
NXY, YYXY, ZHXY = "农学院党委", "园艺学院党委", "资源环境学院党委"
NAMED = 'mail = ["nxy@example.cn"]'


def test_who_has_not_handed_in_is_reminded_once_at_its_moment(tmp_path: Path) -> None:
    with an_office_that_reminds(tmp_path, mail=NAMED) as office:
        assert office(WEEK_BEFORE - timedelta(seconds=1)) == 0
        assert [office(WEEK_BEFORE), office(WEEK_BEFORE), office(WEEK_BEFORE + DAY)] == [1, 0, 0]
        assert office(WEEK_BEFORE + 6 * DAY) == 1
        assert office(WEEK_BEFORE + 10 * DAY) == 1
        assert [d.to for d in office.written] == ["nxy@example.cn"] * 3


def test_a_stop_delays_a_reminder_within_its_day_and_no_further(tmp_path: Path) -> None:
    with an_office_that_reminds(tmp_path, mail=NAMED) as office:
        assert office(WEEK_BEFORE + timedelta(hours=15)) == 0
        assert office(WEEK_BEFORE + timedelta(hours=14, minutes=59)) == 1


@pytest.mark.parametrize(
    ("status", "reminded"),
    [(Status.ACCEPTED, 0), (Status.HELD, 0), (Status.RETURNED, 1)],
)
def test_silence_for_who_has_handed_in_or_waits_for_us(
    tmp_path: Path, status: Status, reminded: int
) -> None:
    with an_office_that_reminds(tmp_path, units=1) as office:
        hand_in(office, NXY, status)
        assert office(WEEK_BEFORE) == reminded


def test_silence_for_who_is_waived(tmp_path: Path) -> None:
    with an_office_that_reminds(tmp_path, units=1, mail=NAMED) as office:
        office.ledger.concessions.waive(place(NXY), "机关不报")
        assert office(WEEK_BEFORE) == 0


def test_who_was_given_more_time_is_reminded_by_that_time(tmp_path: Path) -> None:
    with an_office_that_reminds(tmp_path, units=1, mail=NAMED) as office:
        until = WEEK_BEFORE.replace(day=20, hour=12)
        office.ledger.concessions.extend(place(NXY), until)
        assert office(WEEK_BEFORE) == 0
        assert office(WEEK_BEFORE.replace(day=13)) == 1
        (written,) = office.written
        raw = office.ledger.dispatches.raw(written.id)
        assert "2020年7月20日 12:00" in _text(raw)


def test_one_mail_covers_all_that_a_unit_has_open(tmp_path: Path) -> None:
    with an_office_that_reminds(tmp_path, SCHEDULE + WALL_TOO, units=1, mail=NAMED) as office:
        assert office(WEEK_BEFORE) == 1
        (written,) = office.written
        assert written.subject == "【催交】农学院党委：还有 2 项材料没有报齐"
        text = _text(office.ledger.dispatches.raw(written.id))
        assert text.index(WALL) < text.index(STORIES)
        assert "第二批" not in text, "its window has not opened"
        assert "教育素材" not in text, "it has no schedule"


def test_two_moments_of_one_day_are_one_mail(tmp_path: Path) -> None:
    twice = SCHEDULE + '[[reminders]]\ncategory = "红色防火墙"\nafter = ["5 days"]\nat = "10:00"\n'
    with an_office_that_reminds(tmp_path, twice, units=1, mail=NAMED) as office:
        assert office(WEEK_BEFORE) == 1
        assert office(WEEK_BEFORE + timedelta(hours=1)) == 0


def test_without_that_cap_each_moment_has_its_mail(tmp_path: Path) -> None:
    twice = SCHEDULE + '[[reminders]]\ncategory = "红色防火墙"\nafter = ["5 days"]\nat = "10:00"\n'
    free = twice + "[reminding]\nper_unit_per_day = 0\n"
    with an_office_that_reminds(tmp_path, free, units=1, mail=NAMED) as office:
        assert office(WEEK_BEFORE) == 1
        assert office(WEEK_BEFORE + timedelta(hours=1)) == 1


def test_a_run_writes_no_more_than_its_cap_and_the_next_one_the_rest(tmp_path: Path) -> None:
    with an_office_that_reminds(tmp_path, SCHEDULE + "[reminding]\nper_run = 2\n") as office:
        for unit in (NXY, YYXY, ZHXY):
            hand_in(office, unit, Status.RETURNED, sender=f"{len(unit)}{unit[0]}@example.cn")
            hand_in(office, unit, Status.RETURNED, sender=f"s{ord(unit[0])}@example.cn")
        assert [office(WEEK_BEFORE + timedelta(minutes=n)) for n in range(3)] == [2, 1, 0]


def test_without_an_address_of_the_roster_who_wrote_last_is_reminded(tmp_path: Path) -> None:
    with an_office_that_reminds(tmp_path, units=1) as office:
        hand_in(office, NXY, category=WALL, sender="old@example.cn", at=WEEK_BEFORE - 5 * DAY)
        hand_in(office, NXY, category="教育素材", sender="new@example.cn")
        assert office(WEEK_BEFORE) == 1
        assert [d.to for d in office.written] == ["new@example.cn"]


@pytest.mark.parametrize("sender", ["dead@example.cn", "ZZBDJ@scau.edu.cn", "xcb@scau.edu.cn", ""])
def test_nobody_is_written_to_who_cannot_be_or_is_ourselves(tmp_path: Path, sender: str) -> None:
    with an_office_that_reminds(tmp_path, units=1) as office:
        hand_in(office, NXY, Status.RETURNED, sender=sender)
        office.ledger.caps.bury("dead@example.cn", WEEK_BEFORE, "550")
        assert office(WEEK_BEFORE) == 0
        (shown,) = Reminding(config=office.config, ledger=office.ledger).preview(WEEK_BEFORE)
        assert shown.plan.to == ()
        assert shown.letter is not None


@pytest.mark.parametrize(("mode", "count", "held"), [("approve", 1, True), ("off", 0, False)])
def test_the_mode_of_replies_holds_for_reminders(
    tmp_path: Path, mode: str, count: int, held: bool
) -> None:
    replies = f'mode = "{mode}"'
    with an_office_that_reminds(tmp_path, units=1, mail=NAMED, replies=replies) as office:
        assert office(WEEK_BEFORE) == count
        assert [d.held for d in office.written] == [held] * count


def test_every_address_of_the_roster_gets_the_reminder(tmp_path: Path) -> None:
    both = 'mail = ["a@example.cn", "b@example.cn"]'
    with an_office_that_reminds(tmp_path, units=1, mail=both) as office:
        assert office(WEEK_BEFORE) == 1
        assert {d.to for d in office.written} == {"a@example.cn", "b@example.cn"}


def test_a_reminder_is_marked_as_automatic_and_ours_and_named_by_what_it_is_about(
    tmp_path: Path,
) -> None:
    ids: list[str] = []
    raw = b""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        with an_office_that_reminds(tmp_path / name, units=1, mail=NAMED) as office:
            office(WEEK_BEFORE + timedelta(minutes=len(ids)))
            due = office.ledger.dispatches.due("zuzhibu", WEEK_BEFORE + DAY)
            assert due is not None
            ids.append(due.message_id)
            raw = due.raw
    mail = message_from_bytes(raw, policy=policy.default)
    assert ids[0] == ids[1]
    assert mail["Message-ID"] == f"<{ids[0]}>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["X-Auto-Response-Suppress"] == "All"
    assert mail["X-Baosong"] == "baosong; reminder"
    assert mail["From"] == "组织部 <zzbdj@scau.edu.cn>"
    assert mail["Subject"] == "【催交】农学院党委+战疫故事汇+20200708"


def test_nothing_is_written_before_go_live(tmp_path: Path) -> None:
    with an_office_that_reminds(tmp_path, units=1, mail=NAMED) as office:
        later = office.config.model_copy(update={"go_live": WEEK_BEFORE + DAY})
        assert Reminding(config=later, ledger=office.ledger)(WEEK_BEFORE) == 0


def _text(raw: bytes | None) -> str:
    mail = message_from_bytes(raw or b"", policy=policy.default)
    body = mail.get_body()
    assert body is not None
    return str(body.get_content())


def test_what_is_still_missing_is_written_anew_when_the_rest_has_come_in(tmp_path: Path) -> None:
    with an_office_that_reminds(tmp_path, SCHEDULE + WALL_TOO, units=1, mail=NAMED) as office:
        assert office(WEEK_BEFORE) == 1
        hand_in(office, NXY)
        assert office.ledger.dispatches.due("zuzhibu", WEEK_BEFORE) is None
        assert office(WEEK_BEFORE) == 1
        due = office.ledger.dispatches.due("xuanchuanbu", WEEK_BEFORE) or (
            office.ledger.dispatches.due("zuzhibu", WEEK_BEFORE)
        )
        assert due is not None
        text = _text(due.raw)
        assert WALL in text
        assert STORIES not in text


@pytest.mark.parametrize(("before", "count"), [(timedelta(seconds=1), 1), (timedelta(), 0)])
def test_a_moment_that_a_restored_ledger_cannot_know_of_is_not_answered(
    tmp_path: Path, before: timedelta, count: int
) -> None:
    with an_office_that_reminds(tmp_path, units=1, mail=NAMED) as office:
        office.ledger.restored(office.config.state / "spool", WEEK_BEFORE - before)
        assert office(WEEK_BEFORE + timedelta(minutes=1)) == count


@pytest.mark.parametrize("sender", ["a..b@example.cn", "a.@example.cn"])
def test_an_address_against_the_rules_keeps_nobody_from_being_reminded(
    tmp_path: Path, sender: str
) -> None:
    with an_office_that_reminds(tmp_path, units=2) as office:
        hand_in(office, NXY, Status.RETURNED, sender=sender)
        hand_in(office, YYXY, Status.RETURNED, sender="b@example.cn")
        assert office(WEEK_BEFORE) == 2
        raws = [office.ledger.dispatches.raw(d.id) or b"" for d in office.written]
        assert {message_from_bytes(raw)["To"] for raw in raws} == {sender, "b@example.cn"}
