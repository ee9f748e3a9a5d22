"""What is written down about one message."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from rules.rule import Said
from rules.verdict import Verdict


@dataclass(frozen=True, kw_only=True, slots=True)
class Key:
    """The place of a message. `folder` is "" for the mailbox's own, else the other one (junk)."""

    mailbox: str
    uidvalidity: str
    uid: int
    folder: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A reply, built to the last byte. `message_id` is without angle brackets.

    `approval`: it waits for a person. `dropped`: it is kept, never sent, and this is why.
    """

    message_id: str
    to: str
    subject: str
    raw: bytes
    headers: tuple[tuple[str, str], ...] = ()
    approval: bool = False
    dropped: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Returned:
    """Our reply with this Message-ID came back. `dead`: its address is not written to again."""

    message_id: str
    why: str
    dead: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One message with its verdict and reply. `said` are the findings in words, one for one.

    `spool` is the raw letter's path, `shelf` the library folder of accepted material without
    its number (see `daemon.library.shelf`), `unanswered` why no reply was written, `mends` the
    ledger id of the message this one mends, `fault` the traceback of a message we failed at,
    `returned` what a bounce says.
    """

    key: Key
    sha256: str
    size: int
    spool: str
    verdict: Verdict
    recorded: datetime
    said: tuple[Said, ...] = ()
    reply: Draft | None = None
    unanswered: str = ""
    mends: int | None = None
    shelf: str = ""
    fault: str = ""
    returned: Returned | None = None


def reply_message_id(key: Key, digest: str, domain: str, *, n: int = 1) -> str:
    """The Message-ID of the n-th reply to this message: the same however often it is computed."""
    parts = [key.mailbox, key.folder, key.uidvalidity, str(key.uid), digest]
    parts += [str(n)] if n > 1 else []
    return f"baosong.{sha256(chr(0).join(parts).encode()).hexdigest()[:32]}@{domain}"
