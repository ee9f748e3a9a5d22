"""Who listens at a mailbox: wakes the pass for mail, and gives up on what only costs."""

import time
from collections.abc import Callable
from datetime import timedelta
from queue import SimpleQueue

import pytest

import daemon.vigil
from daemon.config.settings import Mailbox
from daemon.vigil import MOST_FAILURES, vigils
from tests.daemon.mailbox.test_imap import LETTER, a_box
from tests.servers.fixtures import dovecot, letterbox, new_letterbox
from tests.servers.letterbox import Letterbox
from tests.servers.providers import NETEASE
from tests.servers.proxy import Manners, Talk, proxy

__all__ = ["dovecot", "letterbox", "new_letterbox"]
SOON = 20.0  # seconds, a limit for broken code alone


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(daemon.vigil, "BREATH", 0.01)


def a_hasty_box(letterbox: Letterbox, port: int) -> Mailbox:
    """A mailbox read so often that every wait of ours is short."""
    return a_box(letterbox, port=port).model_copy(update={"poll": timedelta(milliseconds=20)})


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + SOON
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_it_wakes_once_at_the_beginning_and_then_for_mail(letterbox: Letterbox) -> None:
    woken: SimpleQueue[str] = SimpleQueue()
    with vigils([a_box(letterbox)], woken.put) as started:
        started["office"].readable(True)
        assert woken.get(timeout=SOON) == "office"
        assert woken.empty()
        letterbox.put(LETTER)
        assert woken.get(timeout=SOON) == "office"


def test_nobody_connects_before_the_mailbox_could_be_read(letterbox: Letterbox) -> None:
    with proxy(letterbox.server.port, Manners()) as front:
        with vigils([a_hasty_box(letterbox, front.port)], print) as started:
            started["office"].readable(False)
            time.sleep(0.2)
        assert front.talks == []


def test_a_server_without_idle_is_asked_once(letterbox: Letterbox) -> None:
    with proxy(letterbox.server.port, NETEASE) as front:
        with vigils([a_hasty_box(letterbox, front.port)], print) as started:
            started["office"].readable(True)
            until(lambda: not started["office"].alive)
        assert len(front.talks) == 1


def test_one_that_never_lets_us_listen_is_given_up(
    letterbox: Letterbox, caplog: pytest.LogCaptureFixture
) -> None:
    hangs_up = Manners(line=lambda talk, line: None if _idling(talk) else line)
    with proxy(letterbox.server.port, hangs_up) as front:
        with vigils([a_hasty_box(letterbox, front.port)], print) as started:
            started["office"].readable(True)
            until(lambda: not started["office"].alive)
        assert len(front.talks) == MOST_FAILURES
    assert "nobody listens any more" in caplog.text


def _idling(talk: Talk) -> bool:
    return b"IDLE" in talk.said


def test_one_that_dies_again_and_again_is_listened_to_again_without_a_storm(
    letterbox: Letterbox,
) -> None:
    """It hangs up instead of telling of mail: what imapclient reports as silence."""
    woken: SimpleQueue[str] = SimpleQueue()
    dies = Manners(
        line=lambda talk, line: None if _idling(talk) and line.endswith(b"EXISTS\r\n") else line
    )
    with proxy(letterbox.server.port, dies) as front:
        box = a_hasty_box(letterbox, front.port)
        with vigils([box], woken.put) as started:
            started["office"].readable(True)
            for _ in range(3):
                woken.get(timeout=SOON)
                letterbox.put(LETTER)
            woken.get(timeout=SOON)
            assert started["office"].alive
            assert woken.empty()
        assert len(front.talks) == 4


def test_leaving_does_not_wait_for_mail(letterbox: Letterbox) -> None:
    woken: SimpleQueue[str] = SimpleQueue()
    with vigils([a_box(letterbox)], woken.put) as started:
        started["office"].readable(True)
        woken.get(timeout=SOON)
    assert not started["office"].alive
