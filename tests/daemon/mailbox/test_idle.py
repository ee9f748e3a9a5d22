"""IDLE: mail is heard of, and a server that cannot or will not tell is found out."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Timer

import pytest
from imapclient import SocketTimeout  # type: ignore[import-untyped]

import daemon.mailbox.idle
import daemon.mailbox.imap
from daemon.errors import Unavailable
from daemon.mailbox.idle import Idle
from daemon.mailbox.imap import Declined
from tests.daemon.mailbox.test_imap import LETTER, a_box
from tests.servers.letterbox import Letterbox
from tests.servers.providers import NETEASE
from tests.servers.proxy import Manners, Talk, proxy


@contextmanager
def listening(letterbox: Letterbox, manners: Manners | None = None) -> Iterator[Idle]:
    with proxy(letterbox.server.port, manners or Manners()) as front:
        box = a_box(letterbox, port=front.port)
        assert box.imap
        with Idle(box, box.imap) as idle:
            yield idle


def says(*lines: bytes) -> Manners:
    """A server that answers IDLE with these lines."""

    def command(_talk: Talk, tag: bytes, rest: bytes) -> bytes | None:
        asked = rest.upper().startswith(b"IDLE")
        return b"".join(line.replace(b"TAG", tag) + b"\r\n" for line in lines) if asked else None

    return Manners(command=command)


def test_mail_is_heard_of(letterbox: Letterbox) -> None:
    with listening(letterbox) as idle:
        idle.begin()
        Timer(0.1, letterbox.put, (LETTER,)).start()
        assert idle.heard()
        idle.end()
        idle.begin()
        Timer(0.1, letterbox.put, (LETTER,)).start()
        assert idle.heard()
    assert letterbox.flags() == {1: set(), 2: set()}


def test_in_time_it_is_begun_anew(letterbox: Letterbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(daemon.mailbox.idle, "RENEW", timedelta(0))
    with listening(letterbox) as idle:
        for _ in range(2):
            idle.begin()
            assert not idle.heard()
            idle.end()


def test_a_server_without_idle_is_not_listened_to(letterbox: Letterbox) -> None:
    with pytest.raises(Declined, match="does not offer IDLE"), listening(letterbox, NETEASE):
        pytest.fail("it listens")


@pytest.mark.parametrize("answer", [b"TAG BAD what", b"TAG NO no", b"* BAD what", b"TAG OK done"])
def test_a_server_that_offers_idle_and_refuses_it_is_not_listened_to(
    letterbox: Letterbox, answer: bytes
) -> None:
    with listening(letterbox, says(answer)) as idle, pytest.raises(Declined):
        idle.begin()


def test_a_server_that_is_silent_about_idle_is_not_waited_for_long(
    letterbox: Letterbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(daemon.mailbox.imap, "TIMEOUT", SocketTimeout(5, 0.5))
    with listening(letterbox, says()) as idle, pytest.raises(Unavailable, match="timed out"):
        idle.begin()


def test_signs_of_life_are_no_mail(letterbox: Letterbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(daemon.mailbox.idle, "RENEW", timedelta(seconds=1))
    alive = says(b"+ idling", b"* OK Still here", b"* 1 FETCH (FLAGS (\\Seen))", b"* 3 EXPUNGE")
    with listening(letterbox, alive) as idle:
        idle.begin()
        assert not idle.heard()


@pytest.mark.parametrize("nonsense", [b"* BYE going down", b"A9 OK done", b"\xff\x00", b"* ("])
def test_nonsense_while_listening_ends_it(
    letterbox: Letterbox, monkeypatch: pytest.MonkeyPatch, nonsense: bytes
) -> None:
    monkeypatch.setattr(daemon.mailbox.idle, "RENEW", timedelta(seconds=2))
    monkeypatch.setattr(daemon.mailbox.imap, "TIMEOUT", SocketTimeout(5, 2))

    def line(talk: Talk, said: bytes) -> bytes | None:
        if nonsense.startswith(b"* BYE") and b"DONE" in talk.said:
            return None
        told = b"IDLE" in talk.said and said.endswith(b"EXISTS\r\n")
        return nonsense + b"\r\n" if told else said

    with listening(letterbox, Manners(line=line)) as idle:
        idle.begin()
        letterbox.put(LETTER)
        with pytest.raises(Unavailable):
            _to_the_end(idle)


def _to_the_end(idle: Idle) -> None:
    for _ in range(3):
        idle.heard()
        idle.end()


def test_a_server_that_dies_is_no_silence(letterbox: Letterbox) -> None:
    def line(_talk: Talk, said: bytes) -> bytes | None:
        return None if said.endswith(b"EXISTS\r\n") and dying else said

    dying = False
    with listening(letterbox, Manners(line=line)) as idle:
        idle.begin()
        dying = True
        letterbox.put(LETTER)
        assert not idle.heard()
        with pytest.raises(Unavailable):
            idle.end()


def test_another_thread_can_end_the_waiting(letterbox: Letterbox) -> None:
    with listening(letterbox) as idle:
        idle.begin()
        Timer(0.1, idle.stop).start()
        assert not idle.heard()
