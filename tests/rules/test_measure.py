"""Quantities: the edges of their tolerance, and their words."""

from datetime import timedelta

import pytest

from rules.measure import (
    G,
    M,
    bytes_said,
    instant_said,
    span_said,
    time_said,
    too_big,
    too_long,
    wanted,
)
from tests.rules.builders import NOTICE, at


@pytest.mark.parametrize("limit", [M, 10 * M, 2 * G, 100])
def test_one_percent_is_within_and_a_byte_more_is_not(limit: int) -> None:
    assert not too_big(limit * 101 // 100, limit)
    assert too_big(limit * 101 // 100 + 1, limit)
    assert not too_big(1 << 60, None)


def test_a_second_of_rounding_is_within_and_a_thousandth_more_is_not() -> None:
    assert not too_long(1_801_000, 1_800_000)
    assert too_long(1_801_001, 1_800_000)
    assert not too_long(None, 1_800_000)
    assert not too_long(1_801_001, None)


@pytest.mark.parametrize(
    ("size", "said"),
    [(0, "0B"), (1023, "1023B"), (1024, "1K"), (M, "1M"), (12 * M + M // 2, "12.5M"),
     (2 * G, "2G"), (2 * G + G // 25, "2.04G")],
)  # fmt: skip
def test_sizes_are_said_as_the_notice_says_them(size: int, said: str) -> None:
    assert bytes_said(size) == said


@pytest.mark.parametrize(
    ("milliseconds", "zh", "en"),
    [
        (5_999, "5 秒", "5 s"),
        (1_800_000, "30 分钟", "30 min"),
        (1_865_000, "31 分 05 秒", "31 min 5 s"),
        (3_725_000, "1 小时 02 分 05 秒", "1 h 2 min 5 s"),
    ],
)
def test_durations_are_said_to_the_second(milliseconds: int, zh: str, en: str) -> None:
    said = time_said(milliseconds)
    assert (said.zh, said.en) == (zh, en)


def test_midnight_that_closes_a_day_is_said_as_that_days_end() -> None:
    assert instant_said(at("2020-07-16 00:00"), closing=True).zh == "2020年7月15日 24:00"
    assert instant_said(at("2020-07-16 00:00")).zh == "2020年7月16日 00:00"
    assert instant_said(at("2020-07-15 12:00"), closing=True).en == "2020-07-15 12:00"


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(seconds=59), "不到 1 分钟"),
        (timedelta(minutes=5), "5 分钟"),
        (timedelta(hours=2, minutes=5), "2 小时 5 分钟"),
        (timedelta(days=3, hours=4, minutes=59), "3 天 4 小时"),
    ],
)
def test_spans_are_said_in_their_largest_units(span: timedelta, said: str) -> None:
    assert span_said(span).zh == said


def test_what_is_wanted_is_said_in_the_notices_words() -> None:
    assert wanted(NOTICE.kind("image")).zh == "JPG 格式"
    assert wanted(NOTICE.kind("scan")).en == "PDF or JPEG"
    assert wanted(None).zh
