"""What an address asks for."""

from datetime import UTC, datetime

import pytest
from starlette.requests import Request

from daemon.web.asked import LONGEST, Asked


def asked(query: str) -> Asked:
    scope = {"type": "http", "path": "/messages", "query_string": query.encode(), "headers": []}
    return Asked(Request(scope | {"server": ("x", 80), "scheme": "http"}), "Asia/Shanghai")


def test_values_are_trimmed_bounded_and_the_last_one_counts() -> None:
    assert asked("q=+a+&q=+b+").text("q") == "b"
    assert asked("").text("q") == ""
    assert len(asked("q=" + "x" * 10_000).text("q")) == LONGEST
    assert asked("unit=a&unit=b&unit=a&unit=").all("unit") == ("a", "b")


def test_a_choice_is_one_of_those_that_are_known() -> None:
    assert asked("s=held").choice("s", ("held", "late")) == "held"
    assert asked("s=<script>").choice("s", ("held", "late")) == ""


@pytest.mark.parametrize(("said", "flag"), [("yes", True), ("no", False), ("", None), ("1", None)])
def test_a_flag_is_yes_or_no_or_neither(said: str, flag: bool | None) -> None:
    assert asked(f"late={said}").flag("late") is flag


def test_a_day_is_meant_from_its_first_instant_to_its_last() -> None:
    day = asked("d=2020-07-15")
    assert day.since("d") == datetime(2020, 7, 14, 16, tzinfo=UTC)
    assert day.until("d") == datetime(2020, 7, 15, 16, tzinfo=UTC)


def test_an_instant_stands_as_it_is() -> None:
    hour = asked("d=2020-07-15T12:00")
    assert hour.since("d") == hour.until("d") == datetime(2020, 7, 15, 4, tzinfo=UTC)
    assert asked("d=2020-07-15T12:00%2B00:00").since("d") == datetime(2020, 7, 15, 12, tzinfo=UTC)


@pytest.mark.parametrize("said", ["", "x", "2020-02-30", "2020-07-15T99:00", "' or 1=1"])
def test_a_day_that_does_not_exist_is_none(said: str) -> None:
    assert asked(f"d={said}").since("d") is None
    assert asked(f"d={said}").until("d") is None


def test_the_last_day_there_is_raises_nothing() -> None:
    assert asked("d=9999-12-31").until("d") is not None


def test_an_address_keeps_its_filters_and_begins_anew() -> None:
    page = asked("q=%E5%85%9A%E5%A7%94&status=held&after=5&empty=")
    assert page.address(status="late") == "/messages?q=%E5%85%9A%E5%A7%94&status=late"
    assert page.address(status="", q="") == "/messages"
    assert page.address(after="9") == "/messages?q=%E5%85%9A%E5%A7%94&status=held&after=9"
