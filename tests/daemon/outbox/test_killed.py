"""SIGKILL between recording, sending and knowing that it was sent."""

from pathlib import Path

import pytest

from daemon.ledger import Ledger, Queued
from tests.daemon.crash import deaths
from tests.daemon.ledger.entries import a_ledger
from tests.daemon.outbox.wire import Clock, Wire, an_outbox, replies, states


def test_killed_between_any_two_lines_a_mail_is_sent_once_or_twice_the_same(
    tmp_path: Path,
) -> None:
    """Every delivery is noted in a file that outlives the child; nothing else is shared."""
    deliveries: dict[int, int] = {}
    for step in deaths(lambda n: sent_from(tmp_path / str(n)), within="daemon/outbox/__init__"):
        folder = tmp_path / str(step)
        sent_from(folder)
        mails = sorted((folder / "sent").iterdir())
        assert len({mail.read_bytes() for mail in mails}) == 1
        deliveries[step] = len(mails)
        with Ledger(folder / "ledger.db") as ledger:
            assert [state for state, _ in states(ledger)] == ["sent"]
    assert set(deliveries.values()) == {1, 2}
    assert len(deliveries) > 40
    assert sum(count == 2 for count in deliveries.values()) <= 3


def sent_from(folder: Path) -> None:
    """Record one message and deliver its reply, from wherever an earlier life left off."""
    (folder / "sent").mkdir(parents=True, exist_ok=True)

    class Noting(Wire):
        def send(self, reply: Queued) -> None:
            number = len(list((folder / "sent").iterdir()))
            (folder / "sent" / str(number)).write_bytes(reply.message_id.encode() + reply.raw)

    with a_ledger(folder) as ledger:
        replies(ledger, 1)
        an_outbox(ledger, Noting(), Clock()).deliver()


@pytest.mark.parametrize(("part", "least"), [("record", 60), ("queueing", 5)])
def test_killed_in_the_ledger_a_message_is_recorded_whole_or_not_at_all(
    tmp_path: Path, part: str, least: int
) -> None:
    calm = a_ledger(tmp_path / "calm")
    replies(calm, 1)
    whole = list(calm.messages())
    calm.close()
    step = 0
    for step in deaths(lambda n: sent_from(tmp_path / str(n)), within=f"daemon/ledger/{part}"):
        with Ledger(tmp_path / str(step) / "ledger.db") as ledger:
            assert list(ledger.messages()) in ([], whole)
            replies(ledger, 1)
            assert list(ledger.messages()) == whole
    assert step > least
