"""A reply that is sent once more: another mail, which says which one it repeats."""

from datetime import datetime
from email import message_from_bytes
from email.utils import format_datetime

from daemon.reply.folding import POLICY

_BLANK = b"\r\n\r\n"


def again(raw: bytes, message_id: str, now: datetime) -> bytes:
    """The same mail with a Message-ID (bare) and Date of its own; its References name the old.

    `now` in the zone in which the date is to be written.
    """
    head, _, body = raw.partition(_BLANK)
    mail = message_from_bytes(head + _BLANK, policy=POLICY)
    old = str(mail["Message-ID"]).strip()
    chain = f"{mail['References']} {old}" if mail["References"] else old
    del mail["References"]
    mail["References"] = " ".join(chain.split())
    mail.replace_header("Message-ID", f"<{message_id}>")
    mail.replace_header("Date", format_datetime(now))
    return mail.as_bytes(policy=POLICY).partition(_BLANK)[0] + _BLANK + body
