"""A value of the ledger as a cell holds it: typed, in the notice's own time, in words."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from daemon.report.column import FLAGS, HEADINGS, STATES
from daemon.report.words import local, plain
from rules.notice import Language

Value = str | int | float | date | datetime | None
LONGEST = 32_767  # UTF-16 units that a cell of Excel holds


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads rows of a table. `zones` are those of the notices, `zone` that of mail of none."""

    language: Language
    zone: str
    zones: Mapping[str, str]

    def row(self, row: Mapping[str, Any]) -> tuple[Value, ...]:
        zone = self.zones.get(row.get("notice") or "", self.zone)
        return tuple(self.value(name, row[name], zone) for name in row)

    def value(self, name: str, stored: Any, zone: str) -> Value:
        if stored is None or stored == "":
            return None
        sort = HEADINGS[name].sort
        if sort == "number":
            return int(stored)
        if sort == "instant":
            return local(datetime.fromisoformat(stored), zone)
        if sort == "day":
            return date.fromisoformat(stored)
        return self._words(name, stored)

    def _words(self, name: str, stored: Any) -> str:
        which = self.language != "zh"
        if HEADINGS[name].sort == "flag":
            return FLAGS[bool(stored)][which]
        if HEADINGS[name].sort == "state" and stored in STATES:
            return STATES[stored][which]
        return plain(" / ".join(json.loads(stored)) if name == "path" else str(stored))


def fitting(text: str) -> str:
    """Cut to what a cell of Excel holds; the cut is seen."""
    if len(text) * 2 <= LONGEST or _units(text) <= LONGEST:
        return text
    kept = text[: LONGEST - 1]
    while _units(kept) > LONGEST - 1:
        kept = kept[: -(max(1, (_units(kept) - LONGEST) // 2))]
    return f"{kept}…"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "replace")) // 2


def plainly(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row for programs: as the ledger has it, flags as true and false, a path as a list."""
    return {name: _plainly(name, value) for name, value in row.items()}


def _plainly(name: str, value: Any) -> Any:
    if HEADINGS[name].sort == "flag" and value is not None:
        return bool(value)
    return json.loads(value) if name == "path" else value
