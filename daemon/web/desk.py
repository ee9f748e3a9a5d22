"""What every page works with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request

from daemon.acts import Acts
from daemon.config import Config
from daemon.inspection import Inspector
from daemon.ledger import Ledger
from rules.notice import Language


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """`ledger` is a connection of its own: a page never waits for a pass over a mailbox."""

    config: Config
    ledger: Ledger
    acts: Acts
    inspector: Inspector
    clock: Callable[[], datetime]

    @property
    def language(self) -> Language:
        return self.config.language

    @property
    def zone(self) -> str:
        """The office's time zone: that of its first notice."""
        return self.config.notices[0].zone

    def department(self, mailbox: str) -> str:
        """What people call it; the mailbox's own word when it is no longer configured."""
        box = self.config.mailbox(mailbox)
        return box.department if box else mailbox


def desk_of(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk
