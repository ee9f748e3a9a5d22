"""What kind of file it is: the word of `Facts.format`, with what the container says at once."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True, slots=True)
class Sort:
    """`format` is one lower-case word, "unknown" when nothing was recognised."""

    format: str = "unknown"
    executable: bool = False
    encrypted: bool = False
    damaged: str = ""
    macros: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Sample:
    """A file to be recognised: where it lies, its first 64 KB, and the name it was sent under."""

    path: Path
    head: bytes
    name: str

    @property
    def extension(self) -> str:
        """`doc` of `稿件.DOC`, "" without one."""
        return Path(self.name).suffix.lower().lstrip(".")
