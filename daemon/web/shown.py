"""Values as people read them: instants in the office's time, sizes, lengths. Jinja's filters."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from daemon.web.desk import Desk
from rules.measure import bytes_said, instant_said, span_said, time_said
from rules.verdict import Phrase


def filters(desk: Desk) -> Mapping[str, Callable[..., Any]]:
    """`at | when`, `short`, `clock`, `day`, `iso`, `ago`, `closing` (24:00 of
    the day before midnight); `span`, `bytes | size`, `ms | duration`,
    `mailbox | department`. None and "" give "".
    """

    def said(phrase: Phrase) -> str:
        return phrase.zh if desk.language == "zh" else phrase.en

    def form(pattern: str) -> Callable[[datetime | str | None], str]:
        return lambda at: f"{here:{pattern}}" if (here := local(at, desk.zone)) else ""

    return {
        "when": form("%Y-%m-%d %H:%M"),
        "short": form("%m-%d %H:%M"),
        "clock": form("%H:%M:%S"),
        "day": form("%Y-%m-%d"),
        "iso": lambda at: (
            here.isoformat(timespec="seconds") if (here := local(at, desk.zone)) else ""
        ),
        "closing": lambda at: (
            said(instant_said(here, closing=True)) if (here := local(at, desk.zone)) else ""
        ),
        "ago": lambda at: said(span_said(desk.clock() - _instant(at))) if at else "",
        "span": lambda span: said(span_said(span)) if span is not None else "",
        "size": lambda count: "" if count is None else bytes_said(count),
        "duration": lambda ms: "" if ms is None else said(time_said(ms)),
        "department": desk.department,
    }


def local(at: datetime | str | None, zone: str) -> datetime | None:
    """None for none. A text is an instant of the ledger."""
    if not at:
        return None
    instant = _instant(at)
    try:
        return instant.astimezone(ZoneInfo(zone))
    except OverflowError:  # a server that says 31 December 9999
        return instant


def left(until: datetime, now: datetime) -> int:
    """Whole days; 0 today, less than that when it is past."""
    return (until - now) // timedelta(days=1)


def _instant(at: datetime | str) -> datetime:
    if isinstance(at, datetime):
        return at
    return datetime.fromisoformat(at)
