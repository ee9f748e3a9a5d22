"""Instants and spans as people say them."""

from datetime import UTC, datetime, timedelta

import pytest

from daemon.reply.moments import deadline, moment, span
from rules.notice import Language

ZONE = "Asia/Shanghai"


def test_an_instant_is_told_in_the_zone_of_the_notice() -> None:
    evening = datetime(2020, 7, 10, 16, 30, tzinfo=UTC)
    assert moment(evening, ZONE, "zh") == "2020年7月11日 00:30"
    assert moment(evening, ZONE, "en") == "00:30 on 11 July 2020"


@pytest.mark.parametrize(
    ("due", "zh"),
    [
        ("2020-07-16T00:00:00+08:00", "2020年7月15日 24:00"),
        ("2020-08-01T00:00:00+08:00", "2020年7月31日 24:00"),
        ("2020-07-15T12:00:00+08:00", "2020年7月15日 12:00"),
        ("2020-07-15T16:00:00+00:00", "2020年7月15日 24:00"),
    ],
)
def test_midnight_is_the_end_of_the_day_before(due: str, zh: str) -> None:
    assert deadline(datetime.fromisoformat(due), ZONE, "zh") == zh


@pytest.mark.parametrize(
    ("left", "language", "words"),
    [
        (timedelta(days=5, hours=11, minutes=59), "zh", "5 天 11 小时"),
        (timedelta(days=5, minutes=3), "zh", "5 天"),
        (timedelta(days=1), "en", "1 day"),
        (timedelta(hours=3, minutes=20), "zh", "3 小时 20 分钟"),
        (timedelta(hours=1, minutes=1), "en", "1 hour 1 minute"),
        (timedelta(minutes=59, seconds=59), "zh", "59 分钟"),
        (timedelta(seconds=1), "zh", "1 分钟"),
    ],
)
def test_a_span_has_its_two_largest_units(left: timedelta, language: Language, words: str) -> None:
    assert span(left, language) == words
