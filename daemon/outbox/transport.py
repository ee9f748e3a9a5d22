"""What a transport does, and the ways in which a mail does not go."""

from typing import Protocol

from daemon.errors import Unavailable
from daemon.ledger import Queued


class Refused(Exception):
    """This mail is not taken, today or tomorrow. `dead`: there is no such address."""

    def __init__(self, answer: str, *, dead: bool = False) -> None:
        self.dead = dead
        super().__init__(answer)


class Postponed(Exception):
    """This mail is not taken now (a full or greylisting mailbox); others may be."""


class Barred(Unavailable):
    """The server will not serve our mailbox: login, quota, sender. No address is to blame."""


class Transport(Protocol):
    """A way out. `open` and `send` raise Unavailable when the way itself is closed."""

    def open(self) -> None: ...

    def send(self, reply: Queued) -> None:
        """Hand over one mail; it is the next one's responsibility when this returns."""
        ...

    def close(self) -> None: ...
