"""What people decide about replies: let them go, give them other words, never send them.

Terminal and pages share it, so that both refuse the same.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Literal

from daemon.ledger import Event, Ledger, Waiting
from daemon.reply import rewritten, text_of

Why = Literal["unknown", "dead", "past", "empty", "changed"]


@dataclass(frozen=True, kw_only=True, slots=True)
class By:
    """Who decides, and when."""

    who: str
    at: datetime


class Refused(Exception):
    """Nothing was changed. `detail` is what a mail server said of a dead address."""

    def __init__(self, why: Why, reply: Waiting | None, detail: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.reply = reply
        self.detail = detail


def known(ledger: Ledger, reply: int) -> Waiting:
    """Raises Refused when there is none."""
    found = ledger.drafts.find(reply)
    if found is None:
        raise Refused("unknown", None)
    return found


def approve(ledger: Ledger, reply: int, by: By, *, revive: bool = False, of: str = "") -> None:
    """Let it go. `revive`: also to an address that mail came back from; `of`: the edition that the
    person has read. Raises Refused: `changed` when another person has given it other words."""
    found = known(ledger, reply)
    if of and edition(text(ledger, reply)) != of:
        raise Refused("changed", found)
    dead = ledger.caps.dead(found.to)
    if dead and not revive:
        raise Refused("dead", found, dead)
    if dead:
        ledger.caps.revive(found.to)
    if not ledger.drafts.approve(reply, by.at, by.who):
        raise _past(ledger, reply)


def text(ledger: Ledger, reply: int) -> str:
    return text_of(ledger.drafts.raw(reply) or b"").rstrip("\n")


def edition(words: str) -> str:
    """Which text it was that a person began to change."""
    return sha256(words.strip().encode("utf-8", "replace")).hexdigest()


def edit(ledger: Ledger, reply: int, words: str, by: By, *, of: str = "") -> bool:
    """Other words; False when they are the same. `of`: the edition they were made from.

    Raises Refused: `changed` when another person has given it other words since.
    """
    found, raw = known(ledger, reply), ledger.drafts.raw(reply) or b""
    before = text_of(raw)
    if not words.strip():
        raise Refused("empty", found)
    if of and edition(before) != of:
        raise Refused("changed", found)
    if words.strip() == before.strip():
        return False
    event = Event(at=by.at, what="reply edited", who=by.who, why=before)
    if not ledger.drafts.edit(reply, rewritten(raw, words), event, old=raw):
        raise _past(ledger, reply)
    return True


def drop(ledger: Ledger, reply: int, why: str, by: By) -> None:
    """Never send it. Raises Refused."""
    known(ledger, reply)
    event = Event(at=by.at, what="reply dropped", who=by.who, why=why)
    if not ledger.drafts.drop(reply, event):
        raise _past(ledger, reply)


def _past(ledger: Ledger, reply: int) -> Refused:
    """As it stands now, which is not as it was looked at."""
    return Refused("past", known(ledger, reply))
