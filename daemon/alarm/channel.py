"""How people are told: a command that gets the text on stdin, or a mail."""

import os
import shlex
import signal
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import Protocol

from daemon.errors import Unavailable
from daemon.ledger import Queued
from daemon.outbox import Postponed, Refused, Transport

TIMEOUT = 30.0  # seconds for the command
NAME = "baosong"


@dataclass(frozen=True, kw_only=True, slots=True)
class Telling:
    """One thing to be told. `id` is the same however often it is tried; `about` a mailbox or ""."""

    id: str
    headline: str
    text: str
    about: str
    now: datetime


class Channel(Protocol):
    def tell(self, telling: Telling) -> None:
        """Raises Unavailable when nobody was told."""
        ...


@dataclass(frozen=True, slots=True)
class Command:
    """Run without a shell: the text is data, whatever it holds."""

    line: str

    def tell(self, telling: Telling) -> None:
        attempt = f"running {self.line}"
        try:
            status = _run(shlex.split(self.line), telling.text.encode())
        except (OSError, ValueError, subprocess.TimeoutExpired) as error:
            # no such program, not ours to run, an open quotation mark, a command that hangs
            raise Unavailable(attempt, error) from error
        if status:
            raise Unavailable(attempt, f"exit status {status}")


def _run(command: list[str], text: bytes) -> int:
    """In a group of its own: who hangs is killed with all that it has started."""
    with subprocess.Popen(  # noqa: S603 - the operator's own words, no shell
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            process.communicate(text, timeout=TIMEOUT)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise
        return process.returncode


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    """A mailbox that can send."""

    mailbox: str
    address: str
    transport: Transport


@dataclass(frozen=True, kw_only=True, slots=True)
class Mail:
    """To one address, by the first way that works; a way that the alarm is about comes last."""

    to: str
    ways: Sequence[Way]

    def tell(self, telling: Telling) -> None:
        faults = []
        for way in sorted(self.ways, key=lambda way: way.mailbox == telling.about):
            try:
                _send(way, self.to, telling)
            except (Unavailable, Refused, Postponed) as error:  # the server is away, or says no
                faults.append(f"{way.mailbox}: {error}")
            else:
                return
        raise Unavailable(f"writing to {self.to}", "; ".join(faults) or "no mailbox can send")


def _send(way: Way, to: str, telling: Telling) -> None:
    message_id = f"{NAME}.alarm.{telling.id}@{way.address.rpartition('@')[2]}"
    mail = Queued(
        id=0,
        message=0,
        message_id=message_id,
        mailbox=way.mailbox,
        to=to,
        subject=telling.headline,
        attempts=0,
        created=telling.now,
        raw=_written(way, to, telling, message_id),
    )
    try:
        way.transport.open()
        way.transport.send(mail)
    finally:
        way.transport.close()


def _written(way: Way, to: str, telling: Telling, message_id: str) -> bytes:
    """Marked as ours and automatic, in case it comes back to a mailbox that we read."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address("报送", addr_spec=way.address)
    mail["To"] = to
    mail["Subject"] = telling.headline
    mail["Date"] = telling.now
    mail["Message-ID"] = f"<{message_id}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail["X-Baosong"] = f"{NAME}; alarm"
    mail.set_content(telling.text, cte="base64")
    return mail.as_bytes()
