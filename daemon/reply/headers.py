"""The headers of an automatic answer (RFC 3834, and what Chinese and Microsoft servers heed)."""

import re
from collections.abc import Collection
from email.utils import format_datetime
from zoneinfo import ZoneInfo

from daemon.mime import clean
from daemon.reply.context import Context
from rules.answering import addressable
from rules.submission import Message
from rules.verdict import Verdict

_LONGEST_SUBJECT = 160
_CHAIN = 10
_PREFIXES = re.compile(r"^(\s*(re|回复|答复)\s*[:：])+\s*", re.IGNORECASE)
_IDENTIFIER = re.compile(r"[!-;=?-~]{1,250}")


def recipient(message: Message, ours: Collection[str] = ()) -> str:
    """Where the answer goes: Reply-To within the sender's own domain, else From. `ours` are
    mailboxes of ours, in lower case: who names one to reply to means himself all the same.

    Raises ValueError when neither is an address; such a message must not come here.
    """
    same = _domain(message.reply_to) == _domain(message.sender)
    wanted = same and message.reply_to.lower() not in ours and addressable(message.reply_to)
    address = message.reply_to if wanted else message.sender
    if not addressable(address):
        raise ValueError(f"no address to answer: {address!r}")
    return address


def ours(context: Context) -> frozenset[str]:
    boxes = (context.mailbox, *context.notice.mailboxes)
    return frozenset(box.address.lower() for box in boxes)


def _domain(address: str) -> str:
    return address.rpartition("@")[2].lower()


def subject(message: Message, context: Context) -> str:
    """`Re: ` and theirs, on one line, without the prefixes that answering piles up."""
    theirs = _PREFIXES.sub("", clean.line(message.subject))
    if len(theirs) > _LONGEST_SUBJECT:
        theirs = theirs[: _LONGEST_SUBJECT - 1] + "…"
    return "Re: " + (theirs or {"zh": "（无主题）", "en": "(no subject)"}[context.language])


def headers(verdict: Verdict, context: Context) -> dict[str, str]:
    message = verdict.submission.message
    zone = ZoneInfo(context.notice.zone)
    fields = {
        "From": f"{clean.line(context.mailbox.department)} <{context.mailbox.address}>",
        "To": recipient(message, ours(context)),
        "Subject": subject(message, context),
        "Date": format_datetime(context.now.astimezone(zone)),
        "Message-ID": f"<{context.message_id}>",
        **_thread(message),
        "Auto-Submitted": "auto-replied",
        "X-Auto-Response-Suppress": "All",
        "X-Baosong": f"{context.instance}; status={verdict.status}; notice={context.notice.id}",
    }
    return {name: value for name, value in fields.items() if value}


def _thread(message: Message) -> dict[str, str]:
    chain = [*message.references, message.message_id]
    known = [f"<{i}>" for i in dict.fromkeys(chain) if _IDENTIFIER.fullmatch(i)]
    answered = f"<{message.message_id}>"
    return {
        "In-Reply-To": answered if answered in known else "",
        "References": " ".join([*known[:1], *known[1:][-_CHAIN:]]),
    }
