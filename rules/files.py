"""What is to be looked at among the files that came, and what they are beside one another."""

import re
from collections.abc import Iterable

from rules.notice import Category, Notice
from rules.signs import format_of
from rules.submission import Attachment, Submission

_STAMPED = re.compile(r"盖章|签章|签字|签名")
_SCAN = re.compile(r"扫描|盖章|签章|签字|签名|scan", re.IGNORECASE)


def sound(submission: Submission, *kinds: str) -> tuple[Attachment, ...]:
    """The sound files of these kinds; of every kind when none is named."""
    if not kinds:
        return submission.sound
    return tuple([file for file in submission.sound if file.kind in kinds])


def left_over(file: Attachment, others: Iterable[Attachment]) -> bool:
    """The lock that Word leaves beside a document while that is open: `~$` stands in the place
    of up to two letters of its name."""
    rest = file.name.removeprefix("~$")
    return rest != file.name and any(
        other is not file and other.name.removeprefix("~$") == other.name
        and len(file.name) - 2 <= len(other.name) <= len(file.name)
        and other.name.endswith(rest)
        for other in others
    )  # fmt: skip


def noted(file: Attachment, submission: Submission, notice: Notice) -> bool:
    """A note in plain text beside the text itself."""
    category = submission.claim.category
    others = (f for f in sound(submission, "text") if f is not file)
    plain = file.kind == "text" and format_of(file) in {"txt", "md"}
    return plain and any(allowed(f, category, notice) for f in others)


def stamped(name: str) -> bool:
    return bool(_STAMPED.search(name))


def named_scan(name: str) -> bool:
    return bool(_SCAN.search(name))


def allowed(file: Attachment, category: Category | None, notice: Notice) -> bool:
    kind = notice.kind(file.kind, category)
    return kind is not None and format_of(file) in kind.formats
