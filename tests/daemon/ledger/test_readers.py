"""Who reads never waits for who writes."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from daemon.errors import Unavailable
from daemon.ledger import Ledger
from tests.daemon.ledger.entries import a_ledger, an_entry


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with a_ledger(tmp_path) as opened:
        yield opened


def elsewhere(work: Callable[[], object]) -> object:
    """What `work` gives when another thread does it; it must not wait for this one."""
    found: list[object] = []
    thread = threading.Thread(target=lambda: found.append(work()), daemon=True)
    thread.start()
    thread.join(timeout=10)
    assert found, "it waits"
    return found[0]


def count(ledger: Ledger) -> int:
    return len(list(ledger.messages()))


def test_a_page_is_read_while_another_thread_writes(ledger: Ledger) -> None:
    ledger.record(an_entry(1))
    with ledger._store.writing() as connection:
        connection.execute("delete from event")
        assert elsewhere(lambda: len(ledger.history(1))) == 1
    assert elsewhere(lambda: len(ledger.history(1))) == 0


def test_a_thread_sees_what_it_is_writing(ledger: Ledger) -> None:
    ledger.record(an_entry(1))
    with ledger._store.writing() as connection:
        connection.execute("delete from event")
        assert ledger.history(1) == ()


def test_many_pages_are_read_at_once(ledger: Ledger) -> None:
    ledger.record(an_entry(1))
    with ledger._store.reading(), ledger._store._readers.one():
        assert elsewhere(lambda: count(ledger)) == 1
    assert len(ledger._store._readers._idle) == 2


def test_a_reader_is_used_again(ledger: Ledger) -> None:
    with ledger._store.writing():
        for _ in range(3):
            assert elsewhere(lambda: count(ledger)) == 0
    assert len(ledger._store._readers._idle) == 1


def test_a_reader_cannot_write(ledger: Ledger) -> None:
    def write() -> object:
        with pytest.raises(Unavailable, match="readonly"), ledger._store.reading() as connection:
            connection.execute("delete from message")
        return True

    with ledger._store.writing():
        assert elsewhere(write)


def test_a_reader_that_is_lent_out_is_closed_when_it_comes_back(ledger: Ledger) -> None:
    with ledger._store._readers.one():
        ledger._store._readers.close()
    assert ledger._store._readers._idle == []
