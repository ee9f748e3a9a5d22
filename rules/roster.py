"""Names of units: what they may be written as, and what a misspelt one is near to.

A name found here decides; a proposal never does.
"""

import re
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher

from rules.notice import Notice, Unit

_MARKS = re.compile(r"[\W_]+")


def key(text: str) -> str:
    """A name without width, case, white space, brackets and quotation marks."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def names(unit: Unit) -> tuple[str, ...]:
    return (unit.name, *unit.aliases)


def find(text: str, notice: Notice) -> Unit | None:
    """The unit that is called exactly this."""
    wanted = key(text)
    return next((u for u in notice.roster if wanted in map(key, names(u))), None)


def mentioned(text: str, notice: Notice) -> tuple[Unit, ...]:
    """Every unit whose name stands somewhere in the text; a longer name hides those within it."""
    rest = key(text)
    found: list[Unit] = []
    for name, unit in longest_first(notice):
        if name in rest:
            rest = rest.replace(name, " ")
            found.append(unit)
    return tuple(dict.fromkeys(found))


def propose(text: str, notice: Notice, most: int = 3) -> tuple[str, ...]:
    """The names of the units nearest to this writing, nearest first."""
    wanted = key(text)
    if not wanted:
        return ()
    scores = {unit.name: max(_nearness(wanted, unit)) for unit in notice.roster}
    near = sorted((n for n in scores if scores[n] >= 0.6), key=lambda n: -scores[n])
    return tuple(near[:most])


def _nearness(wanted: str, unit: Unit) -> Iterator[float]:
    for name in names(unit):
        yield SequenceMatcher(None, wanted, key(name)).ratio()


def longest_first(notice: Notice) -> list[tuple[str, Unit]]:
    known = [(key(name), unit) for unit in notice.roster for name in names(unit)]
    return sorted(known, key=lambda pair: -len(pair[0]))
