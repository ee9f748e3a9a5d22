"""Values on their way into SQLite."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from daemon.ledger.values import instant

EAST = timezone(timedelta(hours=8))
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("at", "written"),
    [
        (datetime(2020, 7, 10, 1, 2, 3, tzinfo=UTC), "2020-07-10T01:02:03.000Z"),
        (datetime(2020, 7, 10, 1, 2, 3, 999_999, tzinfo=UTC), "2020-07-10T01:02:03.999Z"),
        (datetime(2020, 7, 10, 1, 2, 3, tzinfo=EAST), "2020-07-09T17:02:03.000Z"),
        (datetime(2020, 7, 10, 1, 2, 3), "2020-07-10T01:02:03.000Z"),  # noqa: DTZ001 - a header's
        (datetime(1, 1, 1, tzinfo=EAST), "0001-01-01T00:00:00.000Z"),
        (
            datetime(9999, 12, 31, 23, tzinfo=timezone(-timedelta(hours=8))),
            "9999-12-31T23:00:00.000Z",
        ),
    ],
)
def test_an_instant_is_written_in_utc_always_as_long(at: datetime, written: str) -> None:
    assert instant(at) == written
    assert instant(at) == written, "once more, from memory"


def test_the_hour_that_comes_twice_is_two_hours() -> None:
    """Python calls the two equal: what is remembered of one must not answer for the other."""
    first = datetime(2020, 10, 25, 2, 30, tzinfo=BERLIN)
    second = first.replace(fold=1)
    assert first == second
    assert instant(first) == "2020-10-25T00:30:00.000Z"
    assert instant(second) == "2020-10-25T01:30:00.000Z"
