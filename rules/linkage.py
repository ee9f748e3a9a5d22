"""Large attachments that came as links: whether they are needed, still valid, and how described."""

from dataclasses import replace

from rules import calendar, filling
from rules.measure import bytes_said, instant_said
from rules.notice import Notice
from rules.originals import lacks
from rules.spacing import spaced
from rules.submission import Link, Submission
from rules.verdict import Phrase, Values

_SHOWN = 120  # characters of an address: enough to know it again
_NOTHING = Phrase("", "")


def expired(link: Link, submission: Submission, notice: Notice) -> bool:
    """Expiry stated before the mail came; without either instant nobody is told so."""
    came = submission.message.received or submission.message.date
    if link.expires is None or came is None:
        return False
    return calendar.local(link.expires, notice) <= calendar.local(came, notice)


def usable(link: Link, submission: Submission, notice: Notice) -> bool:
    """Neither expired nor without its code: those have a finding of their own, unless they stand in
    an older mail, which was judged when it came."""
    lacking = expired(link, submission, notice) or (link.code_needed and not link.code)
    return link.quoted or not lacking


def needed(link: Link, submission: Submission, notice: Notice) -> bool:
    """Whether something would be missing without the links."""
    if submission.claim.category is None:
        return True
    without = replace(submission, links=())
    return bool(
        filling.closed_box(submission)
        or (filling.link_kind(link) in {"", "image"} and any(lacks(without)))
        or any(
            filling.linked(gap.part, replace(submission, links=(link,)), notice)
            for gap in filling.gaps(without, notice)
        )
    )


def where(link: Link) -> str:
    """What a link is called: by the file behind it, else by who keeps it."""
    return link.name or titled(link)


def titled(link: Link) -> str:
    return spaced(link.title or link.provider)


def described(link: Link, notice: Notice) -> Values:
    """Name, size, expiry and code as evidence."""
    title = titled(link)
    until = calendar.local(link.expires, notice) if link.expires else None
    said = instant_said(until) if until else None
    size = bytes_said(link.size) if link.size is not None else ""
    return {
        "provider": Phrase(title if title.endswith("附件") else f"{title}链接", title),
        "name": Phrase(f"“{link.name}”", f" “{link.name}”") if link.name else _NOTHING,
        "url": link.url.partition("://")[2][:_SHOWN],  # without its scheme nobody can click on it
        "size": Phrase(f"（{size}）", f" ({size})") if size else _NOTHING,
        "expires": Phrase(f"有效期到 {said.zh}", f"valid until {said.en}")
        if said
        else Phrase("没有写有效期", "with no expiry stated"),
        "note": Phrase(f"（提取码 {link.code} 已记下）", f" (code {link.code} noted)")
        if link.code and (link.code_needed or link.code not in link.url)
        else _NOTHING,
    }
