"""Which window a mail belongs to, when that window is due, and how late the mail is.

Instants without a zone are taken as the notice's own, so that comparing never raises.
"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from rules.notice import Category, Notice, Window
from rules.submission import Claim, Message

DAY = timedelta(days=1)


def moment(message: Message, notice: Notice) -> datetime | None:
    """The instant that counts: arrival, or the sender's own date where the notice says so."""
    if notice.time_basis == "sent":
        return message.date or message.received
    return message.received or message.date


def local(instant: datetime, notice: Notice) -> datetime:
    zone = ZoneInfo(notice.zone)
    if instant.tzinfo is None:
        return instant.replace(tzinfo=zone)
    try:
        return instant.astimezone(zone)
    except OverflowError:  # Date: Mon, 1 Jan 0001 00:00:00 +0800 lies before the first instant
        return instant.replace(tzinfo=zone)


def opening(window: Window, notice: Notice) -> datetime | None:
    if window.opens is None:
        return None
    return datetime.combine(window.opens, time(), ZoneInfo(notice.zone))


def due(
    window: Window | None, notice: Notice, extension: datetime | None = None
) -> datetime | None:
    """The first instant that is too late; None when the window never closes.

    A cutoff that the window itself names is an hour of the day it names (7月15日12:00前); the
    notice's own cutoff counts on the last day, which `inclusive` tells.
    """
    if extension is not None:
        return local(extension, notice)
    if window is None or window.closes is None:
        return None
    last = window.closes if window.cutoff or notice.inclusive else window.closes - DAY
    midnight = datetime.combine(last, time(), ZoneInfo(notice.zone))
    hours, minutes = (window.cutoff or notice.cutoff).split(":")
    return midnight + timedelta(hours=int(hours), minutes=int(minutes))


def window_for(category: Category, notice: Notice, at: datetime | None) -> Window | None:
    """The window open at that instant, else the last one that closed, else the first to open."""
    windows = category.windows
    if at is None or not windows:
        return windows[0] if len(windows) == 1 else None
    here = local(at, notice)
    open_now = [w for w in windows if _open(w, notice, here)]
    closed = [w for w in windows if _late(here, due(w, notice), notice)]
    return (open_now or closed[-1:] or list(windows))[0]


def is_late(claim: Claim, message: Message, notice: Notice, extension: datetime | None) -> bool:
    at = moment(message, notice)
    return at is not None and _late(local(at, notice), due(claim.window, notice, extension), notice)


def time_left(window: Window | None, notice: Notice, at: datetime) -> timedelta | None:
    """Until the window is due, negative once it is over; None when it never closes."""
    end = due(window, notice)
    return None if end is None else end - local(at, notice)


def _open(window: Window, notice: Notice, here: datetime) -> bool:
    begins = opening(window, notice)
    return (begins is None or begins <= here) and not _late(here, due(window, notice), notice)


def _late(here: datetime, end: datetime | None, notice: Notice) -> bool:
    return end is not None and here >= end + timedelta(minutes=notice.grace)
