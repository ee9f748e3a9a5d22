"""The folder in which the demo plays: two Maildirs with mail in them, and a configuration."""

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.demo.mailing import ADDRESSES, Sent

DEPARTMENTS = {"zuzhibu": ("组织部", "020-83226783"), "xuanchuanbu": ("宣传部", "020-85285143")}
NOTICES = Path(__file__).parents[2] / "rules" / "notices"

HEAD = """\
# Written by the demo: the embedded default. Mail lies in Maildirs, replies go into Maildirs.
state    = "state"
notices  = ["{notices}/2020-four-ones.toml"]
language = "zh"
go_live  = 2020-06-01T00:00:00+08:00

[replies]
max_age  = "36500 days"   # the mail of the demo is from 2020
"""
MAILBOX = """
[[mailbox]]
name = "{name}"
department = "{department}"
address = "{address}"
phone = "{phone}"
  [mailbox.maildir]
  path = "mail/{name}"
  [mailbox.outbox]
  maildir = "replies/{name}"
"""


@dataclass(frozen=True)
class Stage:
    root: Path

    @property
    def config(self) -> Path:
        return self.root / "config.toml"

    @property
    def state(self) -> Path:
        return self.root / "state"

    def replies(self) -> list[Path]:
        """The letters in the outgoing Maildirs, oldest first."""
        found = self.root.glob("replies/*/new/*")
        return sorted(found, key=lambda path: (path.stat().st_mtime_ns, path.name))


def set_up(root: Path) -> Stage:
    """A fresh folder; what an earlier demo left there is removed."""
    shutil.rmtree(root, ignore_errors=True)
    stage = Stage(root)
    for name in ADDRESSES:
        for folder in (f"mail/{name}", f"replies/{name}"):
            for part in ("tmp", "new", "cur"):
                (root / folder / part).mkdir(parents=True)
    stage.config.write_text(_configuration(), encoding="utf-8")
    return stage


def _configuration() -> str:
    mailboxes = [
        MAILBOX.format(name=name, address=ADDRESSES[name], department=department, phone=phone)
        for name, (department, phone) in DEPARTMENTS.items()
    ]
    return HEAD.format(notices=NOTICES) + "".join(mailboxes)


def deliver(stage: Stage, mail: Iterable[Sent]) -> None:
    """Lay the mail into the Maildirs. A file's time is the time of arrival."""
    for number, sent in enumerate(mail):
        seconds = sent.received.timestamp()
        name = f"{int(seconds)}.M{number}.demo"
        path = stage.root / "mail" / sent.mailbox / "new" / name
        path.write_bytes(sent.raw)
        os.utime(path, (seconds, seconds))
