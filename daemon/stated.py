"""What a mail's words say of a link: the file's name, its size, its expiry, the code."""

import re
from collections.abc import Iterable, Sequence
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
_WORD = (
    r"(?:(?:提取|取件|访问|验证|分享)(?:码|碼|密码)|密码|口令|(?<![\u3400-\u9fff])码"
    r"|(?<![a-z])(?:pwd|password|passcode|code|pin)(?![a-z]))"
)
_ALL = "(?:都|均|皆|全|统一|共用|一律|一样|相同)"
_CODE = re.compile(
    rf"(?P<before>{_ALL})?的?{_WORD}\s?(?P<behind>{_ALL})?[为是]?\s?[:：=]?\s{{0,2}}"
    r"[（(\[【「“\"]?\s?(?P<code>[A-Za-z0-9]{4,8})(?![A-Za-z0-9])",
    re.IGNORECASE,
)
# Behind a link and alone in what is left of the line, or alone in the next: ab12, (ab12)
_BARE_CODE = re.compile(r"[ \t]*\n?[ \t]*[（(]?([A-Za-z0-9]{4})[)）]?[ \t]*(?:\n|\Z)")
_OPEN = re.compile(
    rf"(?:无需?|不(?:需要?|必|用|设)|没有?|免)(?:要|输入|填写?|设置?|任何)?{_WORD}|公开(?:的?链接|分享)"
    rf"|{_WORD}\s?{_ALL}?[为是]?\s?[:：]?\s?[（(]?(?:无(?![法效])|没有|不需|不用|空|none)",
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
        code=_code(behind) or _code(label) or _code(before) or _bare_code(behind),
    )


def code_of_all(texts: Iterable[str]) -> str:
    """The code that one sentence tells of all links: 提取码都是 ab12."""
    found = (hit for text in texts for hit in _CODE.finditer(text))
    return next((hit["code"] for hit in found if hit["before"] or hit["behind"]), "")


def open_to_all(text: str) -> bool:
    """It says that no code is needed: 无需提取码."""
    return _OPEN.search(text) is not None


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
    return found["code"] if found else ""


def _bare_code(behind: str) -> str:
    found = _BARE_CODE.match(behind)
    return found[1] if found else ""
