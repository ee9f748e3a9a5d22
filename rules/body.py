"""The sender's own words in a mail: what is quoted below them was written by someone else."""

import re

from rules.verdict import Phrase

_QUOTED = re.compile(
    r"^(?:\s*>|-{2,}\s*(?:原始邮件|原邮件|Original Message|转发邮件信息|Forwarded message)"
    r"|(?:发件人|寄件者|From)\s*[:：].*@|.{0,80}(?:写道|wrote)\s*[:：]\s*$)",
    re.IGNORECASE | re.MULTILINE,
)


# What is said where the manuscript seems to stand in the mail itself.
IN_BODY = Phrase(
    "（稿件像是直接写在邮件正文里了）", " (the text seems to stand in the mail itself)"
)
SAVE_BODY = Phrase(
    "请把正文里的稿件存成 Word 文档，作为附件发来。",
    "Save the text of the mail as a Word document and attach that. ",
)
NOTHING = Phrase("", "")
_BRINGS = re.compile(
    r"附件|附上|见附|附后|随信|随函|随邮件|随附|补充|补交|补报|补发|重发|重新发|请查收"
)
_WITHOUT = re.compile(
    r"附件[^。；！\n]{0,6}(?:不变|同前|同上|不用|无需|已[经发交报]|[未没][变改]|照旧)"
    r"|(?:上一?封|之前|此前|前面|前一封|刚才|昨[天日]|原来?)的?[^。！\n]{0,8}附件|主题|标题"
)
_LONG = 300  # characters: no covering letter has so many


def tells_much(text: str) -> bool:
    """The sender's own words are long enough to be the manuscript itself."""
    return len("".join(own_words(text).split())) >= _LONG


def speaks_of_files(words: str) -> bool:
    """They speak of files that come with them."""
    return _BRINGS.search(words) is not None


def promises(words: str) -> bool:
    """They speak of files that come with them, and not of earlier ones or of the subject alone."""
    return speaks_of_files(words) and not _WITHOUT.search(words)


def own_words(text: str) -> str:
    """The text above the first quotation."""
    quoted = _QUOTED.search(text)
    return text[: quoted.start()] if quoted else text
