"""The category belongs to another department's mailbox."""

from rules.notice import Notice
from rules.rule import Words, rule
from rules.submission import Submission
from rules.verdict import Evidence, Seen, Severity, Values


@rule(
    "wrong-mailbox",
    Severity.REMARK,
    zh=Words(
        title="材料发到了别的部门邮箱",
        why="通知按类别指定了接收邮箱，发对邮箱处理得更快。",
        saw="“{category}”发到了{here}。",
        required="“{category}”请发{department}邮箱{address}。",
        fix="这次由我们转交{department}，不用重发；下次请直接发到{address}。",
    ),
    en=Words(
        title="Sent to another department's mailbox",
        why="The notice names a mailbox for each category; sent there, it is dealt with sooner.",
        saw="“{category}” came to {here}.",
        required="“{category}” goes to {department}, {address}.",
        fix="We pass it on to {department}; nothing to send again. Next time write to {address}.",
    ),
)
def wrong_mailbox(submission: Submission, notice: Notice) -> Seen:
    category = submission.claim.category
    if category is None or submission.mailbox in {"", category.mailbox}:
        return
    here, right = notice.mailbox(submission.mailbox), notice.mailbox(category.mailbox)
    values: Values = {
        "category": category.name,
        "here": f"{here.department} {here.address}" if here else submission.mailbox,
        "department": right.department if right else category.mailbox,
        "address": right.address if right else "",
    }
    yield Evidence("message", values)
