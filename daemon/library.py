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
from pathlib import Path
from typing import IO

from daemon.errors import Unavailable
from daemon.filenames import distinct, safe

LETTER = "来件.eml"
SUMS = "SHA256SUMS"
CHUNK = 1 << 18


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
        if incoming.exists():  # left by a crash
            shutil.rmtree(incoming)
        incoming.mkdir()  # its name need not last: what counts is the one it gets
        _fill(incoming, letter, files)
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
    if keep.ours and _linked(keep.source, target):
        with target.open("rb") as file:
            _check(keep, hashlib.file_digest(file, "sha256").hexdigest())
            os.fsync(file.fileno())
    else:
        with keep.source.open("rb", buffering=0) as source, target.open("xb") as copy:
            _check(keep, _copied(source, copy))
            copy.flush()
            os.fsync(copy.fileno())


def _check(keep: Keep, digest: str) -> None:
    if digest != keep.sha256:
        raise Unavailable(f"filing {keep.source}", "the bytes are not those that were recorded")


def _linked(source: Path, target: Path) -> bool:
    try:
        target.hardlink_to(source)
    except OSError:  # the spool lies on another disk, or one without links
        return False
    return True


def _copied(source: IO[bytes], target: IO[bytes]) -> str:
    """The digest of what was copied."""
    digest = hashlib.sha256()
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        target.write(chunk)
    return digest.hexdigest()


def _write(target: Path, data: bytes) -> None:
    with target.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


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
