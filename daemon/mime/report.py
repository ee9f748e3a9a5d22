"""A delivery report: is it one, and of which mail does it speak?"""

import re
from dataclasses import dataclass
from pathlib import Path

from daemon.mime import clean, header
from daemon.mime.content import Content, Stored
from daemon.mime.header import Fields

_HEADERS = ("x-cm-original-message-id", "x-original-message-id", "original-message-id")
_RETURNED = frozenset({"message/rfc822", "message/global", "text/rfc822-headers"})
_STATUS = frozenset({"message/delivery-status", "message/disposition-notification"})
_ID = re.compile(r"<([^<>\s]+)>")
_BLANK = re.compile(rb"\r?\n[ \t]*\r?\n")
_ACTION = re.compile(rb"(?mi)^Action[ \t]*:[ \t]*([a-z]+)")
_CODE = re.compile(rb"(?mi)^Status[ \t]*:[ \t]*([45]\.\d{1,3}\.\d{1,3})")
_ENOUGH = 256 << 10  # bytes; the returned header block, or the whole status


@dataclass(frozen=True, slots=True)
class Report:
    """`message_id` without brackets and `status` (5.1.1) are "" when the report does not say."""

    is_one: bool
    message_id: str
    status: str = ""


def read(mail: Content) -> Report:
    is_one = mail.content_type == "multipart/report" or mail.content_type in _STATUS
    found = _named(mail.fields)
    for file in mail.stored if is_one else ():
        found = found or _in_file(file)
    statuses = (s for file in mail.stored if is_one and (s := _status(file)))
    return Report(is_one, found, next(statuses, ""))


def _in_file(file: Stored) -> str:
    fields = header.fields(_head(file.saved.disk))
    if file.content_type in _RETURNED:
        return next(iter(ids(header.first(fields, "message-id"))), "")
    return _named(fields) if file.content_type in _STATUS else ""


def _status(file: Stored) -> str:
    """Of the recipient that was given up, else of the first; what arrived is no news."""
    if file.content_type != "message/delivery-status":
        return ""
    blocks = _BLANK.split(_head(file.saved.disk))
    found = [(_word(block, _ACTION), code) for block in blocks if (code := _word(block, _CODE))]
    return min(found, key=lambda pair: pair[0] != "failed", default=("", ""))[1]


def _word(block: bytes, pattern: re.Pattern[bytes]) -> str:
    found = pattern.search(block)
    return found[1].decode("ascii").lower() if found else ""


def _named(fields: Fields) -> str:
    found = (i for name in _HEADERS for i in ids(header.first(fields, name)))
    return next(found, "")


def _head(disk: Path) -> bytes:
    with disk.open("rb") as file:
        return file.read(_ENOUGH)


def ids(value: bytes) -> tuple[str, ...]:
    """Message-IDs without their brackets; one without brackets is taken as it stands."""
    if not value:  # half of those that are asked for
        return ()
    text = clean.line(value.decode("utf-8", "replace"))
    return tuple(_ID.findall(text)) or tuple(text.split()[:1])
