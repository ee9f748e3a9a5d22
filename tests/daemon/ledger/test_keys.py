"""Where messages lie, when servers give their numbers anew."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from daemon.ledger import Key, Ledger
from tests.daemon.ledger.entries import NOON, a_ledger, an_entry, at, digest


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with a_ledger(tmp_path) as opened:
        yield opened


def test_other_bytes_at_a_known_number_are_another_message(ledger: Ledger) -> None:
    """The mailbox was made anew and counts from 1 again under the same UIDVALIDITY."""
    first = an_entry(1)
    second = replace(an_entry(1), sha256=digest("another letter"), reply=None)
    old, new = ledger.record(first), ledger.record(second)
    assert old != new
    assert ledger.known(first.key) == new
    assert [m["uidvalidity"] for m in ledger.messages()] == ["1~1", "1"]
    assert [ledger.record(second), ledger.by_digest("zuzhibu", first.sha256)] == [
        new,
        (old, replace(first.key, uidvalidity="1~1")),
    ]
    assert ledger.history(old)[-1].what == "displaced"


def test_a_message_moves_to_a_number_that_another_had(ledger: Ledger) -> None:
    gone, kept = ledger.record(an_entry(1)), ledger.record(an_entry(2))
    ledger.move(kept, an_entry(1).key, at(1))
    assert ledger.known(an_entry(1).key) == kept
    assert ledger.known(an_entry(2).key) is None
    assert {m["version"] for m in ledger.messages()} == {1, 2}
    assert ledger.history(gone)[-1].what == "displaced"


def test_a_message_that_moves_nowhere_stays_as_it_is(ledger: Ledger) -> None:
    message = ledger.record(an_entry(1))
    before = ledger.history(message)
    ledger.move(message, an_entry(1).key, at(1))
    assert ledger.history(message) == before


@pytest.mark.parametrize("uidvalidity", ["0", "", "99999999999999999999"])
def test_any_uidvalidity_is_a_text(ledger: Ledger, uidvalidity: str) -> None:
    key = Key(mailbox="zuzhibu", uidvalidity=uidvalidity, uid=(1 << 32) - 1)
    message = ledger.record(an_entry(1, key=key))
    assert ledger.known(key) == message
    assert ledger.newest("zuzhibu", uidvalidity) == (1 << 32) - 1


def test_a_ledger_knows_when_it_was_begun(ledger: Ledger) -> None:
    with Ledger(ledger.path) as again:
        assert again.made() == ledger.made() > NOON
