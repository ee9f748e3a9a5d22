"""Archives: opened in the sandbox within bounds, their members put down under names of our own."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from daemon.inspection.archive.bounds import Bounds, Exceeded
from daemon.inspection.archive.member import Unpacking
from daemon.inspection.archive.unpacked import Unpacked

FORMATS: Final = frozenset({"zip", "rar", "7z", "tar", "gz", "bz2", "xz", "cab", "lha"})

__all__ = ["FORMATS", "Bounds", "Exceeded", "unpack_task"]


def unpack_task(task: dict[str, Any]) -> dict[str, Any]:
    """The worker's side: unpack `path` into `into`, answer with the words of `Unpacked`."""
    unpacking = Unpacking(
        path=Path(task["path"]),
        name=task["name"],
        packed=task["size"],
        into=Path(task["into"]),
        bounds=Bounds(entries=task["entries"], total=task["total"], ratio=task["ratio"]),
    )
    return _reader(task["format"])(unpacking).to_words()


def _reader(word: str) -> Callable[[Unpacking], Unpacked]:
    from daemon.inspection.archive import single, tape, universal, zip_file

    readers = {"zip": zip_file.unpack, "tar": tape.unpack}
    readers |= dict.fromkeys(("gz", "bz2", "xz"), single.unpack)
    return readers.get(word, universal.unpack)
