"""What kind of file it is: the word of `Facts.format`, with what the container says at once."""

import zipfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO


@dataclass(frozen=True, kw_only=True, slots=True)
class Sort:
    """`format` is one lower-case word, "unknown" when nothing was recognised."""

    format: str = "unknown"
    executable: bool = False
    encrypted: bool = False
    damaged: str = ""
    macros: bool = False


@dataclass(frozen=True, kw_only=True)
class Sample:
    """A file that is looked into: where it lies, open as long as that takes, its first 64 KB, the
    name it was sent under, and what libmagic takes it for."""

    path: Path
    file: IO[bytes]
    head: bytes
    name: str
    mime: str = ""

    @cached_property
    def archive(self) -> zipfile.ZipFile:
        """The file as a ZIP, its directory read once. Raises `zipped.BROKEN`."""
        return zipfile.ZipFile(self.file)

    @property
    def extension(self) -> str:
        """`doc` of `稿件.DOC`, "" without one."""
        return Path(self.name).suffix.lower().lstrip(".")
