"""One line of the doctor's: what was looked at, how it is, and what to do about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from daemon.speech import Language, said

Grade = Literal["ok", "look", "bad"]
FAULT, CONFIG = 1, 78  # exit statuses; 78 is EX_CONFIG
MARKS: Mapping[Language, Mapping[Grade, str]] = {
    "zh": {"ok": "正常", "look": "留意", "bad": "待办"},
    "en": {"ok": "ok   ", "look": "look ", "bad": "TO DO"},
}


@dataclass(frozen=True, slots=True)
class Check:
    """`look` works and deserves a look, `bad` does not work. `cure` says what to do."""

    what: str
    grade: Grade
    said: str
    cure: str = ""
    status: int = 0

    def __str__(self) -> str:
        return self.spoken("en")

    def spoken(self, language: Language) -> str:
        mark = MARKS[language][self.grade]
        what, found, cure = (said(t, language) for t in (self.what, self.said, self.cure))
        between = "：" if language == "zh" else ": "
        return f"{mark} {what}{between}{found}" + (f" → {cure}" if cure else "")


def ok(what: str, said: str) -> Check:
    return Check(what, "ok", said)


def look(what: str, said: str, cure: str) -> Check:
    return Check(what, "look", said, cure)


def bad(what: str, said: str, cure: str, *, status: int = FAULT) -> Check:
    return Check(what, "bad", said, cure, status)
