"""The raw messages on disk, byte for byte, named by their SHA-256."""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from daemon.errors import Unavailable


@dataclass(frozen=True, slots=True)
class Spooled:
    """A message that is on disk and synced. `size` in bytes."""

    path: Path
    sha256: str
    size: int


class Spool:
    """root/<first two hex digits>/<sha256>.eml; unfinished files live in root/work."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def receive(self, chunks: Iterable[bytes]) -> Spooled:
        """Write the chunks of one message as they come. The same bytes twice are one file.

        Raises Unavailable when the disk refuses; what `chunks` raises passes through.
        """
        with _world("写入来件暂存"):
            work = self._folder("work")
            handle, name = tempfile.mkstemp(dir=work, suffix=".eml")
        unfinished = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                sha256, size = _write(file, chunks)
            with _world("存放来件"):
                return Spooled(self._place(unfinished, sha256), sha256, size)
        finally:
            unfinished.unlink(missing_ok=True)

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
        """A folder for decoded files, on the spool's file system; gone afterwards."""
        with _world("建立临时文件夹"):
            folder = tempfile.TemporaryDirectory(dir=self._folder("work"))
        with folder as name:
            yield Path(name)

    def _path(self, sha256: str) -> Path:
        return self.root / sha256[:2] / f"{sha256}.eml"

    def _place(self, unfinished: Path, sha256: str) -> Path:
        path = self._path(sha256)
        if not path.is_file():
            folder = self._folder(sha256[:2])
            unfinished.replace(path)
            _sync(folder)
        return path

    def _folder(self, name: str) -> Path:
        folder = self.root / name
        if not folder.is_dir():
            folder.mkdir(parents=True, exist_ok=True)
            _sync(self.root)
        return folder


def _write(file: BinaryIO, chunks: Iterable[bytes]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for chunk in chunks:
        digest.update(chunk)
        size += len(chunk)
        with _world("写入来件暂存"):
            file.write(chunk)
    with _world("写入来件暂存"):
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest(), size


def _sync(folder: Path) -> None:
    """A rename survives a power cut only once its folder is synced."""
    handle = os.open(folder, os.O_RDONLY)
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
