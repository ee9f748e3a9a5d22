"""Connections that stay open between two passes."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from daemon.config.settings import Mailbox
from daemon.mailbox import Folder, open_mailbox

if TYPE_CHECKING:
    from daemon.mailbox.imap import Session

MOST_MISSES = 3  # connections in a row found dead: then each pass has one of its own


class Kept:
    """One connection for each mailbox, lent to one pass at a time; a second pass gets another."""

    def __init__(self) -> None:
        self._idle: dict[str, Session] = {}
        self._closed = False

    @contextmanager
    def opening(self, box: Mailbox, *, state: Path) -> Iterator[Iterator[Folder]]:
        """As `open_mailbox`; after a pass that ends well the connection is kept."""
        if box.imap is None:
            with open_mailbox(box, state=state) as folders:
                yield folders
            return
        from daemon.mailbox.imap import Session

        session = self._idle.pop(box.name, None) or Session(box, box.imap)
        well = False
        try:
            yield session.folders()
            well = True
        finally:
            self._back(session, well=well)

    def close(self) -> None:
        self._closed = True
        while self._idle:
            self._idle.popitem()[1].close(polite=True)

    def _back(self, session: "Session", *, well: bool) -> None:
        """What is remembered of the server is kept in any case."""
        if not well:
            session.drop()
        elif self._closed or session.misses >= MOST_MISSES:
            session.close(polite=True)
        if not self._closed and self._idle.setdefault(session.box.name, session) is not session:
            session.close(polite=True)
