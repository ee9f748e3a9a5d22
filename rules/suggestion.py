"""The subject that the sender should have written, built from whatever is known.

What only stands in the body, a file name or the sender's name proposes and never decides.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from rules import calendar, naming, roster, subjectline
from rules.body import own_words
from rules.notice import Category, Notice, Unit
from rules.submission import Claim, Submission

_NO_MERE_WORD = 3  # letters
FAR = 7  # days: a week covers approval and a weekend between writing and sending


def suggest(submission: Submission, notice: Notice) -> str:
    """By the rule, ready to copy; complete ones read back as they were meant."""
    return naming.write(_guessed(submission, notice), notice)


def whole(suggested: str, notice: Notice) -> bool:
    """Nothing is left to fill in."""
    return naming.complete(naming.claim(suggested, notice), notice)


def _guessed(submission: Submission, notice: Notice) -> Claim:
    claim = submission.claim
    return replace(
        claim,
        unit=claim.unit or _unit(submission, notice),
        category=claim.category or _category(submission, notice),
        date=_date(submission, notice),
    )


def _unit(submission: Submission, notice: Notice) -> Unit | None:
    """The one unit near to the writing, else the one that a place names; of several none."""
    near = submission.claim.proposals
    if len(near) == 1:
        return roster.find(near[0], notice)
    for text in _places(submission):
        named = roster.mentioned(text, notice, _NO_MERE_WORD)
        if len(named) == 1 and (not near or named[0].name in near):
            return named[0]
    return None


def _category(submission: Submission, notice: Notice) -> Category | None:
    written = submission.claim.category_text
    if len(subjectline.categories(written, notice)) > 1:
        return None
    if near := subjectline.near_category(written, notice):
        return near
    for text in _places(submission):
        named = {hit.category.name: hit.category for hit in subjectline.categories(text, notice)}
        if len(named) == 1:
            return next(iter(named.values()))
    here = [c for c in notice.categories if c.mailbox == submission.mailbox]
    return here[0] if len(here) == 1 else None


def _places(submission: Submission) -> Iterator[str]:
    """The subject and file names tell best, then what is written, then who writes."""
    yield submission.message.subject
    yield " ".join(file.name for file in submission.files())
    yield own_words(submission.message.text[:4000])
    yield submission.message.sender_name


def _date(submission: Submission, notice: Notice) -> date | None:
    """As written, unless that is far from the day the mail came: then that day."""
    written, came = submission.claim.date, _received(submission, notice)
    far = written and came and abs((came - written).days) > FAR
    return came if far else written or came


def _received(submission: Submission, notice: Notice) -> date | None:
    came = submission.message.received or submission.message.date
    # A Date header may say any year; a suggestion has one that is read back.
    real = came is not None and 1990 <= came.year < 2100
    return calendar.local(came, notice).date() if came and real else None
