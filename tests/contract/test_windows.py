"""Deadlines, to the second, and which of two windows a mail belongs to."""

from datetime import datetime

import pytest

from tests import material
from tests.contract.outside import Examiner
from tests.contract.ready import at, case, stock, story, wall

FIRST, SECOND = "第一批（7月3日前）", "第二批（9月30日前）"


@pytest.mark.parametrize(
    ("received", "window", "late"),
    [
        (at(6, 1), FIRST, False),
        (at(7, 3, 23, 59, 59), FIRST, False),
        (at(7, 4, 0, 0, 0), FIRST, True),
        (at(8, 31, 23, 59, 59), FIRST, True),
        (at(9, 1, 0, 0, 0), SECOND, False),
        (at(9, 30, 23, 59, 59), SECOND, False),
        (at(10, 1, 0, 0, 0), SECOND, True),
    ],
    ids=str,
)
def test_the_wall_of_fire_has_two_windows(
    examiner: Examiner, received: datetime, window: str, late: bool
) -> None:
    seen = examiner.look("--received", received.isoformat(), mail=wall())["mail"]
    assert (seen.said["claim"]["window"], seen.said["late"]) == (window, late)
    assert seen.verdict == "accepted"
    assert ("late" in seen.remarks) is late


def test_the_last_second_of_the_day_is_in_time_and_the_next_is_late(examiner: Examiner) -> None:
    video = ("微党课.mp4", material.mp4(60))
    seen = examiner.look(
        story_in=story(date=at(7, 15, 23, 59, 59)),
        story_out=story(date=at(7, 16, 0, 0, 0)),
        case_in=case(date=at(10, 15, 23, 59, 59)),
        case_out=case(date=at(10, 16, 0, 0, 0)),
        stock_in=stock(video, date=at(10, 31, 23, 59, 59)),
        stock_out=stock(video, date=at(11, 1, 0, 0, 0)),
    )
    assert {name: s.said["late"] for name, s in seen.items()} == {
        name: name.endswith("_out") for name in seen
    }
    assert {s.verdict for s in seen.values()} == {"accepted"}


@pytest.mark.parametrize(
    ("received", "late"), [("2020-07-15T15:59:59+00:00", False), ("2020-07-15T16:00:00Z", True)]
)
def test_midnight_is_midnight_in_guangzhou(examiner: Examiner, received: str, late: bool) -> None:
    assert examiner.look("--received", received, mail=story())["mail"].said["late"] is late
