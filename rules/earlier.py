"""Files of earlier mails, as what they are for the category that is known by now."""

from dataclasses import replace

from rules.filling import spoiled
from rules.judge import judge
from rules.notice import Notice
from rules.submission import Attachment, Submission


def settled(submission: Submission, notice: Notice) -> Submission:
    """The files of a letter that told no category were held against no category's rules: now they
    are, and those with a fault are no good ones."""
    open_ = tuple(f for f in submission.before if not f.role)
    if not open_ or submission.claim.category is None:
        return submission
    known = tuple(f for f in submission.before if f.role)
    return replace(submission, before=(*known, *_good(open_, submission, notice)))


def _good(
    files: tuple[Attachment, ...], submission: Submission, notice: Notice
) -> tuple[Attachment, ...]:
    alone = replace(submission, attachments=files, links=(), before=(), seen=())
    verdict = judge(alone, notice)
    blamed = spoiled(verdict.findings)
    return tuple(f for f in verdict.submission.files() if f.name not in blamed)
