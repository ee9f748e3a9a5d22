"""The configuration as a value: passed in, never a global. Its keys are a contract."""

import re
from datetime import time, timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    AwareDatetime,
    Field,
    GetPydanticSchema,
    IPvAnyNetwork,
    ValidationInfo,
)
from pydantic import field_validator as checks
from pydantic_core import core_schema

from daemon.config.address import Address, address
from daemon.config.model import Located, Section
from daemon.config.reminding import Hour, Many, Reminding, Schedules
from daemon.config.server import Imap, Line, Smtp, is_loopback
from daemon.config.units import Bytes, Duration
from rules.notice import Language, Notice


def _endpoint(text: str) -> str:
    name, _, port = text.rpartition(":")
    if not name or not port.isdigit() or not 0 < int(port) < 65536:
        raise ValueError(f"{text!r} is no host:port")
    return text


def _page(text: str) -> str:
    if text and not re.fullmatch(r"https?://[^\s<>\"?#]+", text):
        raise ValueError(f"{text!r} is no address such as https://baosong.example.cn")
    return text.rstrip("/")


def _positive(span: timedelta) -> timedelta:
    if span <= timedelta(0):
        raise ValueError("must be longer than nothing")
    return span


Span = Annotated[Duration, AfterValidator(_positive)]


class Maildir(Section):
    """A mailbox in a folder on this machine: the embedded default, or a local delivery agent's."""

    path: Located
    junk: str = "auto"
    after: Literal["nothing", "seen"] = "nothing"


class Outbox(Section):
    """Replies are laid into a Maildir instead of being sent."""

    maildir: Located


class Mailbox(Section):
    """One department's mailbox. `name` is the word the notice and the terminal use."""

    name: str = Field(pattern=r"^\w[\w.-]*$")
    department: Line
    address: Address
    phone: str = ""
    authserv: str = ""  # the name our own server gives itself in Authentication-Results
    imap: Imap | None = None
    maildir: Maildir | None = None
    smtp: Smtp | None = None
    outbox: Outbox | None = None
    poll: Span = timedelta(minutes=2)

    @checks("maildir")
    @classmethod
    def _one_way_in(cls, maildir: Maildir | None, info: ValidationInfo) -> Maildir | None:
        faulty = "imap" not in info.data
        if not faulty and (info.data["imap"] is None) == (maildir is None):
            raise ValueError("give one of [mailbox.imap] and [mailbox.maildir]")
        return maildir

    @checks("outbox")
    @classmethod
    def _one_way_out(cls, outbox: Outbox | None, info: ValidationInfo) -> Outbox | None:
        if info.data.get("smtp") is not None and outbox is not None:
            raise ValueError("give one of [mailbox.smtp] and [mailbox.outbox]")
        return outbox

    @checks("poll")
    @classmethod
    def _not_too_often(cls, poll: timedelta, info: ValidationInfo) -> timedelta:
        imap = info.data.get("imap")
        # Providers take a login every few seconds for an attack and lock the mailbox.
        least = 10 if imap is not None and not is_loopback(imap.host) else 1
        if poll < timedelta(seconds=least):
            raise ValueError(f"at least {least} s")
        return poll


class Replies(Section):
    """Which verdicts are answered, and how many of them."""

    mode: Literal["send", "approve", "off"] = "send"
    receipts: bool = True
    per_sender_per_day: int = Field(default=3, ge=0)
    per_mailbox_per_day: int = Field(default=90, ge=0)
    envelope: Literal["self", "null"] = "self"
    max_age: Span = timedelta(days=7)


class Inspection(Section):
    """The sandbox for files: how many workers, and what each may use."""

    workers: int = Field(default=2, ge=1, le=64)
    timeout: Span = timedelta(seconds=60)
    memory: Annotated[Bytes, Field(ge=128 << 20)] = 1 << 30
    clamd: str = ""


class Web(Section):
    """The staff's pages. `hosts` are the names they are reached by, besides this machine's own."""

    listen: Annotated[str, AfterValidator(lambda text: _endpoint(text) if text else "")] = (
        "127.0.0.1:8765"
    )
    public: bool = False  # the second word that listening beyond this machine needs
    hosts: tuple[str, ...] = ()
    url: Annotated[str, AfterValidator(_page)] = ""  # how mails of ours lead to them
    proxy_header: str = Field(default="", pattern=r"^[A-Za-z0-9-]*$")
    proxy_from: tuple[IPvAnyNetwork, ...] = (ip_network("127.0.0.1"),)
    idle: Span = timedelta(hours=8)
    longest: Span = timedelta(days=7)

    @checks("public")
    @classmethod
    def _known_to_be_open(cls, public: bool, info: ValidationInfo) -> bool:
        listen = info.data.get("listen", "")
        if listen and not public and not is_loopback(listen.rpartition(":")[0].strip("[]")):
            text = f"{listen} can be reached from other machines: say public = true if it should"
            raise ValueError(text)
        return public


class Alarm(Section):
    """Told by a command, a mail, or both: a mailbox silent for `after`, less than `disk` bytes
    free, more than `quota` percent of a mailbox used, replies that wait longer than `queue`."""

    after: Span = timedelta(minutes=30)
    disk: Bytes = 3 << 30  # one video of 2 GB is spooled, and decoded beside it
    quota: int = Field(default=90, ge=1, le=100)
    queue: Span = timedelta(hours=2)
    command: str = ""
    mail: Annotated[str, AfterValidator(lambda text: address(text) if text else "")] = ""


class Digest(Section):
    """The day's news for staff, by mail. `mailbox`: of one department; "" = of all."""

    to: Address
    at: Hour = time(8)
    mailbox: str = ""
    ahead: Span = timedelta(days=7)  # who is missing, for what closes so soon
    quiet: bool = True  # nothing to say: no mail


# InstanceOf would build all of a notice's schema once more, for a writing that nobody asks for.
Loaded = Annotated[Notice, GetPydanticSchema(lambda noun, _: core_schema.is_instance_schema(noun))]


class Config(Section):
    """The whole file, its `notices` loaded. Without `go_live` only `max_age` tells old mail."""

    state: Located
    notices: tuple[Loaded, ...]
    links: tuple[Located, ...] = ()  # tables of link providers besides the shipped one
    language: Language = "zh"
    go_live: AwareDatetime | None = None
    mailboxes: tuple[Mailbox, ...] = Field(alias="mailbox")
    replies: Replies = Field(default_factory=Replies)
    inspection: Inspection = Field(default_factory=Inspection)
    web: Web = Field(default_factory=Web)
    alarm: Alarm = Field(default_factory=Alarm)
    reminders: Schedules = ()
    reminding: Reminding = Field(default_factory=Reminding)
    digest: Annotated[tuple[Digest, ...], Many] = ()

    @checks("digest")
    @classmethod
    def _of_a_mailbox(cls, digest: tuple[Digest, ...], info: ValidationInfo) -> tuple[Digest, ...]:
        names = {box.name for box in info.data.get("mailboxes", ())}
        for one in digest:
            if names and one.mailbox not in {"", *names}:
                raise ValueError(f"there is no mailbox {one.mailbox!r}")
        return digest

    @property
    def ledger(self) -> Path:
        """Where the ledger is, or will be once the daemon has run."""
        return self.state / "ledger.db"

    def mailbox(self, name: str) -> Mailbox | None:
        return next((m for m in self.mailboxes if m.name == name), None)

    def notices_of(self, mailbox: str) -> tuple[Notice, ...]:
        """The notices that name this mailbox, in the order of the file."""
        return tuple(n for n in self.notices if n.mailbox(mailbox))
