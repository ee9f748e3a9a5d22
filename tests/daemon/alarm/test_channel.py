"""How people are told: by a command, by mail, and never by the broken way alone."""

from dataclasses import replace
from email import message_from_bytes, policy
from pathlib import Path
from threading import Event

import pytest

from daemon.alarm import Command, Mail, Telling, Way
from daemon.errors import Unavailable
from daemon.ledger import Queued
from daemon.outbox import Maildir, Refused
from tests.daemon.offices import NOON

A_TELLING = Telling(
    id="ab12", headline="【报送】报警：x", text="$(touch owned); `id`\n", about="zuzhibu", now=NOON
)


def test_a_command_gets_the_text_on_stdin_and_no_shell(tmp_path: Path) -> None:
    got = tmp_path / "got it"
    Command(f"sh -c 'cat > \"$0\"' '{got}'").tell(A_TELLING)
    assert got.read_text() == A_TELLING.text
    assert not (Path.cwd() / "owned").exists()


@pytest.mark.parametrize("line", ["false", "/nowhere/at/all", "'open", "sleep 60"])
def test_a_command_that_fails_or_hangs_is_named(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("daemon.alarm.channel.TIMEOUT", 0.2)
    with pytest.raises(Unavailable, match="running"):
        Command(line).tell(A_TELLING)


def gone(process: int) -> bool:
    """Within ten seconds; it may wait for init to collect it."""
    for _ in range(200):
        try:
            state = Path(f"/proc/{process}/stat").read_text()
        except (FileNotFoundError, ProcessLookupError):
            return True
        if ") Z " in state:
            return True
        Event().wait(0.05)
    return False


def test_a_command_that_hangs_takes_its_children_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("daemon.alarm.channel.TIMEOUT", 1.0)
    note = tmp_path / "child"
    with pytest.raises(Unavailable, match="timed out"):
        Command(f"sh -c 'sleep 300 & echo $! > \"$0\"; wait' '{note}'").tell(A_TELLING)
    assert gone(int(note.read_text()))


def test_a_command_that_reads_nothing_has_still_been_told(tmp_path: Path) -> None:
    note = tmp_path / "told"
    Command(f"touch '{note}'").tell(replace(A_TELLING, text="x" * 1_000_000))
    assert note.exists()


class Closed:
    """A way out that takes nothing."""

    tried = 0

    def open(self) -> None:
        self.tried += 1
        raise Unavailable("SMTP", "connection refused")

    def send(self, reply: Queued) -> None:
        raise Refused("550 never reached")

    def close(self) -> None:
        """Nothing was opened."""


def test_a_mail_goes_by_the_first_way_that_works(tmp_path: Path) -> None:
    closed = Closed()
    ways = (
        Way(mailbox="a", address="a@example.org", transport=closed),
        Way(mailbox="b", address="b@example.org", transport=Maildir(tmp_path)),
    )
    mail = Mail(to="admin@example.org", ways=ways)
    mail.tell(A_TELLING)
    mail.tell(A_TELLING)
    assert closed.tried == 2
    [raw] = (tmp_path / "new").iterdir()
    said = message_from_bytes(raw.read_bytes(), policy=policy.default)
    assert said["To"] == "admin@example.org"
    assert said["Subject"] == A_TELLING.headline
    assert said["Auto-Submitted"] == "auto-generated"
    assert said["X-Baosong"].startswith("baosong; alarm")
    assert said.get_content() == A_TELLING.text.replace("\n", "\r\n")


def test_the_way_that_the_alarm_is_about_is_tried_last(tmp_path: Path) -> None:
    closed = Closed()
    broken = Way(mailbox="zuzhibu", address="a@example.org", transport=closed)
    fine = Way(mailbox="b", address="b@example.org", transport=Maildir(tmp_path))
    Mail(to="admin@example.org", ways=(broken, fine)).tell(A_TELLING)
    assert closed.tried == 0


def test_when_every_way_is_closed_each_is_named() -> None:
    way = Way(mailbox="zuzhibu", address="a@example.org", transport=Closed())
    with pytest.raises(Unavailable, match="zuzhibu: SMTP: connection refused"):
        Mail(to="admin@example.org", ways=(way,)).tell(A_TELLING)
    with pytest.raises(Unavailable, match="no mailbox can send"):
        Mail(to="admin@example.org", ways=()).tell(A_TELLING)
