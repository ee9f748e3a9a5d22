"""When an address or a mailbox has had its mails of the day."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from daemon.ledger import Ledger, Limits
from daemon.ledger.values import instant
from tests.daemon.ledger.entries import a_ledger, an_entry, at

HOURS = dict[str, tuple[float, ...]]  # by table: when mails went
HISTORIES: tuple[HOURS, ...] = (
    {},
    {"reply": (-30, -23, -5, -1)},
    {"reply": (-3, -2, -1), "former_reply": (-25, -4)},
    {"reply": (-23, -2, 0), "former_reply": (-2.5,), "dispatch": (-22, -2.2, -1)},
    {"former_reply": (-6,), "dispatch": (-26,)},
    {"reply": (-30,), "dispatch": (-6, -5)},
)
REPLY = """
insert into {} (message, message_id, mailbox, state, to_address, subject, attempts, created,
  sent_at, error, headers, raw)
values (?, ?, 'zuzhibu', 'sent', 'zhang@example.com', '', 1, '', ?, '', '[]', x'00')
"""
OWN = """
insert into dispatch (kind, notice, unit, message_id, mailbox, state, to_address, subject, created,
  sent_at, error, raw)
values ('reminder', '', '', ?, 'zuzhibu', 'sent', 'zhang@example.com', '', '', ?, '', x'00')
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with a_ledger(tmp_path) as opened:
        yield opened


def send(ledger: Ledger, history: HOURS) -> None:
    uids = count(1)
    for table in ("reply", "former_reply"):
        for hours in history.get(table, ()):
            uid = next(uids)
            message = ledger.record(an_entry(uid, reply=None))
            with ledger._store.writing() as connection:
                row = (message, f"{uid}@x", instant(at(hours)))
                connection.execute(REPLY.format(table), row)
    with ledger._store.writing() as connection:
        rows = ((f"{hours}@own", instant(at(hours))) for hours in history.get("dispatch", ()))
        connection.executemany(OWN, rows)


def full(history: HOURS, tables: set[str], limit: int) -> datetime | None:
    """The same, counted on the fingers."""
    went = sorted((h for t in tables for h in history.get(t, ()) if h > -24), reverse=True)
    return at(went[limit - 1]) + timedelta(days=1) if len(went) >= limit else None


@pytest.mark.parametrize("history", HISTORIES)
def test_a_cap_is_reached_until_the_mail_that_took_its_last_place_is_a_day_old(
    ledger: Ledger, history: HOURS
) -> None:
    send(ledger, history)
    for n in range(1, 8):
        limits = Limits(per_sender_per_day=n, per_mailbox_per_day=n)
        to = ledger.caps.heard_until("Zhang@example.com", at(0), limits)
        assert to == full(history, {"reply", "former_reply"}, n), "our own mails do not count"
        of = ledger.caps.full_until("zuzhibu", at(0), limits)
        assert of == full(history, {"reply", "former_reply", "dispatch"}, n)


def test_without_a_limit_nothing_is_full(ledger: Ledger) -> None:
    send(ledger, HISTORIES[1])
    none = Limits(per_sender_per_day=0, per_mailbox_per_day=0)
    assert ledger.caps.heard_until("zhang@example.com", at(0), none) is None
    assert ledger.caps.full_until("zuzhibu", at(0), none) is None
