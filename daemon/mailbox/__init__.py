"""Mailboxes: one small protocol, and one file for each place that mail is kept in."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from daemon.config.settings import Mailbox
from daemon.mailbox.folder import Folder, Item, LoginRefused, Vanished

__all__ = ["Folder", "Item", "LoginRefused", "Opening", "Vanished", "open_mailbox", "usage"]


class Opening(Protocol):
    """A way to open a mailbox: `open_mailbox`, or one that keeps its connection meanwhile."""

    def __call__(
        self, box: Mailbox, *, state: Path
    ) -> AbstractContextManager[Iterator[Folder]]: ...


@contextmanager
def open_mailbox(box: Mailbox, *, state: Path) -> Iterator[Iterator[Folder]]:
    """The folders of a mailbox, each opened when its turn comes; one connection for all.

    Raises Unavailable (LoginRefused) when the mailbox cannot be reached, ConfigError when its
    password is not where the configuration says. `state` holds the UIDs of a Maildir.
    """
    if box.imap is not None:
        from daemon.mailbox.imap import Session

        with Session(box, box.imap) as session:
            yield session.folders()
    elif box.maildir is not None:
        from daemon.mailbox.maildir import folders

        yield folders(box.maildir, box.name, state)


def usage(box: Mailbox) -> tuple[int, int] | None:
    """Bytes in the mailbox and bytes allowed; None where the server does not tell.

    Raises Unavailable and ConfigError as `open_mailbox` does.
    """
    if box.imap is None:
        return None
    from daemon.mailbox.imap import Session

    with Session(box, box.imap) as session:
        return session.quota()
