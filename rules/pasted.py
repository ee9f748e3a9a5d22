"""Pictures pasted into the text of a mail: which of them are part of what is handed in."""

from dataclasses import replace

from rules import filling
from rules.files import allowed
from rules.formats import family
from rules.notice import Notice
from rules.signs import format_of
from rules.submission import Attachment, Submission


def set_apart(submission: Submission, notice: Notice) -> Submission:
    """Without those of a format that nobody asked for, where nothing is missing without them:
    a screenshot in the text illustrates the mail. A page may still be the form that is missing.
    """
    odd = [file for file in submission.files() if _odd(file, submission, notice)]
    if not odd:
        return submission
    rest = tuple(a for a in submission.attachments if not any(a is file for file in odd))
    short = [gap.part for gap in filling.gaps(replace(submission, attachments=rest), notice)]
    if any("image" in part.kinds for part in short):
        return submission
    pages = any(part.form for part in short)
    spare = {id(file) for file in odd if not (pages and file.facts.page_like)}
    marked = (replace(a, role="ignored") if id(a) in spare else a for a in submission.attachments)
    return replace(submission, attachments=tuple(marked))


def spare(file: Attachment) -> bool:
    """Set apart by `set_apart`."""
    return file.inline and file.role == "ignored" and not file.ignored and _is_picture(file)


def _odd(file: Attachment, submission: Submission, notice: Notice) -> bool:
    return (
        file.inline and _is_picture(file) and not allowed(file, submission.claim.category, notice)
    )


def _is_picture(file: Attachment) -> bool:
    """Also one that is called a scan: “签名二维码.png” stands below many mails."""
    return file.kind in {"image", "scan"} and family(format_of(file)) == "image"
