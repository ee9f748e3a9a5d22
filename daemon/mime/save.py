"""One part → one file, with its digest."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from io import FileIO
from pathlib import Path

from daemon.mime import header, transfer
from daemon.mime.source import Source
from daemon.mime.split import Part

CUT = "邮件到这里就断了，附件可能没有收完"  # may be all the same: when the file opens


@dataclass(frozen=True, slots=True)
class Saved:
    """`size` and `sha256` are of the bytes on disk. `undecodable`: why they are the raw ones, or
    CUT."""

    disk: Path
    size: int
    sha256: str
    undecodable: str = ""


def save(source: Source, part: Part, *, disk: Path) -> Saved:
    """Decode the part into the file. One that cannot be decoded keeps its raw bytes."""
    encoding = transfer.token(header.first(part.fields, "content-transfer-encoding"))
    try:
        saved = write(disk, transfer.decode(encoding, source.blocks(part.body)))
    except transfer.Undecodable as fault:
        raw = write(disk, source.blocks(part.body))
        return Saved(disk, raw.size, raw.sha256, str(fault))
    return replace(saved, undecodable=CUT) if part.cut else saved


def write(disk: Path, blocks: Iterable[bytes]) -> Saved:
    digest, size = hashlib.sha256(), 0
    with disk.open("wb", buffering=0) as file:
        for block in blocks:
            digest.update(block)
            size += _written(file, block)
    return Saved(disk, size, digest.hexdigest())


def _written(file: FileIO, block: bytes) -> int:
    """All of it: a disk that fills up takes a part first, and says so at the next."""
    written = file.write(block)
    while written < len(block):
        written += file.write(block[written:])
    return written
