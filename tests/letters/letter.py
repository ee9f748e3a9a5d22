"""One e-mail, written byte by byte: the builder decides every encoding, not a library."""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime

from tests.letters.header import CODECS, Style, address, file_name, label, words

CHINA = timezone(timedelta(hours=8))
NOON = datetime(2020, 7, 10, 12, 0, tzinfo=CHINA)
SENDER = "农学院党务秘书 <nxy@example.edu.cn>"
ORGANISATION, PUBLICITY = "zzbdj@scau.edu.cn", "xcb@scau.edu.cn"
OURS = "reply-1@baosong.example.edu.cn"  # the Message-ID of a reply of ours


@dataclass(frozen=True)
class Enclosure:
    """A file in a letter. `cid` makes it a part that HTML may refer to."""

    name: str
    data: bytes
    type: str = "application/octet-stream"
    inline: bool = False
    cid: str = ""
    encoding: str = "base64"


Files = Sequence[Enclosure | tuple[str, bytes]]


def letter(
    *,
    subject: str,
    sender: str = SENDER,
    to: str = ORGANISATION,
    date: datetime = NOON,
    text: str = "请查收附件。",
    html: str = "",
    files: Files = (),
    style: Style = "utf-8",
    headers: Sequence[tuple[str, str]] = (),
    message_id: str | None = None,
) -> bytes:
    """An e-mail as it lies in the mailbox. Equal arguments give equal bytes.

    `message_id` is without angle brackets; "" leaves the header out.
    """
    if message_id is None:
        seed = f"{subject}|{sender}|{date}|{text}|{len(files)}"
        message_id = hashlib.sha256(seed.encode()).hexdigest()[:20] + "@example.edu.cn"
    top = [
        b"From: " + address(sender, style),
        b"To: " + address(to, style),
        b"Subject: " + words(subject, style),
        b"Date: " + format_datetime(date).encode("ascii"),
        *([f"Message-ID: <{message_id}>".encode()] if message_id else []),
        *(name.encode("ascii") + b": " + words(value, style) for name, value in headers),
        b"MIME-Version: 1.0",
    ]
    return b"\r\n".join(top) + b"\r\n" + _content(text, html, files, style)


def _content(text: str, html: str, files: Files, style: Style) -> bytes:
    bodies = [_text_part("plain", text, style)] if text or not html else []
    if html:
        bodies.append(_text_part("html", html, style))
    body = bodies[0] if len(bodies) == 1 else multipart("alternative", bodies)
    enclosed = [f if isinstance(f, Enclosure) else Enclosure(*f) for f in files]
    if not enclosed:
        return body
    related = any(f.cid for f in enclosed)
    return multipart(
        "related" if related else "mixed", [body, *(_part(f, style) for f in enclosed)]
    )


def multipart(kind: str, parts: Sequence[bytes], *, last: bool = True) -> bytes:
    """Headers and body of a multipart. `last=False` forgets the closing boundary."""
    boundary = b"=_" + hashlib.sha256(b"".join(parts)).hexdigest()[:24].encode("ascii")
    head = b'Content-Type: multipart/%s; boundary="%s"\r\n\r\n' % (kind.encode("ascii"), boundary)
    lines = b"".join(b"--" + boundary + b"\r\n" + part + b"\r\n" for part in parts)
    return head + lines + (b"--" + boundary + b"--\r\n" if last else b"")


def _text_part(subtype: str, text: str, style: Style) -> bytes:
    head = f'Content-Type: text/{subtype}; charset="{label(style)}"\r\n'
    data = text.encode(CODECS[style])
    return head.encode("ascii") + b"Content-Transfer-Encoding: base64\r\n\r\n" + _base64(data)


def _part(file: Enclosure, style: Style) -> bytes:
    disposition = b"inline" if file.inline else b"attachment"
    lines = [
        b"Content-Type: " + file.type.encode("ascii") + file_name("name", file.name, style),
        b"Content-Disposition: " + disposition + file_name("filename", file.name, style),
        *([f"Content-ID: <{file.cid}>".encode("ascii")] if file.cid else []),
        b"Content-Transfer-Encoding: " + file.encoding.encode("ascii"),
    ]
    data = _base64(file.data) if file.encoding == "base64" else file.data
    return b"\r\n".join(lines) + b"\r\n\r\n" + data


def _base64(data: bytes) -> bytes:
    return base64.encodebytes(data).replace(b"\n", b"\r\n")
