"""Putting members down: under names of our own, so that no path in an archive means anything."""

import hashlib
import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

from daemon.inspection.archive.bounds import Bounds, Exceeded
from daemon.inspection.archive.unpacked import Member, Unpacked
from daemon.mime.leftover import of_a_system

_CHUNK: Final = 256 << 10
_CONTROLS: Final = dict.fromkeys((*range(32), 127, 0x200E, 0x200F, *range(0x202A, 0x202F)))


@dataclass
class Unpacking:
    """The archive at `path`, sent as `name`, being unpacked into a folder."""

    path: Path
    name: str
    packed: int  # bytes of the archive itself
    into: Path
    bounds: Bounds
    members: list[Member] = field(default_factory=list)
    entries: int = 0
    written: int = 0

    def count(self) -> None:
        """One more member was met. Raises Exceeded."""
        self.entries += 1
        self._check()

    def stopped(self, limit: Exceeded) -> Unpacked:
        """What is said of a bomb."""
        return Unpacked(entries=self.entries, bomb=limit.which)

    def put(self, name: str, chunks: Iterable[bytes]) -> None:
        """Write one member. Raises Exceeded, and whatever reading `chunks` raises."""
        disk = self.into / f"{self.entries:06d}"
        digest, size = hashlib.sha256(), 0
        with disk.open("xb") as file:
            for chunk in chunks:
                size += len(chunk)
                self.written += len(chunk)
                self._check()
                digest.update(chunk)
                file.write(chunk)
        member = Member(
            name=base_name(name),
            disk=str(disk),
            size=size,
            sha256=digest.hexdigest(),
            ignored="system" if is_system(name) else "",
        )
        self.members.append(member)

    def _check(self) -> None:
        self.bounds.check(entries=self.entries, written=self.written, packed=self.packed)


def chunks(stream: IO[bytes]) -> Iterator[bytes]:
    while chunk := stream.read(_CHUNK):
        yield chunk


def base_name(name: str) -> str:
    """The last part of a member's path, printable. Never empty."""
    last = posixpath.basename(name.replace("\\", "/").rstrip("/"))
    return last.translate(_CONTROLS).strip() or "未命名"


def is_system(name: str) -> bool:
    """Left behind by macOS, Windows or a telephone, not meant by anybody."""
    path = name.replace("\\", "/")
    return path.startswith("__MACOSX/") or of_a_system(posixpath.basename(path))
