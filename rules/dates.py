"""Dates as people write them in a subject: 20200710, 2020.7.10, 7月10日, 10-Jul-2020."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_YEAR = r"(?<!\d)(?P<y>(?:19|20)\d\d)"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONG = "uary|ruary|ch|il|e|y|ust|t|tember|ober|ember"  # what may follow these letters
_NAME = rf"(?P<m>(?:{'|'.join(_MONTHS)})(?:{_LONG})?)\.?(?![a-z])"
_DAY = r"(?P<d>\d{1,2})(?!\d)(?:st|nd|rd|th)?(?![a-z])"
_GAP = "[-./, ]{0,3}"
_MONTH_DAY = r"(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})(?!\d)\s*[日号]?"
# In this order: what an earlier pattern has taken, a later one leaves alone.
_PATTERNS = tuple(
    re.compile(p, re.IGNORECASE)
    for p in (
        _YEAR + r"(?P<m>\d\d)(?P<d>\d\d)(?!\d)",
        _YEAR + r"(?P<m>[2-9])(?P<d>[0-3]\d)(?!\d)",
        _YEAR + r"\s*年\s*" + _MONTH_DAY,
        _YEAR + r"\s*[-./]\s*(?P<m>\d{1,2})\s*[-./]\s*(?P<d>\d{1,2})(?!\d)",
        _YEAR + r" *(?P<s>[、,·・+]) *(?P<m>\d{1,2}) *(?P=s) *(?P<d>\d{1,2})(?!\d)",
        _YEAR + r" +(?P<m>\d{1,2}) +(?P<d>\d{1,2})(?!\d)",
        _YEAR + f"{_GAP}(?<![a-z]){_NAME}{_GAP}{_DAY}",
        f"(?<![a-z]){_NAME}{_GAP}{_DAY}(?:{_GAP}{_YEAR}(?!\\d))?",
        f"(?<!\\d){_DAY}{_GAP}{_NAME}(?:{_GAP}{_YEAR}(?!\\d))?",
        r"(?<![\d./-])(?P<y>2\d)(?P<s>[-./])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?![\d./-])",
        _YEAR + r"\s*年\s*(?P<m>\d{1,2})(?P<d>)\s*月",
        r"(?<!\d)(?P<y>)" + _MONTH_DAY,
        r"(?P<y>[〇零○一二三四五六七八九]{4}年)?"
        r"(?P<m>[一二三四五六七八九十]{1,2})月(?P<d>[一二三四五六七八九十]{1,3})[日号]",
        r"(?<!\d)(?P<y>2\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?!\d)",
        _YEAR + r"(?P<m>\d{2,3})(?P<d>)(?!\d)",  # 202007, 2020112: no one day
        r"(?<![\d.])(?<!\d[-/])(?P<y>)(?P<m>\d{1,2})[./-](?P<d>\d{1,2})(?![\d.\-/])",
        r"(?<!\d)(?P<y>)(?P<m>0\d|1[0-2])(?P<d>[0-3]\d)(?!\d)",
    )
)
_LEFT = re.compile(r"\d[./-]?\d|月|[A-Za-z]{3}")  # one of these is in all that they find
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """A date as written. `date` is None when there is no such day (2020-02-30, 2020年7月)."""

    start: int
    end: int
    text: str
    date: date | None


def find(text: str, year: int) -> tuple[Written, ...]:
    """Every date in the text, in order; `year` stands where the writing has none."""
    return tuple(sorted(_each(text, year), key=lambda written: written.start))


def _each(text: str, year: int) -> Iterator[Written]:
    rest = text
    for pattern in _PATTERNS:
        if not _LEFT.search(rest):  # as behind the one date of most subjects
            return
        hits = tuple(pattern.finditer(rest))
        for hit in hits:
            yield Written(start=hit.start(), end=hit.end(), text=hit[0], date=_date(hit, year))
        rest = pattern.sub(lambda hit: "\n" * len(hit[0]), rest) if hits else rest


def _date(hit: re.Match[str], year: int) -> date | None:
    try:
        return date(_year(hit["y"] or "", year), number(hit["m"]), number(hit["d"] or "0"))
    except ValueError:  # 20200230, 13月5日, 2020年7月: written as a date, but there is no such day
        return None


def _year(written: str, year: int) -> int:
    digits = written.translate(_DIGITS).removesuffix("年")
    return int("20" + digits if len(digits) == 2 else digits or year)


def number(written: str) -> int:
    """7, 07, 七, 十, 十二, 二十三, July. Raises ValueError for what is none (三三, 十十)."""
    if (name := written[:3].lower()) in _MONTHS:
        return _MONTHS.index(name) + 1
    tens, ten, ones = written.rpartition("十")
    if not ten:
        return int(written.translate(_DIGITS))
    return int((tens or "1").translate(_DIGITS)) * 10 + int((ones or "0").translate(_DIGITS))
