"""What a forwarded mail claims, when the subject it came under claims less."""

import re
from dataclasses import replace

from rules import naming
from rules.calendar import moment
from rules.notice import Notice
from rules.submission import Claim, Message

_ANSWERS = re.compile(r"\s*(?:re|aw|回复|回覆|答复|答覆)\s*(?:\[\d+\])?\s*[:：]", re.IGNORECASE)


def claim(message: Message, notice: Notice) -> Claim:
    """By the subject; where that is not complete, by the one forwarded mail that is, as long as
    it says nothing else than the subject does. Below an answer stands what is answered."""
    at = moment(message, notice)
    own = naming.claim(message.subject, notice, at=at)
    if naming.complete(own, notice) or _ANSWERS.match(message.subject):
        return own
    inside = [naming.claim(told, notice, at=at) for told in message.enclosed]
    whole = [c for c in inside if naming.complete(c, notice) and _agree(own, c)]
    one = all(_place(c) == _place(whole[0]) for c in whole)
    return replace(whole[0], deviations=("forwarded",)) if whole and one else own


def _place(claim: Claim) -> tuple[object, ...]:
    return claim.unit, claim.category, claim.date


def _agree(own: Claim, inner: Claim) -> bool:
    unit = own.unit == inner.unit if own.unit else not own.unit_text or not own.category
    category = own.category == inner.category if own.category else True
    return unit and category and own.date in {None, inner.date}
