"""The sender's own words, without the mail that is being answered."""

import re

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
_HEAD = 800  # characters behind a sign in which the older mail tells its subject
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
