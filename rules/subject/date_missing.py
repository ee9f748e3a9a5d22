"""The rule asks for a date, and the subject has none."""

from rules import naming
from rules.notice import Notice
from rules.rule import Words, rule
from rules.submission import Submission
from rules.suggestion import suggest
from rules.verdict import Evidence, Seen, Severity, Values


@rule(
    "date-missing",
    Severity.ERROR,
    zh=Words(
        title="主题里没有报送日期",
        why="通知规定主题要写明报送日期；同一单位多次报送时，靠日期区分先后。",
        saw="主题“{subject}”里没有日期。",
        required="主题写作“{pattern}”，日期如{example}。",
        fix="请回复本邮件，把主题改为“{suggested}”；已经收妥的文件不用重发。",
    ),
    en=Words(
        title="The subject lacks the date",
        why="The notice asks for the date of submission; it tells several mails of one unit apart.",
        saw="The subject “{subject}” has no date.",
        required="Write it as “{pattern}”, the date like {example}.",
        fix="Reply with the subject “{suggested}”; files that are good need not be sent again.",
    ),
)
def date_missing(submission: Submission, notice: Notice) -> Seen:
    claim = submission.claim
    if claim.category and not claim.date_text and not claim.mends:
        suggested = suggest(submission, notice)
        values: Values = {
            "subject": submission.message.subject.strip(),
            "pattern": naming.pattern(claim.category, notice),
            "example": f"{notice.year}0710",
            "suggested": suggested,
        }
        if naming.wants_date(claim.category, notice) and (claim.unit or claim.unit_text):
            yield Evidence("subject", values)
