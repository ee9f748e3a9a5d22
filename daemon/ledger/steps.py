"""The steps of a mail that is to go: the same for a reply and for a mail of our own accord.

Each changes the row only where the mail is not past it. Values are those before the id, in order.
"""

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Steps:
    """The updates of one table. The last value of each is the id."""

    sending: str
    sent: str
    later: str
    failed: str
    dropped: str
    approved: str

    @classmethod
    def of(cls, table: str) -> Self:
        return cls(
            *(step.format(table) for step in (SENDING, SENT, LATER, FAILED, DROPPED, APPROVED))
        )


# the state stays: until the server has answered, a mail is only perhaps sent
SENDING = """
update {} set sending_since = ?, attempts = attempts + 1
where id = ? and state in ('waiting', 'approved')
"""
SENT = """
update {} set state = 'sent', sent_at = ?, sending_since = null, next_attempt_at = null,
  error = '' where id = ?
"""
LATER = """
update {} set next_attempt_at = ?, error = ?, sending_since = null
where id = ? and state in ('waiting', 'approved')
"""
FAILED = """
update {} set state = 'failed', error = ?, sending_since = null, next_attempt_at = null
where id = ?
"""
DROPPED = """
update {} set state = 'dropped', next_attempt_at = null, error = ?
where id = ? and state in ('waiting', 'approved', 'failed') and sending_since is null
"""
APPROVED = """
update {} set state = 'approved', next_attempt_at = ?, error = ''
where id = ? and state in ('waiting', 'failed') and sending_since is null
"""
