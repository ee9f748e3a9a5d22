"""What a mail's words say of a link: the file's name, its size, its expiry, the code."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from daemon.mime import clean

CHINA = timezone(timedelta(hours=8))  # the providers state local time, and China has one zone

_SIZE = re.compile(r"(\d{1,9}(?:\.\d{1,4})?)\s?([KMGT])(?:i?B|b)?(?![A-Za-z0-9])")
_ABOUT_SIZE = re.compile(rf"[（(][^（()）]{{0,60}}?{_SIZE.pattern}[^（()）]{{0,60}}[）)]")
_BYTES = re.compile(r"(\d{1,13})\s?(?:字节|[Bb]ytes?\b|B(?![A-Za-z0-9]))")
_DAY = r"(\d{4})\s?[年/.-]\s?(\d{1,2})\s?[月/.-]\s?(\d{1,2})\s?日?"
_TIME = r"(?:[\sT]{0,3}(\d{1,2})\s?[:：时]\s?(\d{1,2})(?:[:：](\d{1,2}))?)?"
_EXPIRY = re.compile(
    rf"{_DAY}{_TIME}[\s分]{{0,3}}(?:到期|过期|失效)"
    rf"|(?:(?:过期|到期|失效|截止)(?:时间|日期)|有效期(?:限|至|到)?|expires?(?: on)?)"
    rf"[:：至到\s]{{0,4}}{_DAY}{_TIME}",
    re.IGNORECASE,
)
_STAMP = re.compile(rf"{_DAY}{_TIME}")
_CODE = re.compile(
    r"(?:提取码|提取密码|访问码|访问密码|提取碼|密码|口令|pwd|code)\s?[为是]?\s?[:：=]?\s{0,2}"
    r"([A-Za-z0-9]{4,8})(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\n\r:：/\\<>|\"*?]{1,150}\.[A-Za-z0-9]{1,5}(?![A-Za-z0-9])")
_NAMES = ("filename", "file-name", "data-filename", "data-name", "download", "title")
_SIZES = ("filesize", "file-size", "data-filesize", "data-size")
_EXPIRIES = ("expiretime", "expired", "expire-time", "expire", "data-expire", "data-expiretime")
_POWERS = {"K": 10, "M": 20, "G": 30, "T": 40}


@dataclass(frozen=True, slots=True)
class Stated:
    """`size` in bytes, rounded as the provider rounds. None and "": not said."""

    name: str = ""
    size: int | None = None
    expires: datetime | None = None
    code: str = ""


def about(
    label: str, *, before: str, behind: str, attributes: Sequence[tuple[str, str]] = ()
) -> Stated:
    """Attributes are exact, so they come first. A link whose own words are a file's name is
    described behind it; otherwise the description ends just before the link."""
    given = dict(attributes)
    named = _name(label)
    told_before = not named and _size(before) is not None
    around = (before,) if told_before else (label, behind, before)
    return Stated(
        name=_attribute_name(given) or named or _name_before(before),
        size=_first_size([given[k] for k in _SIZES if k in given], around),
        expires=_first_expiry([given[k] for k in _EXPIRIES if k in given], around),
        code=_code(behind) or _code(label) or _code(before),
    )


def _attribute_name(given: dict[str, str]) -> str:
    names = (clean.file_name(given.get(k, "")) for k in _NAMES)
    return next((name for name in names if name and _NAME.search(name)), "")


def _name(label: str) -> str:
    text = clean.line(label)
    return clean.file_name(text) if _NAME.fullmatch(text) else ""


def _name_before(before: str) -> str:
    """`名.mp4 (128.03M, …)进入下载页面：`: the last thing that looks like a file."""
    rows = [clean.line(_ABOUT_SIZE.sub(" ", row)) for row in before.split("\n")]
    found = [f[0] for row in reversed(rows) for f in _NAME.finditer(row) if "." in f[0]]
    names = (name.strip(" ,，、;；") for name in found)
    return next((clean.file_name(n) for n in names if not _SIZE.search(n)), "")


def _first_size(attributes: list[str], around: Sequence[str]) -> int | None:
    for text in attributes:
        if text.strip().isdecimal() and len(text) < 15:
            return int(text)
    return next(filter(None, map(_size, [*attributes, *around])), None)


def _size(text: str) -> int | None:
    found = list(_SIZE.finditer(text))
    if found:
        return round(float(found[-1][1]) * (1 << _POWERS[found[-1][2].upper()]))
    exact = _BYTES.search(text)
    return int(exact[1]) if exact else None


def _first_expiry(attributes: list[str], around: Sequence[str]) -> datetime | None:
    stamps = (_epoch(text) or _instant(_STAMP.search(text)) for text in attributes)
    spoken = (_instant(_EXPIRY.search(text)) for text in around)
    return next(filter(None, [*stamps, *spoken]), None)


def _epoch(text: str) -> datetime | None:
    """Seconds or milliseconds since 1970."""
    digits = text.strip()
    if not digits.isdecimal() or not 10 <= len(digits) <= 13:
        return None
    return datetime.fromtimestamp(int(digits) / (1000 if len(digits) > 11 else 1), UTC)


def _instant(found: re.Match[str] | None) -> datetime | None:
    """A day without a time lasts to its end."""
    if found is None:
        return None
    year, month, day, *clock = [int(g) for g in found.groups() if g]
    hour, minute, second = (*clock, 0, 0)[:3] if clock else (23, 59, 59)
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=CHINA)
    except ValueError:  # 2020年13月40日, 25:61
        return None


def _code(text: str) -> str:
    found = _CODE.search(text)
    return found[1] if found else ""
