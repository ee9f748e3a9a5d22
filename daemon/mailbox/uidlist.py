"""UIDs for a Maildir, which has none: ascending, never used twice, kept in the state folder.

A digest of the file name would need no memory, but would not ascend, and "newer than the last one
seen" is what every pass asks for. The list is not kept in the Maildir: nothing there is ours.
"""

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from daemon import clock
from daemon.errors import Unavailable


class UidList:
    """The unique names of a Maildir, one a line; the first line is the UIDVALIDITY.

    When the file is lost, a new one has another UIDVALIDITY, so that no UID means two messages.
    """

    def __init__(self, state: Path, place: str) -> None:
        self.place = place
        self.path = state / "uids" / quote(place, safe="")
        with self._alone():
            self._load()

    def _load(self) -> None:
        text = self._read()
        # A line without its end was being written when the power went: it was given to nobody.
        self._length = text.rfind(b"\n") + 1
        lines = os.fsdecode(text[: self._length]).split("\n")[:-1] or self._begin()
        self.validity = lines[0]
        self._names = lines[1:]
        self._uids = {name: uid for uid, name in enumerate(self._names, 1)}

    def base(self, uid: int) -> str:
        """The unique name with that UID; "" for a UID that was never given."""
        return self._names[uid - 1] if 0 < uid <= len(self._names) else ""

    def number(self, bases: Iterable[str]) -> dict[str, int]:
        """The UID of each; new names get the next ones, in the order given."""
        names = list(bases)
        if any(base not in self._uids for base in names):
            with self._alone():
                validity = self.validity
                self._load()
                if self.validity != validity:
                    raise Unavailable(f"reading {self.path}", "it was taken away meanwhile")
                self._add([base for base in names if base not in self._uids])
        return {base: self._uids[base] for base in names}

    def _add(self, new: list[str]) -> None:
        if new:
            self._write(new)
            self._uids |= {base: uid for uid, base in enumerate(new, len(self._names) + 1)}
            self._names += new

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """The daemon, `doctor` and `reconcile` may read one Maildir at a time."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.path.parent, os.O_RDONLY | os.O_DIRECTORY)
        except OSError as error:  # the state folder is not ours to write, too many open files
            raise Unavailable(f"opening {self.path.parent}", error.strerror) from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def _read(self) -> bytes:
        try:
            return self.path.read_bytes()
        except FileNotFoundError:  # the first pass over this Maildir
            return b""
        except OSError as error:  # not ours to read, a disk that fails
            raise Unavailable(f"reading {self.path}", error.strerror) from error

    def _begin(self) -> list[str]:
        validity = str(int(clock.now().timestamp()))
        self._write([validity])
        return [validity]

    def _write(self, lines: list[str]) -> None:
        """Append durably: a UID that the ledger may come to hold must survive a power loss."""
        data = os.fsencode("".join(f"{line}\n" for line in lines))
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("r+b" if self.path.exists() else "xb") as file:
                file.seek(self._length)
                file.truncate()
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            _sync(self.path.parent)
        except OSError as error:  # the disk is full, or the state folder is not ours to write
            raise Unavailable(f"writing {self.path}", error.strerror) from error
        self._length += len(data)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
