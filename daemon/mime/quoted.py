"""The sender's own words, without the mail that is being answered."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace

from daemon.mime.body import Body

_SEPARATOR = re.compile(
    r"(?m)^[ \t>]*(?:"
    r"-{2,}[ \t\xa0]*(?:原始邮件|原邮件|回复的原邮件|转发邮件信息|转发的邮件|转发的原邮件|"
    r"Original Mail|Original Message|Replied Message|Forwarded [Mm]essage)[ \t\xa0]*-{0,60}"
    r"|(?:在|于)[^\n]{4,120}(?:写道|wrote)[ \t]?[:：]"
    r"|At \d{4}-[^\n]{4,120}wrote[ \t]?:"
    r"|On [^\n]{4,120}wrote[ \t]?:"
    r"|(?:发件人|From)[ \t]?[:：][^\n]{0,200}\n+[ \t>]*"
    r"(?:发送时间|发送日期|日[ \u3000]{0,2}期|Sent|Date|收件人|To)[ \t]?[:：]"
    r")"
)
_SUBJECT = re.compile(r"(?m)^[ \t>|]*(?:主[ \u3000]*题|Subject)[ \t]?[:：|]+[ \t]*([^\n|]{1,500})")
_ROWS = re.compile(r"(?m)^>.*$")
_HEAD = 800  # characters behind a sign in which the older mail tells its subject
Span = tuple[int, int]
_FORWARD = re.compile(r"^\s*(?:(?:re|回复|答复)\s*[:：]\s*)*(?:fw|fwd|转发)\s*[:：]", re.IGNORECASE)


def forwards(subject: str) -> bool:
    return _FORWARD.match(subject) is not None


def subject(text: str) -> str:
    """What the first older mail in the text was about, "" when that is not told."""
    sign = _SEPARATOR.search(text)
    told = _SUBJECT.search(text, sign.start(), sign.end() + _HEAD) if sign else None
    return told[1].strip() if told else ""


def own(text: str) -> str:
    """Everything above the first sign of an older mail, or all when nothing stands above it."""
    cut = _SEPARATOR.search(text)
    above = text[: cut.start()] if cut else text
    kept = "\n".join(row for row in above.split("\n") if not row.startswith(">")).strip()
    return kept or text


def unquoted(body: Body) -> Body:
    """The body with blanks where an older mail stands; its links there are gone."""
    page = body.page
    if page is None:
        return replace(body, text=_blanked(body.text, _merged(_older(body.text))))
    spans = _merged((*page.quotes, *_older(page.text)))
    starts = [start for start, _ in spans]
    own = (
        anchor
        for anchor in page.anchors
        if not (n := bisect_right(starts, anchor.start)) or spans[n - 1][1] <= anchor.start
    )
    return replace(body, page=replace(page, text=_blanked(page.text, spans), anchors=tuple(own)))


def _older(text: str) -> Iterator[Span]:
    cut = _SEPARATOR.search(text)
    end = cut.start() if cut else len(text)
    yield from (row.span() for row in _ROWS.finditer(text, 0, end))
    yield end, len(text)


def _merged(spans: Iterable[Span]) -> list[Span]:
    """In their order, without those within others."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        reached = merged[-1][1] if merged else 0
        if end > reached:
            merged.append((max(start, reached), end))
    return merged


def _blanked(text: str, spans: Iterable[Span]) -> str:
    pieces, at = [], 0
    for start, end in spans:
        pieces += [text[at:start], " " * (end - start)]
        at = end
    return "".join((*pieces, text[at:]))
