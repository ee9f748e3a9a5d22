"""The date in the subject is far from the day the mail came."""

from rules import calendar, naming
from rules.measure import day_said
from rules.notice import Notice
from rules.rule import Words, rule
from rules.submission import Submission
from rules.suggestion import FAR
from rules.verdict import Evidence, Seen, Severity, Values


@rule(
    "date-differs",
    Severity.REMARK,
    zh=Words(
        title="主题里的日期与收到的日期相差较远",
        why="报送日期一般就是发邮件的日期；相差太远常常是沿用了旧主题或写错了年份。",
        saw="主题写的是{written}，邮件是{came}收到的，相差 {days} 天。",
        required="报送日期写发送当天，相差不超过 {most} 天。",
        fix="这次以收到时间为准，不用重发；下次请写发送当天的日期。",
    ),
    en=Words(
        title="The date in the subject is far from the day of receipt",
        why=(
            "The date of submission is normally the day of sending; a great distance often "
            "comes from an old subject or a wrong year."
        ),
        saw="The subject says {written}, the mail came on {came}: {days} days apart.",
        required="The date is the day of sending, at most {most} days off.",
        fix="The time of arrival counts; nothing to send again. Next time write that day.",
    ),
)
def date_differs(submission: Submission, notice: Notice) -> Seen:
    claim, message = submission.claim, submission.message
    came = calendar.moment(message, notice)
    if claim.date is None or came is None or not naming.wants_date(claim.category, notice):
        return
    day = calendar.local(came, notice).date()
    apart = abs((day - claim.date).days)
    if apart > FAR:
        values: Values = {
            "written": day_said(claim.date),
            "came": day_said(day),
            "days": apart,
            "most": FAR,
        }
        yield Evidence("subject", values)
