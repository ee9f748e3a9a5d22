"""A bounce, tied to the reply of ours that it speaks of."""

from datetime import datetime

from daemon.config import Mailbox as Box
from daemon.intake import Outcome
from daemon.ledger import Caps, Returned
from rules.bounce import Bounce, bounce
from rules.submission import Message


def returned(outcome: Outcome, box: Box, caps: Caps, now: datetime) -> Returned | None:
    """None: no bounce, or not of a reply of ours.

    A Message-ID of ours is known to its recipient alone, so nobody can declare another dead.
    """
    message = outcome.opened.message
    found = bounce(message) if outcome.answer.automatic else None
    if found is None:
        return None
    ours = next((i for i in found.ids if i.startswith("baosong.")), "")
    ours = ours or _by_address(found, message, box, caps, now)
    return Returned(message_id=ours, why=found.why, dead=found.dead) if ours else None


def _by_address(found: Bounce, message: Message, box: Box, caps: Caps, now: datetime) -> str:
    """QQ names the address alone: believed of our own provider, and of the address's own."""
    said_by = _domain(message.sender)
    believed = (a for a in found.addresses if said_by in {_domain(a), _domain(box.address)})
    return next((i for a in believed if (i := caps.written_to(a, box.name, now))), "")


def _domain(address: str) -> str:
    return address.rpartition("@")[2].lower()
