"""Mail of our own accord is off until the file asks for it; slips are told with their key."""

from datetime import time, timedelta
from pathlib import Path

import pytest

from daemon.config import load
from daemon.config.notices import load as load_notice
from daemon.errors import ConfigError
from tests.daemon.config.files import SMALLEST, faults, written
from tests.daemon.config.test_notices import SMALLEST as NOTICE

SCHEDULE = '[[reminders]]\ncategory = "战疫故事汇"\n'


def test_nobody_is_reminded_and_no_digest_goes_out_by_default(tmp_path: Path) -> None:
    config = load(written(tmp_path, SMALLEST))
    assert config.reminders == ()
    assert config.digest == ()
    assert config.reminding.per_unit_per_day == 1


def test_a_schedule_has_days_before_and_after_at_one_hour(tmp_path: Path) -> None:
    text = f'{SMALLEST}{SCHEDULE}before = ["7 days", "0 days"]\nafter = ["3 days"]\nat = "08:30"'
    (schedule,) = load(written(tmp_path, text)).reminders
    assert schedule.before == (timedelta(days=7), timedelta(0))
    assert schedule.after == (timedelta(days=3),)
    assert schedule.at == time(8, 30)
    assert schedule.covers("any", "战疫故事汇")
    assert not schedule.covers("any", "红色防火墙")


@pytest.mark.parametrize(
    ("words", "key", "said"),
    [
        ('before = ["36 h"]', "reminders.0.before.0", "whole days"),
        ('after = ["0 days"]', "reminders.0.after.0", "at least"),
        ("", "reminders.0.after", "nobody is reminded"),
        ('before = ["1 day"]\nat = 9', "reminders.0.at", "no hour"),
        ('before = ["1 day"]\nat = "09:00+08:00"', "reminders.0.at", "without a zone"),
        ('before = ["1 day"]\nat = "25:00"', "reminders.0.at", "hour"),
    ],
)
def test_a_schedule_that_means_nothing_is_refused(
    tmp_path: Path, words: str, key: str, said: str
) -> None:
    assert said in faults(tmp_path, f"{SMALLEST}{SCHEDULE}{words}")[key]


def test_a_schedule_for_a_category_that_no_notice_has_is_refused(tmp_path: Path) -> None:
    text = f'{SMALLEST}[[reminders]]\ncategory = "战疫故事"\nbefore = ["1 day"]'
    assert "战疫故事" in faults(tmp_path, text)["reminders"]


def test_one_digest_or_several(tmp_path: Path) -> None:
    one = load(written(tmp_path, f'{SMALLEST}[digest]\nto = "a@example.cn"')).digest
    assert [(d.to, d.at, d.mailbox, d.quiet) for d in one] == [("a@example.cn", time(8), "", True)]
    two = f'{SMALLEST}[[digest]]\nto = "a@example.cn"\n[[digest]]\nto = "b@example.cn"'
    assert len(load(written(tmp_path, two)).digest) == 2


def test_a_digest_of_a_mailbox_that_is_not_there_is_refused(tmp_path: Path) -> None:
    text = f'{SMALLEST}[digest]\nto = "a@example.cn"\nmailbox = "zuzhibo"'
    assert "zuzhibo" in faults(tmp_path, text)["digest"]


def test_mails_lead_to_the_pages_by_an_address_of_the_web(tmp_path: Path) -> None:
    text = f'{SMALLEST}[web]\nurl = "https://baosong.example.cn/"'
    assert load(written(tmp_path, text)).web.url == "https://baosong.example.cn"
    wrong = f'{SMALLEST}[web]\nurl = "baosong.example.cn"'
    assert "no address" in faults(tmp_path, wrong)["web.url"]


def test_a_roster_may_say_whom_to_write_to(tmp_path: Path) -> None:
    path = tmp_path / "notice.toml"
    named = 'name = "农学院党委"\n'
    path.write_text(NOTICE.replace(named, f'{named}mail = ["nxy@example.cn"]\n'), encoding="utf-8")
    assert load_notice(path).roster[0].mail == ("nxy@example.cn",)
    path.write_text(NOTICE.replace(named, f'{named}mail = ["8528"]\n'), encoding="utf-8")
    with pytest.raises(ConfigError) as refusal:
        load_notice(path)
    (problem,) = refusal.value.problems
    assert problem.key == "unit.0.mail.0"
    assert "8528" in problem.text
