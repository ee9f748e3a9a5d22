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


def test_a_subject_that_names_its_batch_belongs_to_it(examiner: Examiner) -> None:
    august, september = at(8, 25), at(9, 5)
    expected = {
        "second_in_august": ("农学院党委+红色防火墙（第二批）", august, SECOND, False),
        "digit": ("农学院党委+红色防火墙+第2批", august, SECOND, False),
        "second_time": ("农学院党委+红色防火墙第二次报送", august, SECOND, False),
        "first_in_september": ("农学院党委+红色防火墙+第一批补报", september, FIRST, True),
        "beside_the_unit": ("农学院党委第二批红色防火墙", august, SECOND, False),
        "unsaid": ("农学院党委+红色防火墙", september, SECOND, False),
        "both": ("农学院党委+红色防火墙+第一批 第二批", september, SECOND, False),
        "no_such": ("农学院党委+红色防火墙+第三批", september, SECOND, False),
        "of_others": ("农学院党委+红色防火墙+第二批返校学生的志愿者", at(7, 1), FIRST, False),
        "a_correction": ("农学院党委+红色防火墙+第二次修改", at(7, 1), FIRST, False),
    }
    mails = {n: wall(subject=subject, date=when) for n, (subject, when, *_) in expected.items()}
    seen = examiner.look(**mails)
    assert {n: (s.said["claim"]["window"], s.said["late"]) for n, s in seen.items()} == {
        name: (window, late) for name, (_, _, window, late) in expected.items()
    }
    assert {s.verdict for s in seen.values()} == {"accepted"}


def test_a_batch_means_nothing_where_there_is_but_one(examiner: Examiner) -> None:
    seen = examiner.look(story=story(subject="农学院党委+战疫故事汇（第二批）+20200710"))
    assert seen["story"].verdict == "accepted"
    assert seen["story"].said["claim"]["window"] == "7月15日前"
