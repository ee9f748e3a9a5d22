"""Dates as clients write them → as RFC 5322 wants them, for mail-parser, which is strict."""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

# No zone, or CST, which in this country is not Chicago's time.
_CHINA = timezone(timedelta(hours=8))
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIME = r"(?P<hour>\d{1,2})[:：](?P<minute>\d{1,2})(?:[:：](?P<second>\d{1,2}))?"
_FORMS = (
    re.compile(
        rf"(?P<day>\d{{1,2}})[ -](?P<month>[a-z]{{3}})[a-z]*\.?[ -](?P<year>\d{{4}}) +{_TIME}"
    ),
    re.compile(rf"(?P<month>[a-z]{{3}})[a-z]*\.? +(?P<day>\d{{1,2}}) +{_TIME} +(?P<year>\d{{4}})"),
    re.compile(
        rf"(?P<year>\d{{4}})[-/.年](?P<month>\d{{1,2}})[-/.月](?P<day>\d{{1,2}})日?[ t]+{_TIME}"
    ),
)
# What most clients write: mail-parser reads it as it stands.
_USUAL = re.compile(
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun), )?\d{1,2} (?:" + "|".join(_MONTHS) + r") \d{4} "
    r"\d{2}:\d{2}:\d{2} [+-](?:0\d|1[0-4])[0-5]\d",
    re.IGNORECASE | re.ASCII,
)
_NAMED = {"": _CHINA, "cst": _CHINA, "gmt": UTC, "utc": UTC, "ut": UTC, "z": UTC}
_NAME = re.compile(r"\s*[a-z]{1,5}\b")
_ZONE = re.compile(r"([+-])(\d{1,2}):?(\d{2})\b")


def washed(text: str) -> str:
    """A date that is understood, rewritten; any other as it stands."""
    if _USUAL.fullmatch(text):
        return text
    plain = text.lower()[:200]
    found = next(filter(None, (form.search(plain) for form in _FORMS)), None)
    instant = _instant(found, plain) if found else None
    return format_datetime(instant) if instant else text


def _instant(found: re.Match[str], plain: str) -> datetime | None:
    month = found["month"]
    if month.isalpha() and month not in _MONTHS:
        return None
    number = int(month) if month.isdecimal() else _MONTHS.index(month) + 1
    day, hour, minute, second = (
        int(found[name] or 0) for name in ("day", "hour", "minute", "second")
    )
    try:
        zone = _zone(plain[found.end() :])
        return datetime(int(found["year"]), number, day, hour, minute, second, tzinfo=zone)
    except (ValueError, KeyError):  # the 40th of July, a zone of 99 hours, EST
        return None


def _zone(behind: str) -> timezone:
    """Raises KeyError for other names: mail-parser knows those."""
    found = _ZONE.search(behind)
    if found:
        offset = timedelta(hours=int(found[2]), minutes=int(found[3]))
        return timezone(offset if found[1] == "+" else -offset)
    name = (_NAME.match(behind) or [""])[0].strip()
    return _NAMED[name]
