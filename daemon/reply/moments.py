"""Instants and spans in the words of a letter."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from rules.notice import Language

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def moment(instant: datetime, zone: str, language: Language) -> str:
    """2020年7月10日 12:00 · 12:00 on 10 July 2020"""
    here = instant.astimezone(ZoneInfo(zone))
    clock = f"{here.hour:02}:{here.minute:02}"
    if language == "zh":
        return f"{here.year}年{here.month}月{here.day}日 {clock}"
    return f"{clock} on {here.day} {_MONTHS[here.month - 1]} {here.year}"


def deadline(due: datetime, zone: str, language: Language) -> str:
    """Midnight is told as the end of the day before: 7月15日 24:00."""
    here = due.astimezone(ZoneInfo(zone))
    if (here.hour, here.minute) != (0, 0):
        return moment(due, zone, language)
    eve = moment(due - DAY, zone, language)
    return eve.replace("00:00", "24:00")


def span(left: timedelta, language: Language) -> str:
    """The two largest units of a span that is not negative: 5 天 3 小时 · 5 days 3 hours"""
    counts = (
        (left // DAY, "天", "day"),
        (left % DAY // HOUR, "小时", "hour"),
        (left % HOUR // MINUTE, "分钟", "minute"),
    )
    told = [c for c in counts if c[0]][:2] or [(1, "分钟", "minute")]
    # 5 days and 3 minutes are 5 days.
    if told[0][1] == "天" and told[-1][1] == "分钟":
        told = told[:1]
    if language == "zh":
        return " ".join(f"{n} {zh}" for n, zh, _ in told)
    return " ".join(f"{n} {en}{'s' * (n != 1)}" for n, _, en in told)
