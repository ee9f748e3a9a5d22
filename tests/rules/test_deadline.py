"""The rule about lateness; the instants themselves are tested with the calendar."""

from dataclasses import replace
from typing import Any

import pytest

from rules.judge import judge
from rules.verdict import Severity, Status
from tests.rules.builders import (
    MANUSCRIPT,
    NOTICE,
    WALL,
    a_story,
    a_submission,
    at,
    fires,
    quiet,
    spoken,
)


@pytest.mark.parametrize("instant", ["2020-07-15 23:59:59", "2020-06-20 08:00"])
def test_the_whole_of_the_last_day_is_in_time(instant: str) -> None:
    submission = a_story(received=instant)
    quiet("late", submission)
    assert not judge(submission, NOTICE).late


def test_midnight_after_the_last_day_is_late_and_taken() -> None:
    submission = a_story(received="2020-07-16 00:00:00")
    said = spoken(fires("late", submission))
    assert "2020年7月15日 24:00" in said
    assert "不到 1 分钟" in said
    verdict = judge(submission, NOTICE)
    assert (verdict.late, verdict.status) == (True, Status.ACCEPTED)


def test_between_the_windows_a_mail_is_late_for_the_first() -> None:
    submission = a_submission(MANUSCRIPT, subject=WALL, received="2020-07-04 08:00")
    said = spoken(fires("late", submission))
    assert "第一批" in said
    assert judge(submission, NOTICE).submission.claim.window == NOTICE.categories[3].windows[0]


def test_the_second_window_is_in_time_again() -> None:
    quiet("late", a_submission(MANUSCRIPT, subject=WALL, received="2020-09-01 00:00"))


@pytest.mark.parametrize(
    ("setting", "status"), [("return", Status.RETURNED), ("hold", Status.HELD)]
)
def test_the_notice_says_what_becomes_of_late_mail(setting: Any, status: Status) -> None:
    notice = replace(NOTICE, late=setting)
    submission = a_story(received="2020-07-16 00:00:00")
    fires("late", submission, notice)
    assert judge(submission, notice).status is status


def test_a_severity_of_its_own_goes_before_the_setting() -> None:
    notice = replace(NOTICE, late="return", severities={"late": Severity.REMARK})
    assert judge(a_story(received="2020-08-01 08:00"), notice).status is Status.ACCEPTED


def test_an_extension_for_the_unit_is_in_time() -> None:
    quiet("late", a_story(received="2020-07-18 09:00", extended=at("2020-07-20 00:00")))
    fires("late", a_story(received="2020-07-20 00:00", extended=at("2020-07-20 00:00")))
