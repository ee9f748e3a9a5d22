"""Names of units that an office has learnt since the notice was written."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from rules import roster
from rules.notice import Notice, Unit
from rules.verdict import Phrase

SHORTEST = 2  # letters


def with_aliases(notice: Notice, aliases: Mapping[str, tuple[str, ...]]) -> Notice:
    """The notice with further names, by unit; those of units it does not ask are left out."""
    return _named(notice, tuple(aliases.items())) if aliases else notice


# Asked for with every mail, and mostly the same: so what was worked out for a notice still holds.
@lru_cache(maxsize=16)
def _named(notice: Notice, aliases: tuple[tuple[str, tuple[str, ...]], ...]) -> Notice:
    further = dict(aliases)
    if not any(unit.name in further for unit in notice.roster):
        return notice
    return replace(notice, roster=tuple(_known(unit, further) for unit in notice.roster))


def refusal(alias: str, unit: str, notice: Notice) -> Phrase | None:
    """Why this unit cannot also be called so; None when it can.

    A name decides wherever it stands in a subject, so it must not be part of another's name. One
    that contains another's name is fine: the longer one decides.
    """
    wanted = roster.key(alias)
    if len(wanted) < SHORTEST:
        return Phrase("别名太短", "the alias is too short")
    if unit not in {u.name for u in notice.roster}:
        return Phrase(f"名册上没有“{unit}”", f"the roster has no unit “{unit}”")
    for name, owner in roster.known(notice):
        if name == wanted and owner.name == unit:
            return Phrase("这已经是它的名称", "it is called so already")
        if owner.name != unit and wanted in name:
            return Phrase(f"会与“{owner.name}”混淆", f"it could be taken for “{owner.name}”")
    return _category(wanted, notice)


def _category(wanted: str, notice: Notice) -> Phrase | None:
    for category in notice.categories:
        for name in (category.name, *category.aliases):
            if wanted in roster.key(name):
                return Phrase(f"是类别“{category.name}”的名称", f"it names the category “{name}”")
    return None


def _known(unit: Unit, aliases: Mapping[str, tuple[str, ...]]) -> Unit:
    return replace(unit, aliases=(*unit.aliases, *aliases.get(unit.name, ())))
