"""The staff's digest: once a day, what happened and what waits; silence when all is quiet."""

from datetime import datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from daemon.reminders.digest import QUIET, Digests
from rules.verdict import Status
from tests.daemon.reminders.office import HERE, Reminded, an_office_that_reminds, hand_in

EIGHT = datetime(2020, 7, 8, 8, tzinfo=HERE)
QUIET_DAY = datetime(2020, 6, 1, 8, tzinfo=HERE)  # nothing closes within a week
DAY = timedelta(days=1)
ASKED = '[digest]\nto = "staff@example.cn"\n'
NXY, YYXY, ZHXY = "农学院党委", "园艺学院党委", "资源环境学院党委"


def digests(office: Reminded) -> Digests:
    return Digests(config=office.config, ledger=office.ledger)


def text(office: Reminded, now: datetime = EIGHT) -> str:
    letter = digests(office).letter(office.config.digest[0], now)
    return letter.text if letter else ""


def test_it_goes_once_a_day_at_its_hour(tmp_path: Path) -> None:
    with an_office_that_reminds(tmp_path, ASKED) as office:
        write = digests(office)
        times = (EIGHT - timedelta(seconds=1), EIGHT, EIGHT + timedelta(hours=5), EIGHT + DAY)
        hand_in(office, NXY, Status.HELD, at=EIGHT - timedelta(hours=1))
        assert [write(at) for at in times] == [0, 1, 0, 1]
        due = office.ledger.dispatches.due("zuzhibu", EIGHT)
        assert due is not None
        mail = message_from_bytes(due.raw, policy=policy.default)
        assert mail["To"] == "staff@example.cn"
        assert mail["Subject"] == "【报送日报】2020-07-08：新来件 1，待人工 1，未送达回复 0"
        assert mail["X-Baosong"] == "baosong; digest"


def test_a_quiet_day_stays_quiet_to_its_end(tmp_path: Path) -> None:
    with an_office_that_reminds(tmp_path, ASKED) as office:
        write = digests(office)
        assert write(QUIET_DAY) == 1
        assert office.ledger.dispatches.due("zuzhibu", QUIET_DAY) is None
        (kept,) = office.ledger.dispatches.in_state("dropped")
        assert kept.error == QUIET
        hand_in(office, NXY, Status.HELD, at=QUIET_DAY + timedelta(hours=1))
        assert write(QUIET_DAY + timedelta(hours=2)) == 0


def test_who_wants_a_word_every_day_gets_it(tmp_path: Path) -> None:
    with an_office_that_reminds(tmp_path, ASKED + "quiet = false\n") as office:
        assert digests(office)(QUIET_DAY) == 1
        assert office.ledger.dispatches.due("zuzhibu", QUIET_DAY) is not None
        assert "一切正常" in text(office, QUIET_DAY)


def test_it_says_what_came_what_waits_and_who_is_missing(tmp_path: Path) -> None:
    settings = '[web]\nurl = "https://bs.example.cn"\n' + ASKED + 'ahead = "8 days"\n'
    with an_office_that_reminds(tmp_path, settings) as office:
        hand_in(office, NXY, at=EIGHT - timedelta(hours=3))
        hand_in(office, YYXY, Status.RETURNED, at=EIGHT - timedelta(hours=2))
        hand_in(office, ZHXY, Status.HELD, category="教育素材", at=EIGHT - 3 * DAY)
        said = text(office)
    assert "【新来件】2 封：合规 1，需补正 1，待人工 0" in said
    assert "· 园艺学院党委  战疫故事汇  https://bs.example.cn/messages/2" in said
    assert "【等您处理的来件】1 封" in said
    assert "https://bs.example.cn/messages/3" in said
    assert "未报送（1）：资源环境学院党委" in said
    assert "需补正（1）：园艺学院党委" in said
    assert "红色防火墙" not in said, "it closed on 3 July"


@pytest.mark.parametrize(("mailbox", "there"), [("zuzhibu", True), ("", True)])
def test_a_department_hears_of_its_own(tmp_path: Path, mailbox: str, there: bool) -> None:
    with an_office_that_reminds(tmp_path, f'{ASKED}mailbox = "{mailbox}"\n') as office:
        hand_in(office, NXY, Status.HELD, at=EIGHT - timedelta(hours=1))
        assert ("【等您处理的来件】1 封" in text(office)) == there


def test_what_a_sender_wrote_stays_on_its_line(tmp_path: Path) -> None:
    with an_office_that_reminds(tmp_path, ASKED) as office:
        sender = "a\r\nBcc: b@example.cn\r\n\r\nx@example.com"
        hand_in(office, NXY, Status.HELD, sender=sender, at=EIGHT - timedelta(hours=1))
        assert "\nBcc" not in text(office)
        assert digests(office)(EIGHT) == 1


@pytest.mark.parametrize(("before", "count"), [(timedelta(seconds=1), 1), (timedelta(), 0)])
def test_a_digest_that_may_have_gone_before_a_restore_does_not_go_again(
    tmp_path: Path, before: timedelta, count: int
) -> None:
    with an_office_that_reminds(tmp_path, ASKED) as office:
        hand_in(office, NXY, Status.HELD, at=EIGHT - timedelta(hours=1))
        office.ledger.restored(office.config.state / "spool", EIGHT - before)
        assert digests(office)(EIGHT) == count
