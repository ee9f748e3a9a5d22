"""What a reply says besides the verdict."""

from dataclasses import dataclass
from datetime import datetime

from rules.notice import Language, Mailbox, Notice


@dataclass(frozen=True, kw_only=True, slots=True)
class Context:
    """`mailbox` answers: its department, address and telephone stand in the reply.

    `message_id` (without angle brackets) is that of the reply, `due` the first instant that is
    too late, `number` the receipt's own (made of `message_id` when empty). `last`: the sender
    gets no further automatic answer today.
    """

    notice: Notice
    mailbox: Mailbox
    message_id: str
    now: datetime
    language: Language = "zh"
    instance: str = "baosong"
    number: str = ""
    due: datetime | None = None
    last: bool = False
