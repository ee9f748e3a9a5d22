"""RAR, 7z, CAB, LHA by libarchive, which may not be installed: then that is the world's fault."""

from pathlib import Path
from typing import Any

from daemon.inspection.archive.bounds import Exceeded
from daemon.inspection.archive.member import Unpacking
from daemon.inspection.archive.unpacked import Unpacked


def unpack(path: Path, name: str, unpacking: Unpacking) -> Unpacked:
    del name
    try:
        import libarchive  # type: ignore[import-untyped]
    except (ImportError, OSError, AttributeError, TypeError):  # the library, or its C half, missing
        return Unpacked(unknown="reader-missing")
    try:
        with libarchive.file_reader(str(path)) as archive:
            for entry in archive:
                _put(entry, unpacking)
    except Exceeded as limit:
        return Unpacked(entries=unpacking.entries, bomb=limit.which)
    except libarchive.ArchiveError as error:
        return _failed(str(error), unpacking)
    members = tuple(unpacking.members)
    return Unpacked(members=members, entries=len(members))


def _put(entry: Any, unpacking: Unpacking) -> None:
    """`entry` is a libarchive.ArchiveEntry, which has no types."""
    unpacking.count()
    if entry.isfile and not entry.issym and not entry.islnk:
        unpacking.put(entry.pathname or "", entry.get_blocks())


def _failed(told: str, unpacking: Unpacking) -> Unpacked:
    """libarchive says what is wrong in English words only."""
    lower = told.lower()
    if "encrypt" in lower or "passphrase" in lower:
        return Unpacked(entries=unpacking.entries, encrypted=True)
    if "unsupported" in lower or "not supported" in lower:
        return Unpacked(entries=unpacking.entries, unknown="reader-missing")
    cut = "truncated" in lower or "premature" in lower
    return Unpacked(
        members=tuple(unpacking.members),
        entries=unpacking.entries,
        damaged="truncated" if cut else "unopenable",
    )
