"""One line of the doctor's: what was looked at, how it is, and what to do about it."""

from dataclasses import dataclass
from typing import Literal

Grade = Literal["ok", "look", "bad"]
FAULT, CONFIG = 1, 78  # exit statuses; 78 is EX_CONFIG


@dataclass(frozen=True, slots=True)
class Check:
    """`look` works and deserves a look, `bad` does not work. `cure` says what to do."""

    what: str
    grade: Grade
    said: str
    cure: str = ""
    status: int = 0

    def __str__(self) -> str:
        mark = {"ok": "ok   ", "look": "look ", "bad": "TO DO"}[self.grade]
        cure = f" → {self.cure}" if self.cure else ""
        return f"{mark} {self.what}: {self.said}{cure}"


def ok(what: str, said: str) -> Check:
    return Check(what, "ok", said)


def look(what: str, said: str, cure: str) -> Check:
    return Check(what, "look", said, cure)


def bad(what: str, said: str, cure: str, *, status: int = FAULT) -> Check:
    return Check(what, "bad", said, cure, status)
