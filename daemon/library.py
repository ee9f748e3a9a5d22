"""The library (素材库): accepted material as folders that people browse.

A folder appears whole or not at all: it is written under `.incoming`, checked, synced, and then
renamed. Which folder it is was decided by the ledger, so every step can be repeated after a crash.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from io import FileIO
from pathlib import Path

from daemon.errors import Unavailable
from daemon.filenames import distinct, safe

LETTER = "来件.eml"
SUMS = "SHA256SUMS"
CHUNK = 1 << 18
NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL


@dataclass(frozen=True, kw_only=True, slots=True)
class Keep:
    """One file for the library: the name its sender gave it, and where its bytes lie now.

    `ours`: nobody else needs it there, so it may be linked instead of copied.
    """

    name: str
    source: Path
    sha256: str
    ours: bool = False


def shelf(notice: str, category: str, unit: str, day: date) -> str:
    """`<notice>/<category>/<unit>/<date>`: the ledger appends the number."""
    return "/".join((*(safe(part) for part in (notice, category, unit)), day.isoformat()))


class Library:
    def __init__(self, root: Path) -> None:
        self.root = root
        self._durable: set[Path] = set()  # folders whose names were synced

    def file(self, folder: str, letter: Keep, files: Sequence[Keep]) -> Path:
        """Put the letter and its files into this folder; the folder, if it is there already.

        Raises Unavailable when the disk refuses or the bytes are not the recorded ones.
        """
        target = self.root / folder
        with _world(f"filing into {target}"):
            if not target.is_dir():
                self._file(target, letter, files)
            _sync(target.parent)  # also when a crash came between the rename and this
        return target

    def withdraw(self, folder: str) -> None:
        """Take a folder off its shelf: it is kept under `.withdrawn`, where nobody browses.

        Nothing happens when it is not there. Raises Unavailable when the disk refuses.
        """
        source = self.root / folder
        with _world(f"withdrawing {source}"):
            if source.is_dir():
                target = self.root / ".withdrawn" / folder
                self._folder(target.parent)
                source.rename(target)
                _sync(target.parent)
                _sync(source.parent)

    def folders(self) -> Iterator[str]:
        """Every folder on its shelf, as the ledger writes them."""
        for path in self.root.glob("[!.]*/*/*/*/"):
            yield path.relative_to(self.root).as_posix()

    def _file(self, target: Path, letter: Keep, files: Sequence[Keep]) -> None:
        above = self.root / ".incoming"
        self._folder(above)
        incoming = above / hashlib.sha256(bytes(target)).hexdigest()[:16]
        _make_anew(incoming)  # its name need not last: what counts is the one it gets
        with _opened(incoming) as folder:
            _fill(folder, letter, files)
        self._folder(target.parent)
        incoming.rename(target)

    def _folder(self, folder: Path) -> None:
        """Make the folder and those above it, up to the root; new names are synced into place."""
        if folder in self._durable and folder.is_dir():
            return
        if folder != self.root:
            self._folder(folder.parent)
        folder.mkdir(parents=True, exist_ok=True)
        _sync(folder.parent)  # also when a crash came between making it and this
        self._durable.add(folder)


def _make_anew(folder: Path) -> None:
    try:
        folder.mkdir()
    except FileExistsError:  # left by a crash
        shutil.rmtree(folder)
        folder.mkdir()


def _fill(folder: int, letter: Keep, files: Sequence[Keep]) -> None:
    # ours come first, so that no attachment takes their names
    names = distinct((LETTER, SUMS, *(file.name for file in files)))
    pairs = [(names[0], letter), *zip(names[2:], files, strict=True)]
    for name, keep in pairs:
        _put(keep, folder, name)
    sums = "".join(f"{keep.sha256}  {name}\n" for name, keep in pairs)
    with _new(folder, names[1]) as file:
        _write(file, sums.encode())
        os.fsync(file.fileno())
    os.fsync(folder)


def _put(keep: Keep, folder: int, name: str) -> None:
    if keep.ours and _linked(keep.source, folder, name):
        with FileIO(os.open(name, os.O_RDONLY, dir_fd=folder)) as file:
            _check(keep, _digest(file))
            os.fsync(file.fileno())
    else:
        with FileIO(keep.source) as source, _new(folder, name) as copy:
            _check(keep, _digest(source, copy))
            os.fsync(copy.fileno())


def _check(keep: Keep, digest: str) -> None:
    if digest != keep.sha256:
        raise Unavailable(f"filing {keep.source}", "the bytes are not those that were recorded")


def _new(folder: int, name: str) -> FileIO:
    """A file that was not there; unbuffered, for what is written comes in large pieces."""
    return FileIO(os.open(name, NEW, 0o666, dir_fd=folder), "wb")


def _linked(source: Path, folder: int, name: str) -> bool:
    try:
        os.link(source, name, dst_dir_fd=folder)
    except OSError:  # the spool lies on another disk, or one without links
        return False
    return True


def _digest(source: FileIO, copy: FileIO | None = None) -> str:
    """Of what is read, and copied where that is wished."""
    digest = hashlib.sha256()
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        if copy is not None:
            _write(copy, chunk)
    return digest.hexdigest()


def _write(file: FileIO, data: bytes) -> None:
    """Unbuffered: a write may be cut short, on a disk that is nearly full."""
    left = memoryview(data)
    while left:
        left = left[file.write(left) :]


def _sync(folder: Path) -> None:
    with _opened(folder) as handle:
        os.fsync(handle)


@contextmanager
def _opened(folder: Path) -> Iterator[int]:
    """What is done below a folder that is open finds its way there but once."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield handle
    finally:
        os.close(handle)


@contextmanager
def _world(attempt: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:  # disk full, no permission, too many open files, a source gone
        raise Unavailable(attempt, error) from error
