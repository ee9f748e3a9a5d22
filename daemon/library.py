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
from itertools import pairwise
from pathlib import Path

from daemon.errors import Unavailable
from daemon.filenames import distinct, safe

LETTER = "来件.eml"
SUMS = "SHA256SUMS"
CHUNK = 1 << 20


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
        self._durable: set[Path] = set()  # folders that were synced with their names

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
        incoming = self.root / ".incoming" / hashlib.sha256(bytes(target)).hexdigest()[:16]
        if incoming.exists():  # left by a crash
            shutil.rmtree(incoming)
        self._folder(incoming)
        _fill(incoming, letter, files)
        self._folder(target.parent)
        incoming.rename(target)
        self._durable.discard(incoming)

    def _folder(self, folder: Path) -> None:
        """Make the folder and those above it, up to the root; new names are synced into place."""
        self._durable.difference_update(f for f in _upwards(folder, self.root) if not f.is_dir())
        folder.mkdir(parents=True, exist_ok=True)
        for below, above in pairwise(_upwards(folder, self.root)):
            if below not in self._durable:
                _sync(below)
                _sync(above)
                self._durable.add(below)


def _fill(folder: Path, letter: Keep, files: Sequence[Keep]) -> None:
    # ours come first, so that no attachment takes their names
    names = distinct((LETTER, SUMS, *(file.name for file in files)))
    pairs = [(names[0], letter), *zip(names[2:], files, strict=True)]
    for name, keep in pairs:
        _put(keep, folder / name)
    sums = "".join(f"{keep.sha256}  {name}\n" for name, keep in pairs)
    _write(folder / names[1], sums.encode())
    _sync(folder)


def _put(keep: Keep, target: Path) -> None:
    if not (keep.ours and _linked(keep.source, target)):
        with keep.source.open("rb") as source, target.open("xb") as copy:
            shutil.copyfileobj(source, copy, CHUNK)
    with target.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != keep.sha256:
            raise Unavailable(f"filing {keep.source}", "the bytes are not those that were recorded")
        os.fsync(file.fileno())


def _linked(source: Path, target: Path) -> bool:
    try:
        target.hardlink_to(source)
    except OSError:  # the spool lies on another disk, or one without links
        return False
    return True


def _write(target: Path, data: bytes) -> None:
    with target.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _upwards(folder: Path, root: Path) -> Iterator[Path]:
    yield folder
    while folder not in {root, folder.parent}:
        folder = folder.parent
        yield folder


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
    except OSError as error:  # disk full, no permission, too many open files, a source gone
        raise Unavailable(attempt, error) from error
