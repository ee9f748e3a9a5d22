"""The raw messages on disk, byte for byte, named by their SHA-256."""

import hashlib
import os
import shutil
import tempfile
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from daemon.errors import Unavailable


@dataclass(frozen=True, slots=True)
class Spooled:
    """A message that is on disk and synced. `size` in bytes."""

    path: Path
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A message that is written and not yet synced: a power cut may take it. `size` in bytes."""

    path: Path
    sha256: str
    size: int


class Spool:
    """root/<first two hex digits>/<sha256>.eml; unfinished files live in root/work."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._durable: set[str] = set()  # folders whose names were synced
        self._lent = 0  # work folders
        self._idle: list[Path] = []
        self._lending = threading.Lock()

    def receive(self, chunks: Iterable[bytes]) -> Spooled:
        """Write the chunks of one message as they come. The same bytes twice are one file.

        Raises Unavailable when the disk refuses; what `chunks` raises passes through.
        """
        [spooled] = self.settle([self.write(chunks)])
        return spooled

    def write(self, chunks: Iterable[bytes]) -> Unsettled:
        """The first half of `receive`. Nobody may rely on the message before it is settled."""
        with _world("写入来件暂存"):
            handle, name = tempfile.mkstemp(dir=self._work(), suffix=".eml")
        with ExitStack() as undoing, os.fdopen(handle, "wb", buffering=0) as file:
            undoing.callback(Path(name).unlink, missing_ok=True)
            written = Unsettled(Path(name), *_write(file, chunks))
            undoing.pop_all()
        return written

    def settle(self, written: Sequence[Unsettled]) -> tuple[Spooled, ...]:
        """The second half, for many at once: one journal commit serves them all."""
        with ExitStack() as undoing, _world("存放来件"):
            undoing.callback(self.forget, written)
            for message in written:
                _sync(message.path)
            self._make(dict.fromkeys(message.sha256[:2] for message in written))
            placed = tuple(map(self._place, written))
            for folder in dict.fromkeys(spooled.path.parent for spooled in placed):
                _sync(folder)
            undoing.pop_all()
        return placed

    def forget(self, written: Iterable[Unsettled]) -> None:
        """Take away what was written and is not to be kept."""
        for message in written:
            message.path.unlink(missing_ok=True)

    def find(self, sha256: str) -> Path | None:
        path = self._path(sha256)
        return path if path.is_file() else None

    def letters(self) -> Iterator[Path]:
        """Every raw copy that lies here, in no order."""
        return self.root.glob("[0-9a-f][0-9a-f]/*.eml")

    def unfinished(self) -> Iterator[Path]:
        """What is being written, and what a crash kept from being finished."""
        return self.root.glob("work/*")

    @contextmanager
    def temporary(self) -> Iterator[Path]:
        """A folder for decoded files, on the spool's file system; emptied afterwards, and gone
        when no other one is in use. To make and remove one for each message costs 0.2 ms."""
        with _world("建立临时文件夹"):
            folder = self._lend()
        try:
            yield folder
        finally:
            self._take_back(folder)

    def _lend(self) -> Path:
        with self._lending:
            folder = self._idle.pop() if self._idle else None
            if folder is None or not folder.is_dir():
                folder = Path(tempfile.mkdtemp(dir=self._work()))
            self._lent += 1
        return folder

    def _take_back(self, folder: Path) -> None:
        left = [] if _emptied(folder) else [folder]
        with self._lending:
            self._lent -= 1
            if not left:
                self._idle.append(folder)
            if self._lent == 0:
                left += self._idle
                self._idle = []
        for path in left:
            shutil.rmtree(path, ignore_errors=True)

    def _path(self, sha256: str) -> Path:
        return self.root.joinpath(sha256[:2], f"{sha256}.eml")

    def _place(self, message: Unsettled) -> Spooled:
        path = self._path(message.sha256)
        if path.is_file():
            message.path.unlink()
        else:
            message.path.replace(path)
        return Spooled(path, message.sha256, message.size)

    def _work(self) -> Path:
        work = self.root / "work"
        if "work" not in self._durable or not work.is_dir():
            self._make(["work"])
        return work

    def _make(self, names: Iterable[str]) -> None:
        """These folders are there, and last. However many are new, they are synced at once: of
        256 each by itself, the first letters of a season would pay for 512 syncs."""
        new = [n for n in names if n not in self._durable or not (self.root / n).is_dir()]
        for name in new:
            (self.root / name).mkdir(parents=True, exist_ok=True)
        if new:
            _sync(self.root)  # also when a crash came between making them and this
            _sync(self.root.parent)
            self._durable.update(new)


def _emptied(folder: Path) -> bool:
    """False: there are folders in it, from archives; it is not worth keeping."""
    try:
        found = list(os.scandir(folder))
        if any(entry.is_dir(follow_symlinks=False) for entry in found):
            return False
        for entry in found:
            Path(entry).unlink()
    except OSError:  # somebody has taken it away, or made it unwritable
        return False
    return True


def _write(file: FileIO, chunks: Iterable[bytes]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for chunk in chunks:
        digest.update(chunk)
        size += len(chunk)
        with _world("写入来件暂存"):
            _write_all(file, chunk)
    return digest.hexdigest(), size


def _write_all(file: FileIO, chunk: bytes) -> None:
    """Unbuffered: a write may be cut short, on a disk that is nearly full."""
    left = memoryview(chunk)
    while left:
        left = left[file.write(left) :]


def _sync(path: Path) -> None:
    """A rename survives a power cut only once its folder is synced."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _world(attempt: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:  # disk full, no permission, too many open files
        raise Unavailable(attempt, error) from error
