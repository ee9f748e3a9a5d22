"""Names of units: what they may be written as, and what a misspelt one is near to.

A name found here decides; a proposal never does.
"""

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from functools import lru_cache

from rules.notice import Notice, Unit
from rules.traditional import simplified
from rules.width import folded

_MARKS = re.compile(r"[\W_]+")
NO_MERE_WORD = 3  # letters; shorter names are ordinary words as well (机关)
_NEAR = 0.6  # of 1: half of the letters in the same order is not near enough


def key(text: str) -> str:
    """A name without width, case, white space, brackets, quotation marks; in simplified letters."""
    return simplified(_MARKS.sub("", folded(text)).casefold())


def names(unit: Unit) -> tuple[str, ...]:
    return (unit.name, *unit.aliases)


def find(text: str, notice: Notice) -> Unit | None:
    """The unit that is called exactly this."""
    return _by_key(notice).get(key(text))


def mentioned(text: str, notice: Notice, shortest: int = 1) -> tuple[Unit, ...]:
    """Every unit whose name stands somewhere in the text; a longer name hides those within it.

    In running text the short names are ordinary words (机关): `shortest` leaves them out.
    """
    rest = key(text)
    found: list[Unit] = []
    for name, unit in known(notice):
        if name in rest and len(name) >= shortest:
            rest = rest.replace(name, " ")
            found.append(unit)
    return tuple(dict.fromkeys(found))


def propose(text: str, notice: Notice, most: int = 3) -> tuple[str, ...]:
    """The names of the units nearest to this writing, nearest first."""
    return _proposed(key(text), notice)[:most]


# One subject is read several times on its way: for its notice, its claim, the right form of it.
@lru_cache(maxsize=256)
def _proposed(wanted: str, notice: Notice) -> tuple[str, ...]:
    scores: dict[str, float] = {}
    for name, unit in known(notice):
        scores[unit.name] = max(scores.get(unit.name, 0.0), nearness(wanted, name))
    return tuple(sorted((n for n in scores if scores[n]), key=lambda name: -scores[name]))


def nearness(wanted: str, name: str) -> float:
    """How alike two keys are, 0 when they are not near. Unlike ones are told by their letters."""
    if 2 * min(len(wanted), len(name)) < _NEAR * (len(wanted) + len(name)):
        return 0.0
    letters = _letters(name)
    common = letters.intersection(wanted)
    if len(common) * 2 < len(letters) * _NEAR:
        return 0.0
    # Every unit has 学院党委 in common, and the ratio is no better than with all of it in order.
    most = sum(min(wanted.count(letter), name.count(letter)) for letter in common)
    if 2 * most < _NEAR * (len(wanted) + len(name)):
        return 0.0
    ratio = SequenceMatcher(None, wanted, name, autojunk=False).ratio()
    return ratio if ratio >= _NEAR else 0.0


# A roster has hundreds of names and every subject is held against all of them.
@lru_cache(maxsize=16)
def known(notice: Notice) -> tuple[tuple[str, Unit], ...]:
    """The key of every name with its unit, the longest first."""
    pairs = ((key(name), unit) for unit in notice.roster for name in names(unit))
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@lru_cache(maxsize=16)
def _by_key(notice: Notice) -> Mapping[str, Unit]:
    return dict(reversed(known(notice)))  # of two units called the same, the first


@lru_cache(maxsize=16)
def prefixes(notice: Notice) -> frozenset[str]:
    """The keys of what people write before any unit."""
    return frozenset(map(key, notice.prefixes))


@lru_cache(maxsize=4096)
def _letters(name: str) -> frozenset[str]:
    return frozenset(name)
