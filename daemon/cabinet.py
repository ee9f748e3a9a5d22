"""Small pictures and decoded films that the pages show, kept on disk for the next look.

Both are made again when they are gone, so the oldest ones make room for new ones.
"""

import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from daemon.attached import Attached
from daemon.errors import Unavailable
from daemon.ledger import Kept

# what Inspector.thumbnail can draw
DRAWN = frozenset(
    "jpeg png gif bmp webp tiff pdf mp4 mov m4v 3gp avi wmv mkv webm flv".split()  # noqa: SIM905
)
MOST_PICTURES = 20_000  # of some 15 KB
MOST_FILMS = 3  # of 2 GB at most, where they are not in the library
PATIENCE = 20.0  # seconds that a page waits for its turn
MOST_WAITING = 16  # of the forty threads that serve pages: the others are for who reads


@dataclass(frozen=True, kw_only=True)
class Cabinet:
    """`root` is the state folder. One thing is made at a time: the mail comes first."""

    attached: Attached
    root: Path
    _turn: threading.Lock = field(default_factory=threading.Lock)
    _waiting: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(MOST_WAITING))

    def picture(self, kept: Kept) -> Path | None:
        """A small JPEG; None when none can be made. Raises Unavailable when it takes too long."""
        path = self._picture(kept)
        with _world("画缩略图"):
            if not path.exists():
                with self._taking_turns():
                    if not path.exists():
                        self._draw(kept)
            return path if path.stat().st_size else None

    def open(self, kept: Kept) -> BinaryIO:
        """The file, open for reading. One letter at a time is decoded: a disk that forty copies of
        2 GB have filled takes no mail any more. Raises Unavailable when it takes too long."""
        with self._taking_turns():
            return self.attached.open(kept)

    def film(self, kept: Kept) -> Path:
        """The whole file, at a place where it can be read piece by piece."""
        filed = self.attached.filed(kept)
        if filed is not None:
            return filed
        path = self.root / "films" / kept.attachment.facts.sha256
        with _world("取出视频"), self._taking_turns():
            if not path.exists():
                with self.attached.lying(kept) as lying, _put(path) as target:
                    shutil.copyfile(lying, target)
            path.touch()
            _make_room(path.parent, MOST_FILMS)
        return path

    def _picture(self, kept: Kept) -> Path:
        return self.root / "thumbnails" / f"{kept.attachment.facts.sha256}.jpg"

    def _draw(self, kept: Kept) -> None:
        """Its picture, and with it those of the other files of a letter that had to be decoded."""
        if kept.attachment.facts.format not in DRAWN:
            with _put(self._picture(kept)):
                return
        filed = self.attached.filed(kept)
        if filed is not None:
            self._write(kept, filed)
        else:
            wanted = [k for k in self._siblings(kept) if not self._picture(k).exists()]
            with self.attached.decoded(kept.message, wanted) as found:
                for one in wanted:
                    self._write(one, found[one.id])
        _make_room(self._picture(kept).parent, MOST_PICTURES)

    def _siblings(self, kept: Kept) -> Iterator[Kept]:
        detail = self.attached.ledger.details.of(kept.message)
        assert detail is not None, "an attachment belongs to a message"
        return (k for k in detail.files if k.attachment.facts.format in DRAWN)

    def _write(self, kept: Kept, lying: Path) -> None:
        """An empty file says that there is no picture: nobody tries again."""
        with _put(self._picture(kept)) as target:
            self.attached.inspector.thumbnail(lying, kept.attachment.facts, target)

    @contextmanager
    def _taking_turns(self) -> Iterator[None]:
        if not self._waiting.acquire(blocking=False):
            raise Unavailable("取出文件", "前面还有很多，请稍后再看")
        try:
            if not self._turn.acquire(timeout=PATIENCE):
                raise Unavailable("取出文件", "前面还有很多，请稍后再看")
            try:
                yield
            finally:
                self._turn.release()
        finally:
            self._waiting.release()


@contextmanager
def _put(path: Path) -> Iterator[Path]:
    """A file to write into, which takes its place when the block has ended well."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".")
    target = Path(name)
    try:
        os.close(handle)
        yield target
        target.replace(path)
    finally:
        target.unlink(missing_ok=True)


def _make_room(folder: Path, most: int) -> None:
    """The oldest go; so does what a crash kept from being finished, since nobody else is at it."""
    found = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    whole = [path for path in found if not path.name.startswith(".")]
    for path in set(found) - set(whole[:most]):
        path.unlink(missing_ok=True)


@contextmanager
def _world(attempt: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:  # a full disk, a file that made room in this very moment
        raise Unavailable(attempt, error) from error
