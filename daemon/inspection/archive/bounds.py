"""How far an archive may expand (DESIGN, reading 8), checked while it does."""

from dataclasses import dataclass
from typing import Final

DEPTH: Final = 3
_FLOOR: Final = 1 << 20  # bytes below which no ratio is a bomb: a blank page shrinks a thousandfold


class Exceeded(Exception):
    """An archive passes a limit: `which` is entries, ratio or bytes."""

    def __init__(self, which: str) -> None:
        self.which = which
        super().__init__(which)


@dataclass(frozen=True, kw_only=True, slots=True)
class Bounds:
    """What may still come out of one attachment, its nested archives included."""

    entries: int = 1000
    total: int = 4 << 30  # bytes
    ratio: int = 200

    def check(self, *, entries: int, written: int, packed: int) -> None:
        """Raises Exceeded. `packed` is the size of the archive itself."""
        if entries > self.entries:
            raise Exceeded("entries")
        if written > self.total:
            raise Exceeded("bytes")
        if written > _FLOOR and written > self.ratio * packed:
            raise Exceeded("ratio")

    def less(self, *, entries: int, written: int) -> "Bounds":
        """What is left once so much has come out."""
        return Bounds(entries=self.entries - entries, total=self.total - written, ratio=self.ratio)
