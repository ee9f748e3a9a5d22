"""Deadlines, to the second, and which of two windows a mail belongs to."""

import pytest

from tests import material
from tests.contract.outside import Examiner
from tests.contract.ready import at, case, stock, story, wall

FIRST, SECOND = "第一批（7月3日前）", "第二批（9月30日前）"


def test_the_wall_of_fire_has_two_windows(examiner: Examiner) -> None:
    expected = {
        "early": (at(6, 1), FIRST, False),
        "last_of_first": (at(7, 3, 23, 59, 59), FIRST, False),
        "after_first": (at(7, 4, 0, 0, 0), FIRST, True),
        "before_second": (at(8, 31, 23, 59, 59), FIRST, True),
        "second_opens": (at(9, 1, 0, 0, 0), SECOND, False),
        "last_of_second": (at(9, 30, 23, 59, 59), SECOND, False),
        "after_second": (at(10, 1, 0, 0, 0), SECOND, True),
    }
    seen = examiner.look(**{name: wall(date=when) for name, (when, _, _) in expected.items()})
    assert {n: (s.said["claim"]["window"], s.said["late"]) for n, s in seen.items()} == {
        name: (window, late) for name, (_, window, late) in expected.items()
    }
    assert {s.verdict for s in seen.values()} == {"accepted"}
    assert all(("late" in s.remarks) is s.said["late"] for s in seen.values())


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
