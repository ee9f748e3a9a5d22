"""A spooled mail → what it says, what it carries, where its large files are."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from daemon import links
from daemon.links import Provider
from daemon.mime import body, content, inner, invitation, quoted, skeleton
from daemon.mime import report as reports
from daemon.mime.body import Body
from daemon.mime.content import Content
from daemon.mime.header import first
from daemon.mime.report import Report
from rules.submission import Link, Message

_CLOSED = {
    "multipart/encrypted": "邮件经过加密",
    "application/pkcs7-mime": "邮件经过加密或封装签名（S/MIME）",
    "application/x-pkcs7-mime": "邮件经过加密或封装签名（S/MIME）",
    "message/partial": "邮件被拆成几封寄来，这只是其中一封",
}


@dataclass(frozen=True, kw_only=True)
class File:
    """One attachment, decoded to disk; `size` in bytes. `path`: the mails or TNEF files it was
    in, outermost first. `ignored`: why it is no submission. `undecodable`: why the bytes are the
    raw ones."""

    name: str
    disk: Path
    size: int
    sha256: str
    declared_type: str
    path: tuple[str, ...] = ()
    inline: bool = False
    ignored: str = ""
    undecodable: str = ""


@dataclass(frozen=True, kw_only=True)
class Opened:
    message: Message
    files: tuple[File, ...]
    links: tuple[Link, ...]


def read(
    raw: Path,
    into: Path,
    *,
    received: datetime | None = None,
    providers: Collection[Provider] | None = None,
) -> Opened:
    """Decode every file into the folder `into`. No content makes it raise: what cannot be
    understood is said in Message.unreadable. An OSError is the world's.

    `received` is the server's instant; without it the newest Received header stands in.
    """
    outer = content.read(raw, into)
    report = reports.read(outer)
    outer, inside = inner.open_all(outer, into)
    files = list(_files(outer))
    for one in reversed(inside):  # what was inside follows what it was in
        files[one.number + 1 : one.number + 1] = _files(one.content, (one.name,))
    mails = [outer, *(one.content for one in inside)]
    message = _message(mails, report, received=received)
    known = links.shipped() if providers is None else providers
    found = _links([b for mail in mails for b in mail.bodies], known)
    if found and not quoted.forwards(message.subject):
        found = _marked(found, mails, known)
    return Opened(message=message, files=tuple(files), links=found)


def _files(mail: Content, path: tuple[str, ...] = ()) -> tuple[File, ...]:
    return tuple(
        File(
            name=stored.name,
            disk=stored.saved.disk,
            size=stored.saved.size,
            sha256=stored.saved.sha256,
            declared_type=stored.content_type,
            path=path,
            inline=stored.inline,
            ignored=stored.ignored,
            undecodable=stored.saved.undecodable,
        )
        for stored in content.shown(mail)
    )


def _message(mails: Sequence[Content], report: Report, *, received: datetime | None) -> Message:
    fields, headers = mails[0].fields, skeleton.wash(mails[0].fields)
    envelope = skeleton.envelope(fields, traced=received is None)
    subject = _subject(headers)
    return Message(
        sender=envelope.sender,
        sender_name=envelope.sender_name,
        subject=subject,
        message_id=next(iter(reports.ids(first(fields, "message-id"))), ""),
        date=envelope.date,
        received=received or envelope.received,
        text=_text(mails, subject),
        headers=headers,
        in_reply_to=next(iter(reports.ids(first(fields, "in-reply-to"))), ""),
        references=reports.ids(first(fields, "references")),
        enclosed=tuple(_enclosed(mails)),
        reply_to=envelope.reply_to,
        report=report.is_one,
        reported_message_id=report.message_id,
        report_status=report.status,
        calendar=invitation.method(mails[0]),
        unreadable=_unreadable(mails),
    )


def _enclosed(mails: Sequence[Content]) -> Iterator[str]:
    """Of mails forwarded as files, and of the one that stands below the sender's own words."""
    yield from (told for mail in mails[1:] if (told := _subject(skeleton.wash(mail.fields))))
    if told := quoted.subject(body.text(mails[0].bodies, own=False)):
        yield told


def _subject(headers: Iterable[tuple[str, str]]) -> str:
    return next((value for name, value in headers if name.lower() == "subject"), "")


def _text(mails: Sequence[Content], subject: str) -> str:
    """What the sender wrote; when that is nothing, the mail that was forwarded as a file."""
    outer = mails[0].bodies
    if quoted.forwards(subject):
        own = body.text(outer, own=False)
    else:
        own = quoted.own(body.text(outer, own=True)) or body.text(outer, own=False)
    return own or next(filter(None, (body.text(m.bodies, own=False) for m in mails[1:])), "")


def _unreadable(mails: Sequence[Content]) -> str:
    outer = mails[0]
    if not outer.fields:
        return outer.unreadable or "邮件没有信头"
    closed = _CLOSED.get(outer.content_type, "")
    return next(filter(None, (m.unreadable for m in mails)), closed)


def _links(bodies: Sequence[Body], providers: Collection[Provider]) -> tuple[Link, ...]:
    pages = [b.page for b in bodies if b.page]
    return links.find(pages, [b.text for b in bodies if not b.page], providers=providers)


def _marked(
    found: tuple[Link, ...], mails: Sequence[Content], providers: Collection[Provider]
) -> tuple[Link, ...]:
    """Those that the sender has not written himself are told apart: they came before."""
    outer, *inside = mails
    bodies = [*map(quoted.unquoted, outer.bodies), *(b for mail in inside for b in mail.bodies)]
    own = {link.url for link in _links(bodies, providers)}
    return tuple(replace(link, quoted=link.url not in own) for link in found)
