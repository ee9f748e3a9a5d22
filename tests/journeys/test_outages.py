"""The world fails: nothing is lost, nobody is answered twice, nothing becomes a verdict."""

import resource
import signal
from datetime import timedelta
from itertools import pairwise

import pytest

from tests.journeys.bureau import Bureau, until
from tests.journeys.post import JULY_2, faulty, good
from tests.servers import providers
from tests.servers.postbox import GOOD, Mail
from tests.servers.proxy import proxy

UNITS = ("农学院党委", "园艺学院党委", "资源环境学院党委", "动物科学学院党委", "机关党委")


def test_a_reply_waits_while_smtp_is_down_and_goes_out_once(bureau: Bureau) -> None:
    bureau.xuanchuanbu.put(faulty(), received=JULY_2)
    bureau.postbox.stop()
    bureau.once()
    [row] = bureau.messages()
    assert (row["status"], row["reply"]["state"]) == ("returned", "waiting")
    bureau.postbox.start()
    for _ in range(2):
        bureau.once_later(timedelta(hours=1))
    assert [r["reply"]["state"] for r in bureau.messages()] == ["sent"]
    assert [m.message["Message-ID"] for m in bureau.mails] == [row["reply"]["message_id"]]


def test_a_reply_that_is_put_off_goes_out_later(bureau: Bureau) -> None:
    answers = iter(["451 4.7.1 greylisted", GOOD])
    bureau.postbox.answer = lambda _mail: next(answers)
    bureau.xuanchuanbu.put(faulty(), received=JULY_2)
    bureau.once()
    assert [r["reply"]["state"] for r in bureau.messages()] == ["waiting"]
    bureau.once_later(timedelta(hours=1))
    assert [r["reply"]["state"] for r in bureau.messages()] == ["sent"]
    assert len(bureau.mails) == 1


def test_a_reply_that_is_refused_for_good_is_kept_as_failed(bureau: Bureau) -> None:
    bureau.postbox.answer = lambda _mail: "550 5.1.1 no such user"
    bureau.xuanchuanbu.put(faulty(), received=JULY_2)
    bureau.once()
    assert [r["reply"]["state"] for r in bureau.messages()] == ["failed"]
    assert bureau.mails == []


def test_an_imap_server_that_is_down_costs_nobody_a_verdict(bureau: Bureau) -> None:
    bureau.xuanchuanbu.put(good(), received=JULY_2)
    server = bureau.xuanchuanbu.server
    server.stop()
    bureau.once(exits=75)
    assert bureau.messages() == []
    server.start()
    bureau.once()
    assert [r["status"] for r in bureau.messages()] == ["accepted"]


def test_a_fetch_that_is_cut_goes_on_where_it_was(bureau: Bureau) -> None:
    bureau.xuanchuanbu.put(good(), received=JULY_2)
    with proxy(bureau.xuanchuanbu.server.port, providers.cuts_once(5_000)) as front:
        bureau.ports["xuanchuanbu"] = front.port
        assert "fetching message 1 of INBOX" in bureau.once()
    assert [r["status"] for r in bureau.messages()] == ["accepted"]
    assert len(bureau.mails) == 1


@pytest.mark.parametrize(
    ("limit", "value", "said"),
    [
        (resource.RLIMIT_FSIZE, 1 << 20, "File too large"),
        (resource.RLIMIT_NOFILE, 10, "Too many open files"),
    ],
)
def test_a_machine_that_runs_out_costs_nobody_a_verdict(
    bureau: Bureau, limit: int, value: int, said: str
) -> None:
    raw = good().rstrip() + b"\r\n" * 800_000
    bureau.xuanchuanbu.put(raw, received=JULY_2)
    status, log = bureau.once_within(limit, value)
    assert (status, said in log) == (75, True), log
    assert bureau.messages() == []
    bureau.once()
    assert [r["status"] for r in bureau.messages()] == ["accepted"]
    assert len(bureau.mails) == 1


@pytest.mark.timeout(300)
def test_a_daemon_killed_again_and_again_loses_and_doubles_nothing(bureau: Bureau) -> None:
    for number in range(15):
        raw = faulty(UNITS[number % 5], title=f"第{number}稿")
        bureau.xuanchuanbu.put(raw.replace(b"nxy@", b"n%dxy@" % number), received=JULY_2)
    before = bureau.xuanchuanbu.flags()
    for spooled in (1, 5, 9, 13):
        _killed_when(bureau, spooled=spooled)
    for sent in (1, 5, 9, 13):
        _killed_when(bureau, sent=sent)
    bureau.once_later(timedelta(hours=1))
    rows = bureau.messages()
    assert len(rows) == 15
    assert {r["status"] for r in rows} == {"returned"}
    assert bureau.xuanchuanbu.flags() == before
    _each_answered_once(bureau.mails, [r["reply"]["message_id"] for r in rows])


def _killed_when(bureau: Bureau, *, spooled: int = 0, sent: int = 0) -> None:
    with bureau.serving() as process:
        until(lambda: bureau.spooled >= spooled and len(bureau.mails) >= sent, "the moment to die")
        process.send_signal(signal.SIGKILL)
        process.wait(10)


def _each_answered_once(mails: list[Mail], expected: list[str]) -> None:
    """A mail may come twice when the kill fell into its exchange: the same mail, next to itself."""
    ids = [m.message["Message-ID"] for m in mails]
    assert set(ids) == set(expected)
    seconds = [b for a, b in pairwise(ids) if a == b]
    assert len(ids) - len(seconds) == len(set(ids))
    assert len({m.raw for m in mails}) == len(set(ids))


def test_a_crash_inside_the_smtp_exchange_repeats_the_same_mail(bureau: Bureau) -> None:
    bureau.xuanchuanbu.put(faulty(), received=JULY_2)
    with bureau.serving() as process:

        def taken_and_never_told(_mail: Mail) -> str:
            process.send_signal(signal.SIGKILL)
            process.wait(10)
            return GOOD

        bureau.postbox.answer = taken_and_never_told
        until(lambda: bureau.mails, "the first mail")
    bureau.postbox.answer = lambda _mail: GOOD
    bureau.once_later(timedelta(hours=1))
    first, second = bureau.mails
    assert first.raw == second.raw
    assert [r["reply"]["state"] for r in bureau.messages()] == ["sent"]
