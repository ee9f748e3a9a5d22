"""A whole copy of the state while the daemon works, and the way back.

The ledger is copied first, at one moment; then the files that this copy knows. What comes after
that moment is in the mailboxes, and is read again after a restore. The configuration and its
notices lie beside them, to be read by whoever builds the office again; passwords and sign-ins do
not.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import BinaryIO

from daemon.errors import Unavailable
from daemon.ledger import Ledger

SUMS = "SHA256SUMS"  # written last: a backup without it was not finished
LEDGER = "ledger.db"
CONFIGURATION = "configuration"
CHUNK = 1 << 20
NOTHING: Mapping[str, bytes] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One file of the backup: its path below the root, and its digest."""

    name: str
    sha256: str


def empty(folder: Path) -> bool:
    """Whether nothing lies there yet; it need not exist."""
    with _world(f"looking into {folder}"):
        return not folder.exists() or not any(folder.iterdir())


def backup(
    ledger: Ledger, state: Path, into: Path, *, configuration: Mapping[str, bytes] = NOTHING
) -> Iterator[str]:
    """Copy everything into an empty folder; yields a line for each file that is not whole.

    `configuration`: its files by name, without passwords. Raises Unavailable when the disk refuses.
    """
    with _world(f"writing the backup {into}"):
        into.mkdir(mode=0o700, parents=True, exist_ok=True)
        ledger.backup(into / LEDGER)
        unfinished = into / f"{SUMS}.partial"
        with unfinished.open("xb") as sums:
            _note(sums, Entry(name=LEDGER, sha256=_digest(into / LEDGER)))
            for name, content in configuration.items():
                _note(sums, _written(content, into, f"{CONFIGURATION}/{name}"))
            with Ledger(into / LEDGER, readonly=True) as copy:
                yield from _letters(copy, into, sums)
                yield from _folders(copy, state, into, sums)
            for path in sorted((state / "uids").glob("*")):
                _note(sums, _copied(path, into, f"uids/{path.name}"))
            os.fsync(sums.fileno())
        for folder, _, _ in os.walk(into):
            _sync(Path(folder))
        unfinished.rename(into / SUMS)
        _sync(into)


def faults(source: Path) -> Iterator[str]:
    """What is wrong with a backup, a line each; nothing for a whole one."""
    if not (source / SUMS).is_file():
        yield f"{source} has no {SUMS}: it is no backup, or one that was not finished"
        return
    for entry in _entries(source):
        parts = PurePosixPath(entry.name)
        if parts.is_absolute() or ".." in parts.parts:
            yield f"{entry.name} leads out of the backup"
        elif not (source / entry.name).is_file():
            yield f"{entry.name} is not there"
        elif _digest(source / entry.name) != entry.sha256:
            yield f"{entry.name} holds other bytes than were backed up"


def restore(source: Path, state: Path, now: datetime) -> int:
    """Fill an empty state folder from a backup without faults; how many files it has.

    The ledger appears last. Replies that might have been sent since wait for a person.
    """
    count = 0
    with _world(f"restoring into {state}"):
        state.mkdir(mode=0o750, parents=True, exist_ok=True)
        for entry in _entries(source):
            if entry.name.startswith(f"{CONFIGURATION}/"):
                continue
            name = f"{LEDGER}.restoring" if entry.name == LEDGER else entry.name
            _copied(source / entry.name, state, name)
            count += 1
        unfinished = state / f"{LEDGER}.restoring"
        unfinished.chmod(0o600)
        with Ledger(unfinished) as ledger:
            ledger.restored(state.absolute() / "spool", now)
        owner = state.stat()
        for folder, _, files in os.walk(state):
            _give(Path(folder), files, owner)
            _sync(Path(folder))
        unfinished.rename(state / LEDGER)
        _sync(state)
    return count


def _give(folder: Path, files: list[str], owner: os.stat_result) -> None:
    """Restored by root, for the user to whom the empty folder belonged."""
    if os.geteuid() == 0:
        for path in (folder, *(folder / name for name in files)):
            os.chown(path, owner.st_uid, owner.st_gid)


def _letters(copy: Ledger, into: Path, sums: BinaryIO) -> Iterator[str]:
    for letter in copy.letters():
        name = f"spool/{letter.sha256[:2]}/{letter.sha256}.eml"
        if (into / name).exists():  # the same letter in two mailboxes
            continue
        try:
            digest = _linked(letter.spool, into / name)
        except FileNotFoundError:
            yield f"message {letter.message}: its raw copy {letter.spool} is not there"
            continue
        if digest != letter.sha256:
            yield f"message {letter.message}: its raw copy {letter.spool} holds other bytes"
        _note(sums, Entry(name=name, sha256=digest))


def _folders(copy: Ledger, state: Path, into: Path, sums: BinaryIO) -> Iterator[str]:
    """Copied, not linked: people may write into them."""
    for shelved in copy.shelved():
        folder = state / "library" / shelved.folder
        if not shelved.filed:
            continue
        if not folder.is_dir():
            yield f"message {shelved.message}: the folder {shelved.folder} is not there"
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            name = f"library/{path.relative_to(state / 'library').as_posix()}"
            _note(sums, _copied(path, into, name))


def _linked(source: Path, target: Path) -> str:
    """Raw copies never change: a second name is enough where the file system has such."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:  # another file system, one without links, too many of them
        return _copied(source, target.parent, target.name).sha256
    return _digest(target)


def _copied(source: Path, root: Path, name: str) -> Entry:
    target, digest = root / name, hashlib.sha256()
    target.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as file, target.open("xb") as copy:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            copy.write(chunk)
        copy.flush()
        os.fsync(copy.fileno())
    shutil.copystat(source, target)
    return Entry(name=name, sha256=digest.hexdigest())


def _written(content: bytes, root: Path, name: str) -> Entry:
    target = root / name
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    target.chmod(0o600)
    return Entry(name=name, sha256=hashlib.sha256(content).hexdigest())


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _note(sums: BinaryIO, entry: Entry) -> None:
    """As `sha256sum -c` reads it; a name that would break the line is written out by it, too."""
    name = entry.name.replace("\\", "\\\\").replace("\n", "\\n")
    mark = "\\" if name != entry.name else ""
    sums.write(os.fsencode(f"{mark}{entry.sha256}  {name}\n"))


def _entries(source: Path) -> Iterator[Entry]:
    with (source / SUMS).open("rb") as sums:
        for line in sums:
            digest, _, name = os.fsdecode(line).rstrip("\n").partition("  ")
            if digest.startswith("\\"):
                name = name.replace("\\n", "\n").replace("\\\\", "\\")
            yield Entry(name=name, sha256=digest.lstrip("\\"))


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
    except OSError as error:  # disk full, no permission, a file taken away meanwhile
        raise Unavailable(attempt, error) from error
