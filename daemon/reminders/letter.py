"""A mail of our own accord: plain text, marked as automatic and as ours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256

from daemon.config import Mailbox
from daemon.ledger.dispatches import Kind
from daemon.mime import clean
from daemon.reminders.gap import Gap
from daemon.reminders.item import Speech, contacts, item, rendered
from rules.notice import Language
from rules.rule import named

MARK: dict[Language, str] = {"zh": "【催交】", "en": "[Reminder] "}
SEVERAL: dict[Language, str] = {
    "zh": "【催交】{unit}：还有 {count} 项材料没有报齐",
    "en": "[Reminder] {unit}: {count} things are still open",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    subject: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Envelope:
    """`at` is in the zone in which it is to be read; `message_id` is bare."""

    kind: Kind
    box: Mailbox
    to: str
    message_id: str
    at: datetime


def reminder(gaps: Sequence[Gap], speech: Speech, box: Mailbox) -> Letter:
    """What one unit owes, all of it. `gaps` are of one unit and one notice, and not empty.

    Of one thing alone the subject is by the naming rule: a reply with files is a submission.
    """
    items = [item(gap, speech) for gap in gaps]
    first = gaps[0]
    subject = MARK[speech.language] + items[0].subject
    if len(items) > 1:
        subject = SEVERAL[speech.language].format(unit=first.unit.name, count=len(items))
    text = rendered(
        "letter",
        speech.language,
        unit=first.unit.name,
        title=first.notice.title,
        issuer=first.notice.issuer,
        department=box.department,
        items=items,
        contacts=contacts(gaps),
        named=named,
    )
    return Letter(subject=subject, text=text)


def identity(kind: Kind, box: Mailbox, *about: str) -> str:
    """The Message-ID of the mail about this, however often it is computed; without brackets."""
    digest = sha256("\0".join((kind, box.name, *about)).encode()).hexdigest()[:32]
    return f"baosong.{kind}.{digest}@{box.address.rpartition('@')[2]}"


def written(letter: Letter, envelope: Envelope) -> bytes:
    """To the last byte."""
    box = envelope.box
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(clean.line(box.department), addr_spec=box.address)
    mail["To"] = envelope.to  # as it was written: some people have two dots in a row
    mail["Subject"] = clean.line(letter.subject)
    mail["Date"] = envelope.at
    mail["Message-ID"] = f"<{envelope.message_id}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail["X-Baosong"] = f"baosong; {envelope.kind}"
    mail.set_content(letter.text, cte="base64")
    return mail.as_bytes()
