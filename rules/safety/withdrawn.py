"""The sender recalled the mail."""

from rules.answering import recalled
from rules.notice import Notice
from rules.rule import Words, rule
from rules.submission import Submission
from rules.verdict import Evidence, Seen, Severity


@rule(
    "withdrawn",
    Severity.HOLD,
    zh=Words(
        title="发信方撤回了邮件",
        why="发信方要求撤回，是否仍作报送由老师确认。",
        saw="主题是“{subject}”，发信方已撤回。",
        required="撤回后重新报送的，以新邮件为准。",
        fix="如果仍要报送，请按通知重新发送一封。",
    ),
    en=Words(
        title="The sender recalled the mail",
        why="The sender wants it back; a person decides whether it still counts.",
        saw="The subject is “{subject}”: recalled.",
        required="After a recall the new mail counts.",
        fix="If it is still to be handed in, send it again.",
    ),
)
def withdrawn(submission: Submission, _notice: Notice) -> Seen:
    if recalled(submission.message):
        yield Evidence("message", {"subject": submission.message.subject.strip()})
