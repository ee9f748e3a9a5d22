"""Which window, when it is due, and how late."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from rules.calendar import due, is_late, local, moment, time_left, window_for
from rules.notice import Notice, Window
from rules.submission import Claim, Message
from tests.rules.builders import NOTICE, at

WALL = NOTICE.categories[3]
FIRST, SECOND = WALL.windows
DAY = Window(name="x", closes=date(2020, 7, 15))


def late(instant: str, window: Window = DAY, notice: Notice = NOTICE) -> bool:
    return is_late(Claim(window=window), Message(received=at(instant)), notice, None)


@pytest.mark.parametrize(
    ("notice", "window", "instant"),
    [
        (NOTICE, DAY, "2020-07-16 00:00"),
        (replace(NOTICE, inclusive=False), DAY, "2020-07-15 00:00"),
        (replace(NOTICE, cutoff="17:30"), DAY, "2020-07-15 17:30"),
        (replace(NOTICE, cutoff="17:30", inclusive=False), DAY, "2020-07-14 17:30"),
        (NOTICE, replace(DAY, cutoff="12:00"), "2020-07-15 12:00"),
        (replace(NOTICE, inclusive=False), replace(DAY, cutoff="12:00"), "2020-07-15 12:00"),
    ],
)
def test_before_a_day_means_what_the_notice_says(
    notice: Notice, window: Window, instant: str
) -> None:
    assert due(window, notice) == at(instant)


def test_the_due_instant_itself_is_late_and_the_second_before_is_not() -> None:
    noon = replace(DAY, cutoff="12:00")
    assert not late("2020-07-15 11:59:59", noon)
    assert late("2020-07-15 12:00:00", noon)


def test_grace_is_added_in_minutes() -> None:
    kind = replace(NOTICE, grace=10)
    assert not late("2020-07-16 00:09:59", notice=kind)
    assert late("2020-07-16 00:10:00", notice=kind)


def test_an_extension_moves_the_due_instant() -> None:
    assert due(DAY, NOTICE, at("2020-07-20 12:00")) == at("2020-07-20 12:00")


def test_what_never_closes_is_never_late() -> None:
    endless = Window(name="x")
    assert due(endless, NOTICE) is None
    assert time_left(endless, NOTICE, at("2020-07-10")) is None
    assert not late("2030-01-01", endless)


def test_the_zone_of_the_notice_decides_the_day() -> None:
    evening = Message(received=datetime(2020, 7, 15, 16, 0, tzinfo=UTC))  # midnight in Shanghai
    assert is_late(Claim(window=DAY), evening, NOTICE, None)


def test_a_date_without_zone_is_taken_as_the_notices_own() -> None:
    naive = at("2020-07-15 23:59").replace(tzinfo=None)
    assert local(naive, NOTICE) == at("2020-07-15 23:59")


@pytest.mark.parametrize(
    ("instant", "window"),
    [
        ("2020-06-01", FIRST),
        ("2020-07-03 23:59:59", FIRST),
        ("2020-07-04", FIRST),
        ("2020-08-31 23:59:59", FIRST),
        ("2020-09-01 00:00:00", SECOND),
        ("2020-09-30 23:59:59", SECOND),
        ("2020-10-01", SECOND),
    ],
)
def test_the_open_window_else_the_last_one_closed(instant: str, window: Window) -> None:
    assert window_for(WALL, NOTICE, at(instant)) == window


def test_before_any_window_opens_a_mail_is_for_the_first() -> None:
    later = replace(WALL, windows=(SECOND,))
    both = replace(WALL, windows=(SECOND, replace(SECOND, name="third", closes=date(2020, 12, 1))))
    assert window_for(later, NOTICE, at("2020-01-01")) == SECOND
    assert window_for(both, NOTICE, at("2020-01-01")) == SECOND


def test_without_an_instant_only_a_sole_window_is_certain() -> None:
    assert window_for(WALL, NOTICE, None) is None
    assert window_for(NOTICE.categories[0], NOTICE, None) == NOTICE.categories[0].windows[0]
    assert not is_late(Claim(window=DAY), Message(), NOTICE, None)


def test_arrival_counts_unless_the_notice_says_the_day_of_sending() -> None:
    message = Message(received=at("2020-07-16"), date=at("2020-07-15"))
    assert moment(message, NOTICE) == at("2020-07-16")
    assert moment(message, replace(NOTICE, time_basis="sent")) == at("2020-07-15")


def test_the_time_left_is_negative_once_it_is_over() -> None:
    assert time_left(DAY, NOTICE, at("2020-07-15 22:00")) == timedelta(hours=2)
    assert time_left(DAY, NOTICE, at("2020-07-16 02:00")) == timedelta(hours=-2)
