"""What came out of an archive."""

from dataclasses import asdict, dataclass
from typing import Any, Self


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """One file out of an archive: `disk` is where it lies, `name` what it was called."""

    name: str
    disk: str
    size: int
    sha256: str
    ignored: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Unpacked:
    """`entries` counts every member met. The other words are those of Facts."""

    members: tuple[Member, ...] = ()
    entries: int = 0
    bomb: str = ""
    encrypted: bool = False
    damaged: str = ""
    unknown: str = ""

    def to_words(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_words(cls, words: dict[str, Any]) -> Self:
        return cls(**words | {"members": tuple(Member(**m) for m in words["members"])})
