"""An office in a folder: Maildirs in and out, the shipped notice, a clock of its own."""

import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from textwrap import dedent

from daemon.config import Config, load
from daemon.config.notices import SHIPPED

NOON = datetime(2020, 7, 1, 4, tzinfo=UTC)  # noon in Guangzhou
CONFIG = """
    state = "state"
    notices = ["notices/*.toml"]
    {top}
    [[mailbox]]
    name = "zuzhibu"
    department = "组织部"
    address = "zzbdj@scau.edu.cn"
    phone = "020-83226783"
    {box}
    [mailbox.maildir]
    path = "in"
    [mailbox.outbox]
    maildir = "out"
    [replies]
    {replies}
"""


class Clock:
    """Stands still until it is moved."""

    def __init__(self, now: datetime = NOON) -> None:
        self.time = now

    def __call__(self) -> datetime:
        return self.time

    def pass_(self, span: timedelta) -> None:
        self.time += span


def an_office(root: Path, *, top: str = "", box: str = "", replies: str = "") -> Path:
    """The path of its configuration."""
    for name in ("new", "cur", "tmp"):
        (root / "in" / name).mkdir(parents=True)
    (root / "notices").mkdir()
    for path in SHIPPED.parent.glob(f"{SHIPPED.stem}*.toml"):
        shutil.copy(path, root / "notices")
    config = root / "config.toml"
    config.write_text(dedent(CONFIG).format(top=top, box=box, replies=replies))
    return config


def configured(root: Path, *, top: str = "", box: str = "", replies: str = "") -> Config:
    return load(an_office(root, top=top, box=box, replies=replies))


def post(root: Path, name: str, raw: bytes, at: datetime = NOON) -> Path:
    """Deliver a letter into the office's mailbox, at that instant."""
    path = root / "in" / "new" / name
    path.write_bytes(raw)
    os.utime(path, (at.timestamp(), at.timestamp()))
    return path


def answers(root: Path) -> list[bytes]:
    """The replies that went out, oldest Message-ID first."""
    return [p.read_bytes() for p in sorted((root / "out" / "new").glob("*"))]
