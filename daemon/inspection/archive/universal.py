"""RAR, 7z, CAB, LHA by libarchive, which may not be installed: then that is the world's fault."""

from pathlib import Path
from typing import Any, Final

from daemon.inspection.archive import rar
from daemon.inspection.archive.bounds import Exceeded
from daemon.inspection.archive.member import Unpacking
from daemon.inspection.archive.unpacked import Unpacked

# libarchive says what is wrong in English words only.
_LOCKED: Final = ("crypt", "passphrase")
_NOT_BUILT_IN: Final = ("unsupported", "not supported", "unknown codec", "unexpected codec")
# Left to choose, libarchive takes an archive for a ZIP when what is stored last in it is one.
_SIGNED: Final = {
    b"Rar!\x1a\x07\x00": "rar",
    b"Rar!\x1a\x07\x01": "rar5",
    b"7z\xbc\xaf\x27\x1c": "7zip",
}
_CUT: Final = ("truncated", "premature", "unexpected end")


def unpack(unpacking: Unpacking) -> Unpacked:
    if rar.is_locked(unpacking.path):
        return Unpacked(encrypted=True)
    try:
        import libarchive  # type: ignore[import-untyped]
    except (ImportError, OSError, AttributeError, TypeError):  # the package, or its C half, missing
        return Unpacked(unknown="reader-missing")
    try:
        with libarchive.file_reader(str(unpacking.path), _format(unpacking.path)) as archive:
            for entry in archive:
                _put(entry, unpacking)
    except Exceeded as limit:
        return unpacking.stopped(limit)
    except libarchive.ArchiveError as error:
        return _failed(str(error).lower(), unpacking)
    members = tuple(unpacking.members)
    return Unpacked(members=members, entries=len(members))


def _format(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(7)
    return next((name for sign, name in _SIGNED.items() if head.startswith(sign)), "all")


def _put(entry: Any, unpacking: Unpacking) -> None:
    """`entry` is a libarchive.ArchiveEntry, which has no types."""
    unpacking.count()
    if entry.isfile and not entry.issym and not entry.islnk:
        unpacking.put(_name(entry.pathname or ""), entry.get_blocks())


def _name(said: str | bytes) -> str:
    """libarchive hands over the bytes of a name that is not in the charset it claims."""
    return said.decode("gb18030", "replace") if isinstance(said, bytes) else said


def _failed(told: str, unpacking: Unpacking) -> Unpacked:
    if any(word in told for word in _LOCKED):
        return Unpacked(entries=unpacking.entries, encrypted=True)
    if any(word in told for word in _NOT_BUILT_IN):
        return Unpacked(entries=unpacking.entries, unknown="method")
    return Unpacked(
        members=tuple(unpacking.members),
        entries=unpacking.entries,
        damaged="truncated" if any(word in told for word in _CUT) else "unopenable",
    )
