"""A person writes to a person: nothing is handed in."""

import re

from rules import naming
from rules.body import own_words, speaks_of_files
from rules.contact import find
from rules.filling import brings, gaps
from rules.notice import Notice
from rules.rule import Words, rule
from rules.submission import Submission
from rules.touching import foreign
from rules.verdict import Evidence, Phrase, Seen, Severity, Values

_EMPTY = Phrase("邮件没有附件和链接", "There is no file and no link")
_STRANGE = Phrase(
    "邮件带有附件，但主题、正文和文件名里都没有提到本通知要报送的材料",
    "Files came, but subject, text and names of files never speak of what the notice asks for",
)

_REPLY = re.compile(r"\s*(?:re|aw|回复|回覆|答复|答覆)\s*(?:\[\d+\])?\s*[:：]", re.IGNORECASE)
_HEARD = re.compile(r"收到|好的|知道了")
_THANKS = re.compile(r"谢谢|感谢|多谢|收到|辛苦|好的")
_ASKING = re.compile(r"[?？]|请问|请教|咨询|能否|可否|是否|求助|吗\s*$", re.MULTILINE)
# What is announced, taken back or explained is not handed in.
_LATER = re.compile(
    r"(?:稍后|随后|晚些|晚点|过后|明[天日早]|[上下]午|下周|近日|近期|尽快|马上)[^。！\n]{0,10}"
    r"(?:补|发|报|交|提交)|请?(?:忽略|作废|以.{1,12}为准)|撤回|延期|延迟|宽限|无法按时|来不及"
)


@rule(
    "question",
    Severity.HOLD,
    zh=Words(
        title="来信由老师阅读",
        why="没有附件的邮件、没有一处提到本通知的邮件，多半是来沟通的，不当作报送处理。",
        saw="{came}，主题是“{subject}”，看起来是来信沟通。",
        required="报送材料请按通知命名主题并附上文件；咨询直接写信即可。",
        fix="老师会看到并回复您；如果本来是要报送材料，请把主题写作“{pattern}”并附上文件。",
    ),
    en=Words(
        title="A letter for a person to read",
        why="Mail without files, or that never speaks of the notice, is mostly no submission.",
        saw="{came}; the subject is “{subject}”. It looks like a letter.",
        required="Submissions carry files and a subject by the rule; questions may be just asked.",
        fix=(
            "A person will read and answer it. If this was meant as a submission, write the "
            "subject as “{pattern}” and attach the files."
        ),
    ),
)
def question(submission: Submission, notice: Notice) -> Seen:
    message, category = submission.message, submission.claim.category
    if _for_us(submission, notice):
        return
    values: Values = {
        "subject": message.subject.strip(),
        "came": _STRANGE if brings(submission) else _EMPTY,
        "pattern": naming.pattern(category, notice),
    }
    yield Evidence("message", values)


def _for_us(submission: Submission, notice: Notice) -> bool:
    """Something is handed in, or should have been."""
    if brings(submission):
        return not foreign(submission, notice)
    claim, message = submission.claim, submission.message
    said = f"{message.subject}{message.text}".strip()
    nameless = not (claim.unit or claim.category or claim.unit_text or claim.date_text)
    chat = _chats(submission) and not _mends(submission, notice)
    return not (said and (nameless or chat))


def _chats(submission: Submission) -> bool:
    """It asks something, or answers a mail and says nothing of a file that might be forgotten."""
    message, words = submission.message, own_words(submission.message.text)
    answers = message.in_reply_to or message.references or _REPLY.match(message.subject)
    asks = _ASKING.search(message.subject) or _ASKING.search(words)
    talks = answers or _HEARD.search(words)
    return bool(asks or _LATER.search(words) or (talks and not speaks_of_files(words)))


def _mends(submission: Submission, notice: Notice) -> bool:
    """A reply without files may bring the right subject, or the contact that was missing."""
    claim, words = submission.claim, own_words(submission.message.text)
    if not submission.before or not claim.mends:
        return False
    asked = claim.category is not None and claim.category.contact
    if asked and find(words) and not any(f.facts.contact for f in submission.before):
        return True
    whole = not gaps(submission, notice) and naming.complete(claim, notice)
    # A subject to the letter was put right by hand; one behind “Re:” may be just as it was.
    return whole and not (claim.deviations and _THANKS.search(words))
