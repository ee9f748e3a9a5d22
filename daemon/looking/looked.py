"""What can be known of a mail before it is its turn."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from daemon.inspection import Examined
from daemon.message import Opened


@dataclass(frozen=True, slots=True)
class Looked:
    """A mail that was opened, and its files with what was found in them."""

    opened: Opened
    examined: tuple[Examined, ...]


class Looker(Protocol):
    """Who opens a spooled mail and looks into its files: here, or in processes of its own."""

    def warm(self) -> None:
        """Mail is on its way: what starts slowly may start now."""
        ...

    def look(self, raw: Path, into: Path, received: datetime | None) -> Looked: ...
