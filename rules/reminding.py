"""When a unit is reminded of what it owes: whole days from the due day, at one hour of the day."""

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta

DAY = timedelta(days=1)
INSTANT = timedelta(microseconds=1)


def moments(
    due: datetime, before: Iterable[timedelta], after: Iterable[timedelta], at: time
) -> Iterator[tuple[int, datetime]]:
    """Days from the last day that counts (negative before it), and the instant, in `due`'s zone.

    `due` is the first instant that is too late. A moment before it that falls after it (on the
    due day itself, past the cutoff) is none.
    """
    last = (due - INSTANT).date()
    for days in (*(-span.days for span in before), *(span.days for span in after)):
        moment = datetime.combine(last + days * DAY, at, due.tzinfo)
        if days > 0 or moment < due:
            yield days, moment


def fires(moment: datetime, now: datetime) -> bool:
    """From that instant to the end of its day: a reminder that a stop delayed still goes then."""
    here = now.astimezone(moment.tzinfo)
    return moment <= here and moment.date() == here.date()
