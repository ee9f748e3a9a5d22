"""Raw mails, byte by byte: what the tests of the parser are about is visible in them."""

import base64
from collections.abc import Iterable
from pathlib import Path

from daemon.message import Opened, read


def part(*headers: str | bytes, body: bytes = b"") -> bytes:
    """A header block, a blank line, a body."""
    rows = [h.encode() if isinstance(h, str) else h for h in headers]
    return b"".join(row + b"\r\n" for row in rows) + b"\r\n" + body


def mixed(*parts: bytes, mark: bytes = b"b1", last: bool = True) -> bytes:
    """The body of a multipart."""
    lines = b"".join(b"--" + mark + b"\r\n" + one + b"\r\n" for one in parts)
    return lines + (b"--" + mark + b"--\r\n" if last else b"")


def mail(
    *headers: str | bytes, parts: Iterable[bytes], kind: str = "mixed", mark: str = "b1"
) -> bytes:
    return part(
        "From: a@example.cn",
        *headers,
        f'Content-Type: multipart/{kind}; boundary="{mark}"',
        body=mixed(*parts, mark=mark.encode()),
    )


def text(words: str, subtype: str = "plain", charset: str = "utf-8") -> bytes:
    return part(
        f"Content-Type: text/{subtype}; charset={charset}",
        "Content-Transfer-Encoding: 8bit",
        body=words.encode(charset),
    )


def file(name: str | bytes, data: bytes = b"data", kind: str = "application/octet-stream") -> bytes:
    raw = name if isinstance(name, bytes) else name.encode()
    return part(
        b"Content-Type: " + kind.encode(),
        b'Content-Disposition: attachment; filename="' + raw + b'"',
        "Content-Transfer-Encoding: base64",
        body=base64.encodebytes(data).replace(b"\n", b"\r\n"),
    )


def opened(raw: bytes, folder: Path) -> Opened:
    into = folder / "files"
    into.mkdir(exist_ok=True)
    path = folder / "mail.eml"
    path.write_bytes(raw)
    return read(path, into)
