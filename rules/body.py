"""The sender's own words in a mail: what is quoted below them was written by someone else."""

import re

_QUOTED = re.compile(
    r"^(?:\s*>|-{2,}\s*(?:原始邮件|原邮件|Original Message|转发邮件信息|Forwarded message)"
    r"|(?:发件人|寄件者|From)\s*[:：].*@|.{0,80}(?:写道|wrote)\s*[:：]\s*$)",
    re.IGNORECASE | re.MULTILINE,
)


def own_words(text: str) -> str:
    """The text above the first quotation."""
    quoted = _QUOTED.search(text)
    return text[: quoted.start()] if quoted else text
