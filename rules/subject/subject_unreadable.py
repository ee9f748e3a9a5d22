"""The subject does not tell which unit hands in what."""

from rules import naming, roster
from rules.notice import Notice
from rules.rule import Words, rule
from rules.submission import Submission
from rules.suggestion import suggest
from rules.verdict import Evidence, Phrase, Seen, Severity

_GUESSED = Phrase(
    "单位和类别是我们按发件人和附件推测的，请先核对", "guessed from sender and files: please check"
)
_OPEN = Phrase("还没有替您填上的请补全", "fill in what is still open")


@rule(
    "subject-unreadable",
    Severity.ERROR,
    zh=Words(
        title="邮件主题没有按规则填写",
        why="一个邮箱收几十个单位的材料，全靠主题辨认是谁报送的哪一类；通知规定了主题的写法。",
        saw="{subject}，{lacks}。",
        required="主题写作“{pattern}”。",
        fix="请把主题改为“{suggested}”（{note}），连同附件重新发送。",
    ),
    en=Words(
        title="The subject does not follow the naming rule",
        why=(
            "One mailbox takes in material from dozens of units; only the subject tells whose "
            "it is and of which category. The notice says how it is written."
        ),
        saw="{subject}; {lacks}.",
        required="Write the subject as “{pattern}”.",
        fix=(
            "Change the subject to “{suggested}” ({note}) and send it again together with the "
            "files."
        ),
    ),
)
def subject_unreadable(submission: Submission, notice: Notice) -> Seen:
    claim = submission.claim
    nothing = claim.category is None and not (claim.unit_text or claim.unit)
    if nothing or (claim.category and claim.unit is None and not claim.unit_text):
        yield Evidence(
            "subject",
            {
                "subject": _told(submission.message.subject.strip()),
                "lacks": _lacks(submission, notice),
                "pattern": naming.pattern(claim.category, notice),
                "suggested": (suggested := suggest(submission, notice)),
                "note": _GUESSED if naming.whole(suggested, notice) else _OPEN,
            },
        )


def _lacks(submission: Submission, notice: Notice) -> Phrase:
    if submission.claim.category:
        return Phrase("没有写单位", "it names no unit")
    if roster.mentioned(submission.message.subject, notice, roster.NO_MERE_WORD):
        return Phrase("看不出类别", "the category cannot be told")
    return Phrase("看不出单位和类别", "neither unit nor category can be told")


def _told(subject: str) -> Phrase:
    if not subject:
        return Phrase("邮件没有写主题", "The mail has no subject")
    return Phrase(f"主题是“{subject}”", f"The subject is “{subject}”")
