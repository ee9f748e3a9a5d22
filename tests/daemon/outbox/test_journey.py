"""Ledger, outbox and a real server together, on a bad day."""

from datetime import timedelta
from pathlib import Path

from daemon.outbox import Smtp
from tests.daemon.ledger.entries import a_ledger
from tests.daemon.outbox.servers import Post, a_server, free_port, serving
from tests.daemon.outbox.wire import Clock, an_outbox, replies, states


def test_an_outage_and_a_cut_after_data_lose_nothing_and_double_only_the_same_mail(
    tmp_path: Path,
) -> None:
    port, clock, post = free_port(), Clock(), Post(drops=1)
    with a_ledger(tmp_path) as ledger:
        replies(ledger, 4)
        outbox = an_outbox(ledger, Smtp(a_server(port)), clock)
        for _ in range(30):
            assert outbox.deliver() == 0
            clock.forward(minutes=2)
        assert states(ledger) == [("waiting", 0)] * 4
        with serving(post, port=port):
            for _ in range(3):
                clock.at += timedelta(hours=2)
                outbox.deliver()
        assert [state for state, _ in states(ledger)] == ["sent"] * 4
    mails = [envelope.content for envelope in post.taken]
    assert len(mails) == 5
    assert len(set(mails)) == 4


def test_a_quota_of_the_provider_postpones_the_rest_of_the_day(tmp_path: Path) -> None:
    post, clock = Post(after_data=["250 OK", "554 5.5.0 MI:STC"]), Clock()
    with a_ledger(tmp_path) as ledger, serving(post) as server:
        replies(ledger, 3)
        outbox = an_outbox(ledger, Smtp(server), clock)
        assert outbox.deliver() == 1
        assert states(ledger) == [("sent", 1), ("waiting", 1), ("waiting", 0)]
        assert "MI:STC" in ledger.caps.all_paused()[0].why
        clock.forward(hours=1)
        assert outbox.deliver() == 2
    assert len(post.taken) == 3
