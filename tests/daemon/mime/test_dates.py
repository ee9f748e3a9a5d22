"""Dates as clients write them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daemon.mime import header, skeleton

CHINA = timezone(timedelta(hours=8))
NINE = datetime(2020, 7, 10, 9, tzinfo=CHINA)


def date(text: str) -> datetime | None:
    return skeleton.envelope(header.fields(f"Date: {text}\n".encode())).date


@pytest.mark.parametrize(
    "text",
    [
        "Fri, 10 Jul 2020 09:00:00 +0800",
        "Fri, 10 Jul 2020 09:00:00 +0800 (GMT+08:00)",
        "Fri, 10 Jul 2020 09:00:00 GMT+08:00",
        "Fri, 10 Jul 2020 9:0:0 +0800",
        "10 July 2020 09:00 +08:00",
        "Fri Jul 10 09:00:00 2020",
        "Fri, 10 Jul 2020 09:00:00 CST",
        "Fri, 10 Jul 2020 09:00:00",
        "2020-07-10 09:00:00",
        "2020-07-10T09:00:00+08:00",
        "2020年7月10日 09:00",
        "Fri, 10 Jul 2020 09:00:00 =?gbk?B?KzA4MDA=?=",
        "Fri, 10 Jul 2020 01:00:00 GMT",
        "Thu, 9 Jul 2020 20:00:00 -0500",
        "Thu, 9 Jul 2020 20:00:00 EST",
    ],
)
def test_every_way_of_writing_nine_o_clock_is_read(text: str) -> None:
    assert date(text) == NINE


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "Fri, 40 Jul 2020 09:00:00 +0800", "2020-13-01 09:00", "1 Foo 2020 09:00:00"],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert date(text) is None


def test_a_date_in_universal_time_stays_there() -> None:
    assert date("Fri, 10 Jul 2020 09:00:00 UTC") == datetime(2020, 7, 10, 9, tzinfo=UTC)


@given(st.integers(0, 99), st.integers(0, 2999), st.integers(0, 2799), st.integers(0, 1499))
def test_a_date_as_most_clients_write_it_is_the_same_when_it_is_rewritten(
    day: int, year: int, clock: int, zone: int
) -> None:
    text = f"{day} Jul {year:04} {clock // 100:02}:{clock % 100:02}:60 +{zone:04}"
    for plain in (text, f"Fri, {text}".replace(":60 ", ":59 ")):
        assert date(plain) == date(f"{plain} (behind it: rewritten)")
