"""The date in the subject is no day of the calendar."""

from rules import naming
from rules.notice import Notice
from rules.rule import Words, rule
from rules.submission import Submission
from rules.suggestion import suggest
from rules.verdict import Evidence, Seen, Severity, Values


@rule(
    "date-invalid",
    Severity.ERROR,
    zh=Words(
        title="主题里的日期不对",
        why="报送日期要能对上日历，才能登记。",
        saw="主题里的日期写作“{written}”，看不出是哪一天，或者日历上没有这一天。",
        required="日期写完整的年月日，如{example}。",
        fix="请回复本邮件，把主题改为“{suggested}”（请核对）；收妥的文件不用重发。",
    ),
    en=Words(
        title="The date in the subject is not a date",
        why="A date of submission can only be recorded if it is in the calendar.",
        saw="The date in the subject is “{written}”: no day of the calendar can be read in it.",
        required="Write year, month and day in full, like {example}.",
        fix="Reply with the subject “{suggested}” (check it); good files need not be sent again.",
    ),
)
def date_invalid(submission: Submission, notice: Notice) -> Seen:
    claim = submission.claim
    asked = claim.category is not None and naming.wants_date(claim.category, notice)
    if asked and claim.date_text and claim.date is None and not claim.mends:
        values: Values = {
            "written": claim.date_text,
            "example": f"{notice.year}0710",
            "suggested": suggest(submission, notice),
        }
        yield Evidence("subject", values)
