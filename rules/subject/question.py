"""A person writes to a person: nothing is handed in."""

import re
from dataclasses import replace

from rules import naming
from rules.body import own_words
from rules.contact import find
from rules.filling import empty_handed, gaps
from rules.notice import Notice
from rules.rule import Words, rule
from rules.submission import Submission
from rules.verdict import Evidence, Seen, Severity

_THANKS = re.compile(r"谢谢|感谢|多谢|收到|辛苦|好的")
_ASKING = re.compile(r"[?？]|请问|咨询|能否|可否|是否|求助|吗\s*$")


@rule(
    "question",
    Severity.HOLD,
    zh=Words(
        title="来信由老师阅读",
        why="没有附件、也不是按规则报送的邮件，多半是来咨询或沟通的，不当作报送处理。",
        saw="邮件没有附件和链接，主题是“{subject}”，看起来是来信沟通。",
        required="报送材料请按通知命名主题并附上文件；咨询直接写信即可。",
        fix="老师会看到并回复您；如果本来是要报送材料，请把主题写作“{pattern}”并附上文件。",
    ),
    en=Words(
        title="A letter for a person to read",
        why="Mail without files and not by the rule is mostly a question, no submission.",
        saw="There is no file and no link; the subject is “{subject}”. It looks like a letter.",
        required="Submissions carry files and a subject by the rule; questions may be just asked.",
        fix=(
            "A person will read and answer it. If this was meant as a submission, write the "
            "subject as “{pattern}” and attach the files."
        ),
    ),
)
def question(submission: Submission, notice: Notice) -> Seen:
    claim, message = submission.claim, submission.message
    if not empty_handed(replace(submission, before=())):
        return
    said = f"{message.subject}{message.text}".strip()
    nameless = not (claim.unit or claim.category or claim.unit_text or claim.date_text)
    reply = claim.mends and bool(message.in_reply_to or message.references)
    chat = reply and not _mends(submission, notice)
    if said and (nameless or chat or _ASKING.search(message.subject)):
        pattern = naming.pattern(claim.category, notice)
        yield Evidence("message", {"subject": message.subject.strip(), "pattern": pattern})


def _mends(submission: Submission, notice: Notice) -> bool:
    """A reply without files may bring the contact that was missing, or the right subject."""
    words = own_words(submission.message.text)
    whole = bool(submission.before) and not gaps(submission, notice)
    righted = whole and naming.complete(submission.claim, notice) and not _THANKS.search(words)
    return righted or find(words) is not None
