"""How SQLite answers each statement of the line: from an index, whatever else is in the ledger."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from daemon.ledger import Ledger
from daemon.ledger.again import OPEN
from tests.bench.ledger_line import MANY, of_a_pass, of_the_outbox
from tests.daemon.ledger.entries import a_ledger

# what a scan may read: the values of a question, the letters of one exchange, and what is still to
# be taken off its shelf
OURS = re.compile(
    r"SCAN (CONSTANT ROW|ours VIRTUAL TABLE|thread$|withdrawn USING INDEX withdrawn_left)"
)
SUBQUERY = re.compile(r"SCAN \(")  # what others of the plan's lines have found
# of the search index itself, and of the transactions
OTHER = re.compile(r"\s*(--|begin|commit|savepoint|release|pragma)", re.IGNORECASE)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with a_ledger(tmp_path) as opened:
        yield opened


def statements(ledger: Ledger) -> dict[str, str]:
    """Every statement of the line, and the step that first runs it."""
    found: dict[str, str] = {}
    with ledger._store.reading() as connection:
        ran: list[str] = []
        connection.set_trace_callback(ran.append)
        for name, step in {**of_a_pass(ledger), **of_the_outbox(ledger)}.items():
            step()
            for statement in ran:
                found.setdefault(statement, name)
            ran.clear()
        connection.set_trace_callback(None)
    return {s: name for s, name in found.items() if not OTHER.match(s)}


def plan(ledger: Ledger, statement: str) -> list[str]:
    with ledger._store.reading() as connection:
        rows = connection.execute(f"explain query plan {statement}").fetchall()
    return [row["detail"] for row in rows]


def scans(details: list[str]) -> list[str]:
    """Where a table is read from one end to the other, or an index of it."""
    read = [d for d in details if d.startswith("SCAN")]
    return [d for d in read if not (OURS.match(d) or SUBQUERY.match(d))]


def test_no_statement_of_the_line_scans_a_table_or_an_index(ledger: Ledger) -> None:
    asked = statements(ledger)
    assert len(asked) > MANY
    assert {s: found for s in asked if (found := scans(plan(ledger, s)))} == {}


def test_a_scan_would_be_seen(ledger: Ledger) -> None:
    for slow in ("size > 5", "subject = 'x'", "mailbox in (select mailbox from message)"):
        assert scans(plan(ledger, f"select id from message where {slow}"))
    assert scans(plan(ledger, "select count(*) from message")), "of an index, too"


def test_what_is_judged_again_is_found_in_its_order(ledger: Ledger) -> None:
    """Half of a million messages may be open; they are taken some at a time."""
    details = plan(ledger, OPEN.replace("?", "1"))
    assert details[0].startswith("SEARCH message USING INDEX message_open")
    assert not [d for d in details if "TEMP B-TREE" in d]


def test_what_was_written_to_an_address_is_found_by_the_address(ledger: Ledger) -> None:
    """An index search alone says little: a mailbox may have sent a million mails."""
    about = [s for s in statements(ledger) if "where to_address" in s]
    assert len(about) >= 3
    plans = [d for s in about for d in plan(ledger, s) if "reply" in d or "dispatch" in d]
    assert [d for d in plans if "to_address=?" not in d] == []
