"""A mail opened in this very process: for one that a person looks at, and for the fuzzers."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from daemon import message as letter
from daemon.links import Provider
from daemon.message import Opened


@dataclass(frozen=True, slots=True)
class Here:
    """`providers` of links: the shipped ones when None."""

    providers: Collection[Provider] | None = None

    def warm(self) -> None:
        """There is nothing to start."""

    def open(self, raw: Path, into: Path, *, received: datetime | None) -> Opened:
        return letter.read(raw, into, received=received, providers=self.providers)
