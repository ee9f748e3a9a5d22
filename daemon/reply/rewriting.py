"""A reply in the words of a person: the same headers to the last byte, another text."""

from email import message_from_bytes
from email.message import Message as Mime
from html import escape

from daemon.reply.wire import alternatives

_BLANK = b"\r\n\r\n"
_PAGE = """\
<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
</head>
<body style="margin:0;padding:16px;font:15px/1.7 'PingFang SC','Microsoft YaHei',sans-serif">
<div style="max-width:640px;white-space:pre-wrap;overflow-wrap:anywhere">{text}</div>
</body>
</html>
"""


def text_of(raw: bytes) -> str:
    """The text of a reply of ours, as a person reads it."""
    mail = message_from_bytes(raw)
    plain = next((p for p in mail.walk() if p.get_content_type() == "text/plain"), mail)
    return _decoded(plain).replace("\r\n", "\n")


def rewritten(raw: bytes, text: str) -> bytes:
    """The same mail with this text, as plain text and as HTML."""
    head = raw.partition(_BLANK)[0]
    boundary = message_from_bytes(head + _BLANK).get_boundary()
    assert boundary is not None, "a reply of ours"
    whole = text.replace("\r\n", "\n").strip() + "\n"
    page = _PAGE.format(text=escape(whole.rstrip()))
    return head + _BLANK + alternatives(whole, page, boundary)


def _decoded(mail: Mime) -> str:
    body = mail.get_payload(decode=True)
    assert isinstance(body, bytes), "a part that holds text"
    return body.decode(mail.get_content_charset() or "utf-8", "replace")
