"""When reminders fall due."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from rules.reminding import fires, moments

HERE = ZoneInfo("Asia/Shanghai")
MIDNIGHT = datetime(2020, 7, 16, tzinfo=HERE)  # the end of 15 July
DAY = timedelta(days=1)
NINE = time(9)


def test_days_are_counted_from_the_last_day_that_counts() -> None:
    found = dict(moments(MIDNIGHT, [7 * DAY, DAY], [3 * DAY], NINE))
    assert found == {
        -7: datetime(2020, 7, 8, 9, tzinfo=HERE),
        -1: datetime(2020, 7, 14, 9, tzinfo=HERE),
        3: datetime(2020, 7, 18, 9, tzinfo=HERE),
    }


@pytest.mark.parametrize(("hour", "there"), [(time(11, 59), True), (time(12), False)])
def test_on_the_due_day_only_before_its_cutoff(hour: time, there: bool) -> None:
    noon = datetime(2020, 7, 15, 12, tzinfo=HERE)
    assert bool(list(moments(noon, [0 * DAY], [], hour))) == there


@pytest.mark.parametrize(
    ("now", "does"),
    [
        (datetime(2020, 7, 8, 8, 59, 59, tzinfo=HERE), False),
        (datetime(2020, 7, 8, 9, tzinfo=HERE), True),
        (datetime(2020, 7, 8, 23, 59, 59, tzinfo=HERE), True),
        (datetime(2020, 7, 9, tzinfo=HERE), False),
        (datetime(2020, 7, 8, 1, tzinfo=ZoneInfo("UTC")), True),
    ],
)
def test_a_moment_lasts_to_the_end_of_its_day(now: datetime, does: bool) -> None:
    assert fires(datetime(2020, 7, 8, 9, tzinfo=HERE), now) == does
