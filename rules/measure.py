"""Quantities: the tolerance of limits (decided reading 9) and how they are said."""

from datetime import date, datetime, timedelta

from rules.notice import Kind
from rules.spacing import spaced
from rules.verdict import Phrase

M, G = 1 << 20, 1 << 30
ROUNDING = 1000  # milliseconds a container may round up


def too_big(size: int, limit: int | None) -> bool:
    """Beyond the limit and its 1 % slack. Whole numbers, so that the edge is exact."""
    return limit is not None and size * 100 > limit * 101


def too_long(duration_ms: int | None, limit: int | None) -> bool:
    return duration_ms is not None and limit is not None and duration_ms > limit + ROUNDING


def bytes_said(size: int) -> str:
    """12.3M, 2.04G, 640K: as many digits as tell the size from a limit."""
    if size >= G:
        return _short(f"{size / G:.2f}") + "G"
    if size >= M:
        return _short(f"{size / M:.1f}") + "M"
    return f"{size}B" if size < 1024 else f"{size // 1024}K"


def time_said(milliseconds: int) -> Phrase:
    """31 分 05 秒; hours only when there are some; tenths would not help anyone."""
    seconds = milliseconds // 1000
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    if hours:
        return Phrase(
            f"{hours} 小时 {minutes:02d} 分 {left:02d} 秒", f"{hours} h {minutes} min {left} s"
        )
    if minutes:
        zh = f"{minutes} 分 {left:02d} 秒" if left else f"{minutes} 分钟"
        return Phrase(zh, f"{minutes} min {left} s" if left else f"{minutes} min")
    return Phrase(f"{left} 秒", f"{left} s")


def day_said(day: date) -> Phrase:
    return Phrase(f"{day.year}年{day.month}月{day.day}日", f"{day}")


def instant_said(at: datetime, *, closing: bool = False) -> Phrase:
    """2020年7月15日 24:00 when midnight closes a day: the minute after it would mislead."""
    midnight = closing and (at.hour, at.minute) == (0, 0)
    day = at - timedelta(days=1) if midnight else at
    clock = "24:00" if midnight else f"{at:%H:%M}"
    return Phrase(f"{day.year}年{day.month}月{day.day}日 {clock}", f"{day:%Y-%m-%d} {clock}")


def span_said(span: timedelta) -> Phrase:
    """The largest whole units: 3 天 4 小时, 2 小时 5 分钟, 不到 1 分钟."""
    minutes = int(span.total_seconds()) // 60
    days, hours, left = minutes // 1440, minutes % 1440 // 60, minutes % 60
    if days:
        return Phrase(f"{days} 天 {hours} 小时", f"{days} d {hours} h")
    if hours:
        return Phrase(f"{hours} 小时 {left} 分钟", f"{hours} h {left} min")
    under = Phrase("不到 1 分钟", "under a minute")
    return Phrase(f"{left} 分钟", f"{left} min") if left else under


def wanted(kind: Kind | None) -> Phrase:
    """The formats as the notice says them."""
    if kind is None:
        return Phrase("通知规定的格式", "a format that the notice names")
    # A document with macros is one, and is held: nobody is asked for it.
    formats = [f.upper() for f in kind.formats if f != "docm"]
    return Phrase(spaced(kind.wanted), " or ".join(formats) or kind.wanted)


def listed(items: list[str] | tuple[str, ...]) -> Phrase:
    return Phrase("、".join(items), ", ".join(items))


def _short(number: str) -> str:
    return number.rstrip("0").rstrip(".")
