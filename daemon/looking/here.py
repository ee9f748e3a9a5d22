"""A mail opened in this very process: for one that a person looks at, and for the fuzzers."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from daemon import message as letter
from daemon.inspection import Inspector
from daemon.links import Provider
from daemon.looking.looked import Looked


@dataclass(frozen=True, slots=True)
class Here:
    """`providers` of links: the shipped ones when None."""

    inspector: Inspector
    providers: Collection[Provider] | None = None

    def warm(self) -> None:
        self.inspector.warm()

    def look(self, raw: Path, into: Path, received: datetime | None) -> Looked:
        opened = letter.read(raw, into, received=received, providers=self.providers)
        return Looked(opened, self.inspector.inspect(opened.files, into))
