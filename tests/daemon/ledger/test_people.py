"""Persons, sessions and failed sign-ins, as the ledger keeps them."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from daemon.ledger import Ledger, Person
from tests.daemon.ledger.entries import NOON, a_ledger

IDLE, LONGEST = timedelta(hours=8), timedelta(days=7)
MOMENT = timedelta(milliseconds=1)
WANG = Person(name="Wang", role="act", mailboxes=frozenset({"zuzhibu"}))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with a_ledger(tmp_path) as ledger:
        ledger.people.add(WANG, "hash", NOON)
        yield ledger


def seen(ledger: Ledger, after: timedelta) -> Person | None:
    return ledger.sessions.person("digest", NOON + after, idle=IDLE, longest=LONGEST)


def test_a_person_is_found_whatever_the_case(ledger: Ledger) -> None:
    assert ledger.people.find("wANG") == WANG
    assert ledger.people.hash("WANG") == "hash"
    assert ledger.people.find("Li") is None
    assert ledger.people.hash("Li") is None


def test_a_name_is_given_once(ledger: Ledger) -> None:
    assert not ledger.people.add(Person(name="WANG", role="admin"), "another", NOON)
    assert ledger.people.all() == (WANG,)
    assert ledger.people.hash("wang") == "hash"


def test_a_role_and_departments_can_be_changed(ledger: Ledger) -> None:
    assert ledger.people.grant(Person(name="wang", role="admin"))
    assert ledger.people.all() == (Person(name="Wang", role="admin", mailboxes=None),)
    assert not ledger.people.grant(Person(name="li", role="admin"))


@pytest.mark.parametrize(
    ("person", "sees", "acts"),
    [
        (Person(name="a", role="read", mailboxes=frozenset({"zuzhibu"})), True, False),
        (Person(name="a", role="read"), True, False),
        (Person(name="a", role="act", mailboxes=frozenset({"zuzhibu"})), True, True),
        (Person(name="a", role="act", mailboxes=frozenset({"xuanchuanbu"})), False, False),
        (Person(name="a", role="act", mailboxes=frozenset()), False, False),
        (Person(name="a", role="admin"), True, True),
    ],
)
def test_who_sees_and_who_decides(person: Person, sees: bool, acts: bool) -> None:
    assert person.sees("zuzhibu") is sees
    assert person.acts_on("zuzhibu") is acts


def test_a_session_ends_by_rest(ledger: Ledger) -> None:
    ledger.sessions.begin("digest", "wang", NOON)
    assert seen(ledger, IDLE - MOMENT) == WANG
    assert seen(ledger, 2 * IDLE - 2 * MOMENT) == WANG, "a page was looked at in between"
    assert seen(ledger, 3 * IDLE) is None


def test_a_session_ends_by_age_however_busy(ledger: Ledger) -> None:
    ledger.sessions.begin("digest", "wang", NOON)
    for hours in range(0, 7 * 24, 7):
        assert seen(ledger, timedelta(hours=hours)) == WANG
    assert seen(ledger, LONGEST - MOMENT) == WANG
    assert seen(ledger, LONGEST) is None


def test_a_page_is_noted_once_a_minute(ledger: Ledger) -> None:
    ledger.sessions.begin("digest", "wang", NOON)
    assert seen(ledger, timedelta(seconds=59)) == WANG
    assert seen(ledger, IDLE) is None, "the page before was not noted"


def test_a_session_ends_when_it_is_ended(ledger: Ledger) -> None:
    ledger.sessions.begin("digest", "wang", NOON)
    ledger.sessions.end("digest")
    assert seen(ledger, timedelta()) is None


def test_a_new_password_ends_every_session(ledger: Ledger) -> None:
    ledger.sessions.begin("digest", "wang", NOON)
    assert ledger.people.password("WANG", "new", NOON)
    assert seen(ledger, timedelta()) is None
    assert ledger.people.hash("wang") == "new"
    assert not ledger.people.password("li", "new", NOON)


def test_a_renewed_hash_ends_none(ledger: Ledger) -> None:
    ledger.sessions.begin("digest", "wang", NOON)
    assert ledger.people.rehash("wang", "renewed")
    assert seen(ledger, timedelta()) == WANG


def test_who_is_removed_is_out_at_once(ledger: Ledger) -> None:
    ledger.sessions.begin("digest", "wang", NOON)
    assert ledger.people.remove("wang")
    assert seen(ledger, timedelta()) is None
    assert not ledger.people.remove("wang")


def test_sessions_that_are_over_are_forgotten(ledger: Ledger) -> None:
    ledger.sessions.begin("digest", "wang", NOON)
    ledger.sessions.forget(NOON + IDLE, idle=IDLE, longest=LONGEST)
    assert seen(ledger, timedelta()) == WANG
    ledger.sessions.forget(NOON + IDLE + MOMENT, idle=IDLE, longest=LONGEST)
    assert seen(ledger, timedelta()) is None


def test_failures_are_counted_apart(ledger: Ledger) -> None:
    for _ in range(3):
        ledger.failures.failed("name", "wang", NOON)
    ledger.failures.failed("address", "wang", NOON)
    counts = [g and g.count for g in (ledger.failures.of(k, "wang") for k in ("name", "address"))]
    assert counts == [3, 1]


def test_a_day_without_a_failure_wipes_the_slate(ledger: Ledger) -> None:
    day = timedelta(days=1)
    ledger.failures.failed("name", "wang", NOON)
    ledger.failures.failed("name", "wang", NOON + day)
    assert (found := ledger.failures.of("name", "wang")) is not None
    assert found.count == 2
    ledger.failures.failed("name", "wang", NOON + 2 * day + MOMENT)
    assert (found := ledger.failures.of("name", "wang")) is not None
    assert found.count == 1


def test_who_gets_in_is_forgiven(ledger: Ledger) -> None:
    ledger.failures.failed("name", "wang", NOON)
    ledger.failures.forgiven("name", "wang")
    assert ledger.failures.of("name", "wang") is None


def test_nobody_is_signed_in_in_a_ledger_that_came_out_of_a_backup(
    ledger: Ledger, tmp_path: Path
) -> None:
    ledger.sessions.begin("digest", "wang", NOON)
    ledger.restored(tmp_path, NOON)
    assert seen(ledger, timedelta()) is None
