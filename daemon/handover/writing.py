"""A package onto the disk: it appears whole, or not at all."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from daemon.errors import Unavailable
from daemon.handover.package import Entry
from daemon.handover.zipping import zipped


def into_folder(entries: Iterable[Entry], target: Path) -> None:
    """Raises Unavailable when the disk refuses, or the folder holds something already."""
    unfinished = target.with_name(f".{target.name}.unfinished")
    try:
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise Unavailable(f"writing {target}", "there is something in it already")
        shutil.rmtree(unfinished, ignore_errors=True)  # left by a crash
        unfinished.mkdir(parents=True)
        for entry in entries:
            _write(entry, unfinished / entry.name)
        if target.exists():
            target.rmdir()
        unfinished.rename(target)
    except OSError as error:  # a full disk, no permission
        raise Unavailable(f"writing {target}", error) from error


def into_zip(entries: Iterable[Entry], target: Path, root: str) -> None:
    """An older package of this name is replaced. Raises Unavailable when the disk refuses."""
    unfinished = target.with_name(f".{target.name}.unfinished")
    try:
        with unfinished.open("wb") as file:
            for chunk in zipped(entries, root):
                file.write(chunk)
        unfinished.replace(target)
    except OSError as error:  # a full disk, no permission, no such folder
        raise Unavailable(f"writing {target}", error) from error


def _write(entry: Entry, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        for chunk in entry.chunks():
            file.write(chunk)
    seconds = entry.at.timestamp()
    os.utime(path, (seconds, seconds))
