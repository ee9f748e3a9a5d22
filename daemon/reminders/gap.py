"""What a unit owes: a place where nothing acceptable has come, and its window is open."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import inf

from daemon.ledger import Standing
from rules import calendar
from rules.mending import Place
from rules.notice import Category, Mailbox, Notice, Unit, Window

OPEN = frozenset({"missing", "returned"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Gap:
    """One place. `due` is the first instant that is too late, with what the office granted;
    None when the window never closes.
    """

    standing: Standing
    notice: Notice
    unit: Unit
    category: Category
    window: Window | None
    due: datetime | None

    @property
    def place(self) -> Place:
        of = self.standing
        return Place(notice=of.notice, unit=of.unit, category=of.category, window=of.window)

    @property
    def mailbox(self) -> Mailbox:
        found = self.notice.mailbox(self.category.mailbox)
        assert found is not None, "a notice is checked when it is loaded"
        return found

    def late(self, now: datetime) -> bool:
        return self.due is not None and now >= self.due


def gaps(
    standings: Iterable[Standing], notices: Sequence[Notice], now: datetime
) -> tuple[Gap, ...]:
    """Every open place, in the order of the matrix. Who is waived, held or accepted owes nothing;
    a window that has not opened yet is nobody's debt.
    """
    known = {notice.id: notice for notice in notices}
    found = (_gap(s, known[s.notice]) for s in standings if _owed(s) and s.notice in known)
    return tuple(gap for gap in found if gap is not None and _begun(gap, now))


def by_unit(found: Iterable[Gap]) -> Iterator[tuple[Gap, ...]]:
    """The gaps of each unit of each notice together, what is due first in front."""
    units: dict[tuple[str, str], list[Gap]] = {}
    for gap in found:
        units.setdefault((gap.notice.id, gap.unit.name), []).append(gap)
    for owed in units.values():
        yield tuple(sorted(owed, key=urgency))


def urgency(gap: Gap) -> float:
    """By which the most urgent come first."""
    return gap.due.timestamp() if gap.due else inf


def _owed(standing: Standing) -> bool:
    return standing.state in OPEN and not standing.waived


def _gap(standing: Standing, notice: Notice) -> Gap | None:
    """None for what the notice no longer asks for."""
    unit = next((u for u in notice.roster if u.name == standing.unit), None)
    category = next((c for c in notice.categories if c.name == standing.category), None)
    if unit is None or category is None:
        return None
    window = next((w for w in category.windows if w.name == standing.window), None)
    granted = datetime.fromisoformat(standing.extended) if standing.extended else None
    due = calendar.due(window, notice, granted)
    return Gap(
        standing=standing, notice=notice, unit=unit, category=category, window=window, due=due
    )


def _begun(gap: Gap, now: datetime) -> bool:
    opens = calendar.opening(gap.window, gap.notice) if gap.window else None
    return opens is None or opens <= now
