"""Where mails wait: each step is durable when it returns."""

from datetime import datetime
from typing import Protocol

from daemon.ledger import Queued


class Queue(Protocol):
    """The ledger's replies, or its dispatches."""

    def due(self, mailbox: str, now: datetime) -> Queued | None:
        """The next mail that may go; one that a crash left in the act is due like any."""
        ...

    def sending(self, mail: int, now: datetime, /) -> bool:
        """It may have been sent from now on. False: somebody has dropped it meanwhile."""
        ...

    def sent(self, mail: int, now: datetime, /) -> None: ...

    def later(self, mail: int, until: datetime, why: str, /) -> None: ...

    def drop(self, mail: int, now: datetime, why: str, /) -> object: ...

    def failed(self, mail: int, now: datetime, why: str, /) -> None: ...
