"""How folders and files are called: by the notice's naming rule, safe on every system."""

from collections.abc import Sequence
from datetime import date

from daemon.filenames import safe
from rules import formats, naming
from rules.notice import Category, Notice, Unit
from rules.submission import Claim

STEM = 120  # bytes of UTF-8: a purpose, a number and an ending are added, and 255 is the end
LONGEST_ENDING = 16  # bytes


def folder(unit: Unit, category: Category, day: date, notice: Notice) -> str:
    """农学院党委+战疫故事汇+20200710"""
    claim = Claim(unit=unit, category=category, date=day)
    return stem(naming.write(claim, notice))


def stem(text: str) -> str:
    """The beginning of a name, cut between characters."""
    return safe(safe(text).encode()[:STEM].decode("utf-8", "ignore"))


def files(base: str, purposes: Sequence[tuple[str, str]]) -> list[str]:
    """A name for each file, from what it is for and its ending: 文字材料.docx, 图片材料2.jpg."""
    many = {what for what, _ in purposes if sum(what == other for other, _ in purposes) > 1}
    counts: dict[str, int] = {}
    names = []
    for what, ending in purposes:
        counts[what] = counts.get(what, 0) + 1
        number = str(counts[what]) if what in many else ""
        names.append(f"{base}-{stem(what)}{number}{ending}")
    return names


def purpose(kind: str, form: str, category: Category, notice: Notice) -> str:
    """What people call a file of this kind."""
    found = notice.kind(kind, category)
    return form or (found.title if found else "") or kind or "file"


def ending(original: str, form: str) -> str:
    """What the bytes are decides, and not how the sender named them."""
    own = formats.ending(safe(original))
    known = formats.FORMATS[form].endings if form in formats.FORMATS else ()
    chosen = own if own in known or not known else known[0]
    return f".{chosen}" if chosen and len(chosen.encode()) <= LONGEST_ENDING else ""
