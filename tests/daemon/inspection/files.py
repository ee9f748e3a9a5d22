"""Files to be inspected, and what inspecting them gives, without a sandbox."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from daemon.inspection.examine import examine
from rules.submission import Facts


@dataclass(frozen=True, kw_only=True, slots=True)
class LooseFile:
    """What `daemon.message.File` offers, of a file that came with no message."""

    name: str
    disk: Path
    size: int
    sha256: str
    declared_type: str = ""
    path: tuple[str, ...] = ()
    inline: bool = False
    ignored: str = ""
    undecodable: str = ""


def loose(path: Path, *, name: str = "", ignored: str = "") -> LooseFile:
    """A file that lies on disk already."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return LooseFile(
        name=name or path.name,
        disk=path,
        size=path.stat().st_size,
        sha256=digest,
        ignored=ignored,
    )


def written(folder: Path, name: str, data: bytes, *, ignored: str = "") -> LooseFile:
    """A file of these bytes, put down in `folder`."""
    path = folder / f"{len(list(folder.iterdir())):03d}"
    path.write_bytes(data)
    return loose(path, name=name, ignored=ignored)


def facts_of(folder: Path, name: str, data: bytes) -> Facts:
    """The facts of these bytes, established in this process."""
    file = written(folder, name, data)
    *_, (facts, _) = examine(file.disk, file.name, size=file.size, sha256=file.sha256)
    return facts
