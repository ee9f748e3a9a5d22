"""Archives: opened in the sandbox within bounds, their members put down under names of our own."""

from pathlib import Path
from typing import Any, Final

from daemon.inspection.archive.bounds import Bounds, Exceeded
from daemon.inspection.archive.member import Unpacking
from daemon.inspection.archive.unpacked import Unpacked

FORMATS: Final = frozenset({"zip", "rar", "7z", "tar", "gz", "bz2", "xz", "cab", "lha"})

__all__ = ["FORMATS", "Bounds", "Exceeded", "unpack_task"]


def unpack_task(task: dict[str, Any]) -> dict[str, Any]:
    """The worker's side: unpack `path` into `into`, answer with the words of `Unpacked`."""
    bounds = Bounds(entries=task["entries"], total=task["total"], ratio=task["ratio"])
    unpacking = Unpacking(Path(task["into"]), bounds, packed=task["size"])
    return _unpack(task, unpacking).to_words()


def _unpack(task: dict[str, Any], unpacking: Unpacking) -> Unpacked:
    from daemon.inspection.archive import single, tape, universal, zip_file

    readers = {"zip": zip_file.unpack, "tar": tape.unpack}
    readers |= dict.fromkeys(("gz", "bz2", "xz"), single.unpack)
    reader = readers.get(task["format"], universal.unpack)
    return reader(Path(task["path"]), task["name"], unpacking)
