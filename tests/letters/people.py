"""What people do with mail: forward it, answer it, correct it."""

from collections.abc import Sequence
from datetime import datetime

from tests.letters.letter import NOON, OURS, SENDER, Enclosure, Files, letter


def forwarded(
    subject: str, *, files: Files = (), sender: str = SENDER, date: datetime = NOON
) -> bytes:
    """Forwarded by pressing 转发: a prefix, and the first letter quoted below."""
    quoted = (
        "请代为报送，谢谢。\n\n------------------ 原始邮件 ------------------\n"
        f"发件人: 支部宣传委员 <weiyuan@example.com>\n主题: {subject}\n\n材料见附件。"
    )
    return letter(subject=f"转发：{subject}", sender=sender, text=quoted, files=files, date=date)


def forwarded_whole(
    subject: str, *, files: Files = (), sender: str = SENDER, outer: str = ""
) -> bytes:
    """Forwarded as an attachment: the first letter is a message/rfc822 part."""
    inner = letter(subject=subject, sender="支部 <zhibu@example.com>", files=files)
    part = Enclosure("原始邮件.eml", inner, type="message/rfc822", encoding="8bit")
    return letter(subject=outer or f"Fwd: {subject}", sender=sender, files=[part])


def answer_to_ours(
    subject: str,
    *,
    ours: str = OURS,
    files: Files = (),
    sender: str = SENDER,
    date: datetime = NOON,
    references: Sequence[str] = (),
) -> bytes:
    """The sender presses 回复 on our reply and attaches what was asked for."""
    chain = " ".join(f"<{r}>" for r in (*references, ours))
    return letter(
        subject=f"回复：Re: {subject}",
        sender=sender,
        text="已按要求补充，请查收。\n\n> 您好！您报送的材料已收到，有以下问题需要补正。",
        files=files,
        headers=[("In-Reply-To", f"<{ours}>"), ("References", chain)],
        date=date,
    )
