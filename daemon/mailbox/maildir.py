"""A Maildir on this machine: the embedded default, and what a local delivery agent writes.

The standard library's `mailbox` moves and parses; here files are only read, and never renamed
unless `after = "seen"`.
"""

import logging
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from daemon.config.settings import Maildir
from daemon.errors import Unavailable
from daemon.mailbox.folder import Item, Vanished
from daemon.mailbox.uidlist import UidList

CHUNK = 1 << 20
_JUNK = (".Junk", ".Spam", ".垃圾邮件")  # subfolders, as Maildir++ writes them

log = logging.getLogger(__name__)


class LocalFolder:
    """`new/` and `cur/` of one Maildir. The time a message came is its file's mtime.

    Delivery writes the file, so mtime is what an IMAP server shows as INTERNALDATE; a
    Delivery-date header could be the sender's own.
    """

    def __init__(self, path: Path, uids: UidList, *, seen: bool, junk: bool) -> None:
        self.path = path
        self.uids = uids
        self.seen = seen
        self.junk = junk
        self.place = uids.place
        self.uidvalidity = uids.validity
        self._seen: dict[str, Path] = {}

    def listing(self, after: int = 0) -> Iterator[Item]:
        files = self._files()
        numbers = self.uids.number(sorted(files, key=lambda base: (_stamp(files[base]), base)))
        for base, uid in sorted(numbers.items(), key=lambda pair: pair[1]):
            item = _item(uid, files[base]) if uid > after else None
            if item is not None:
                yield item

    def unchanged(self) -> bool:
        return False

    def found(self, *, new: bool) -> None:
        """A folder is soon looked through."""

    def fetch(self, uid: int) -> Iterator[bytes]:
        what = f"reading message {uid} of {self.path}"
        path = self._find(uid, what)
        try:
            with path.open("rb") as file:
                while chunk := file.read(CHUNK):
                    yield chunk
        except OSError as error:  # a disk that fails, or a file that is not ours to read
            raise Unavailable(what, error.strerror) from error

    def fetch_many(self, items: Iterable[Item]) -> Iterator[tuple[Item, Iterator[bytes]]]:
        for item in items:
            yield item, self.fetch(item.uid)

    def dispose(self, uid: int) -> None:
        if self.junk or not self.seen:
            return
        what = f"marking message {uid} of {self.path} as seen"
        path = self._find(uid, what)
        base, _, flags = path.name.partition(":2,")
        name = f"{base}:2,{''.join(sorted({*flags, 'S'}))}"
        try:
            path.rename(self.path / "cur" / name)
        except OSError as error:  # taken away meanwhile, or a folder that is not ours to write
            raise Unavailable(what, error.strerror) from error

    def _find(self, uid: int, what: str) -> Path:
        """Where it lay at the last look; looked for anew only when it lies there no more."""
        base = self.uids.base(uid)
        path = self._seen.get(base)
        if path is None or not path.is_file():
            path = self._files().get(base)
        if path is None:
            raise Vanished(what, "it is no longer there")
        return path

    def _files(self) -> dict[str, Path]:
        """Every message by its unique name, which keeps while flags and folder change."""
        try:
            self._seen = {
                path.name.partition(":")[0].replace("\n", "␤"): path
                for folder in ("new", "cur")
                for path in (self.path / folder).iterdir()
                if not path.name.startswith(".")
            }
        except OSError as error:  # no Maildir there, a share that is not mounted
            raise Unavailable(f"listing {self.path}", error.strerror) from error
        return self._seen


def _stamp(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:  # another program has just moved it from new/ to cur/
        return 0


def _item(uid: int, path: Path) -> Item | None:
    try:
        facts = path.stat()
    except FileNotFoundError:  # moved or taken away since; the next pass meets it again
        return None
    flags = tuple(path.name.partition(":2,")[2])
    received = datetime.fromtimestamp(facts.st_mtime, UTC)
    return Item(uid=uid, size=facts.st_size, received=received, flags=flags)


def folders(maildir: Maildir, name: str, state: Path) -> Iterator[LocalFolder]:
    """The Maildir itself, then its junk subfolder when it has one."""
    seen = maildir.after == "seen"
    yield LocalFolder(maildir.path, UidList(state, name), seen=seen, junk=False)
    for junk in _junk(maildir):
        uids = UidList(state, f"{name}/{junk.name.removeprefix('.')}")
        yield LocalFolder(junk, uids, seen=seen, junk=True)


def _junk(maildir: Maildir) -> list[Path]:
    names = _JUNK if maildir.junk == "auto" else (f".{maildir.junk}",) if maildir.junk else ()
    return [maildir.path / name for name in names if (maildir.path / name / "cur").is_dir()]
