"""What a calendar wants of another calendar (RFC 5546): an invitation, or the answer to one."""

import re

from daemon.mime.content import CALENDARS, Content, Stored

_METHOD = re.compile(rb"(?mi)^METHOD[ \t]*:[ \t]*([a-z-]{1,30})")
_ENOUGH = 64 << 10  # bytes; METHOD stands before the events


def method(mail: Content) -> str:
    """REPLY, REQUEST, CANCEL …, wherever in the mail the calendar stands; "" for none."""
    found = (_of(file) for file in mail.stored if file.content_type in CALENDARS)
    return next(filter(None, found), "")


def _of(file: Stored) -> str:
    if file.method:
        return file.method.upper()
    with file.saved.disk.open("rb") as disk:
        told = _METHOD.search(disk.read(_ENOUGH))
    return told[1].decode("ascii").upper() if told else ""
