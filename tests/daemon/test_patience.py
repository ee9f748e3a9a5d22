"""How long a mailbox that cannot be reached is left alone."""

from datetime import UTC, datetime, timedelta

import pytest

from daemon.patience import Patience, pause

TWO = timedelta(minutes=2)
NOON = datetime(2020, 7, 10, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("failures", "minutes"), [(1, 2), (2, 4), (3, 8), (4, 15), (5, 15), (10**6, 15)]
)
def test_the_pause_doubles_up_to_a_quarter_of_an_hour(failures: int, minutes: int) -> None:
    assert pause(failures, poll=TWO) == timedelta(minutes=minutes)


@pytest.mark.parametrize(("failures", "minutes"), [(1, 10), (2, 20), (3, 40), (4, 60), (99, 60)])
def test_after_a_refused_login_it_begins_at_ten_minutes(failures: int, minutes: int) -> None:
    assert pause(failures, poll=TWO, refused=True) == timedelta(minutes=minutes)


def test_a_mailbox_that_is_read_once_a_day_is_tried_sooner_after_a_fault() -> None:
    assert pause(1, poll=timedelta(days=1)) == timedelta(minutes=15)


def test_a_mailbox_is_due_again_when_its_pause_is_over() -> None:
    patience = Patience(TWO)
    assert patience.due(NOON)
    assert patience.failed(NOON, refused=False) == TWO
    assert not patience.due(NOON + TWO - timedelta(seconds=1))
    assert patience.due(NOON + TWO)


def test_a_success_is_news_after_failures_only() -> None:
    patience = Patience(TWO)
    assert not patience.recovered()
    patience.failed(NOON, refused=True)
    assert patience.recovered()
    assert patience.due(NOON)
    assert patience.failed(NOON, refused=False) == TWO
