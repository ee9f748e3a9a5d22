"""An office, its clock, and one who listens."""

import shutil
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from daemon.alarm import Channel, Telling, Watch
from daemon.config import Config
from daemon.errors import Unavailable
from daemon.ledger import Ledger
from tests.daemon.offices import Clock

MINUTE = timedelta(minutes=1)
GIB = 1 << 30


@dataclass
class Ear:
    """A channel that writes down what it was told; `deaf` while it is broken."""

    heard: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    deaf: bool = False

    def tell(self, telling: Telling) -> None:
        self.ids.append(telling.id)
        if self.deaf:
            raise Unavailable("telling", "the channel is broken")
        self.heard.append(telling.text)

    def first_lines(self) -> list[str]:
        return [text.partition("\n")[0] for text in self.heard]


@dataclass
class Scene:
    """An office, its clock, and one who listens."""

    root: Path
    config: Config
    clock: Clock = field(default_factory=Clock)
    ear: Ear = field(default_factory=Ear)

    def __post_init__(self) -> None:
        self.ledger = Ledger(self.config.ledger)
        self.restart()

    def restart(self) -> None:
        channels: tuple[Channel, ...] = (self.ear,)
        self.watch = Watch(
            config=self.config, ledger=self.ledger, channels=channels, clock=self.clock
        )

    def minutes(self, count: int) -> None:
        """So many minutes go by, and each of them is looked at."""
        for _ in range(count):
            self.clock.pass_(MINUTE)
            self.watch()


class Usage(NamedTuple):
    total: int
    used: int
    free: int


def disk(monkeypatch: pytest.MonkeyPatch, free: int) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(0, 0, free))
