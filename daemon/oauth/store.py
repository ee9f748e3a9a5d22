"""Grants on disk: one file for each account, readable for the service alone.

Not in the ledger: that is copied by backups and opened with any SQLite tool, and a refresh token
reads a whole mailbox. A rotated token replaces the old one before it is used: its room on the
disk is taken before the provider is asked, then written, synced, renamed.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Event

from daemon.config.secret import OAuth
from daemon.errors import ConfigError, Problem, Unavailable
from daemon.filenames import safe
from daemon.oauth.grant import Grant

ROOM = 64 << 10  # bytes; tokens have 1 to 4 KiB each
LOOK = 0.05  # seconds between two looks whether somebody else has renewed the same grant
PATIENCE = 1800  # looks: a minute and a half


@dataclass(frozen=True, slots=True)
class Store:
    """The grant of one account to one application."""

    path: Path

    def read(self) -> Grant | None:
        """None: nobody has signed in yet. Raises ConfigError for a file that is none of ours."""
        try:
            raw = self.path.read_bytes()
        except FileNotFoundError:
            return None
        except PermissionError as error:  # root's, from before the folder had its owner
            raise _unusable(self.path, "cannot be read: give it to the service's user") from error
        except OSError as error:  # too many open files, a disk that fails
            raise Unavailable(f"reading {self.path}", error) from error
        try:
            return Grant.from_json(raw)
        except (ValueError, TypeError, KeyError):  # edited by hand, or cut by a bad disk
            fault = _unusable(self.path, "is no sign-in: remove it and sign in anew")
        raise fault

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One process and thread at a time renews: the loser of a race would lose the grant."""
        handle = self._opened()
        try:
            self._locked(handle)
            yield
        finally:
            os.close(handle)

    @contextmanager
    def room(self) -> Iterator[Callable[[Grant], None]]:
        """What will hold the next grant, taken now: a full disk must not cost a rotated token."""
        work = self.path.with_suffix(".new")
        try:
            with _world(f"making room for {work}"):
                handle = os.open(work, os.O_WRONLY | os.O_CREAT, 0o600)
                try:
                    os.posix_fallocate(handle, 0, ROOM)
                finally:
                    os.close(handle)
            yield lambda grant: self._replace(work, grant)
        finally:
            with suppress(OSError):  # renamed, as it should be; else its content is of no use
                work.unlink()

    def _replace(self, work: Path, grant: Grant) -> None:
        text = grant.to_json().encode()
        with _world(f"keeping the sign-in {self.path}"):
            with work.open("r+b") as file:
                file.write(text)
                file.truncate()
                file.flush()
                os.fsync(file.fileno())
                _give(file.fileno(), self.path.parent)
            work.rename(self.path)
            _sync(self.path.parent)

    def _opened(self) -> int:
        folder, lock = self.path.parent, self.path.with_suffix(".lock")
        with _world(f"opening {lock}"):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if os.geteuid() == 0:
                owner = folder.parent.stat()
                os.chown(folder, owner.st_uid, owner.st_gid)
            handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
            _give(handle, folder)
        return handle

    def _locked(self, handle: int) -> None:
        for _ in range(PATIENCE):
            with suppress(BlockingIOError):  # somebody else is renewing
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            Event().wait(LOOK)
        raise Unavailable(f"waiting for {self.path}", "somebody else has been renewing it")


def store(oauth: OAuth, account: str) -> Store:
    """Where the grant of this account lies. Another application has another one."""
    whose = f"{oauth.token_at()}\n{oauth.client_id}\n{oauth.scopes()}\n{account}"
    mark = sha256(whose.encode()).hexdigest()[:8]
    return Store(oauth.tokens / f"{safe(account)[:60]}.{mark}.json")


def _unusable(path: Path, why: str) -> ConfigError:
    return ConfigError([Problem("oauth", f"{path} {why}")])


def _give(handle: int, folder: Path) -> None:
    """What root writes, the service must be able to read."""
    if os.geteuid() == 0:
        owner = folder.stat()
        os.fchown(handle, owner.st_uid, owner.st_gid)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _world(attempt: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:  # a full disk, a folder that is not ours, too many open files
        raise Unavailable(attempt, error) from error
