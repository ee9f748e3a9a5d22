"""The mail itself could not be understood."""

from rules.notice import Notice
from rules.rule import Words, rule
from rules.submission import Submission
from rules.verdict import Evidence, Seen, Severity


@rule(
    "unreadable-message",
    Severity.HOLD,
    zh=Words(
        title="邮件无法读取，由老师查看",
        why="邮件本身的结构有问题，系统不能确定读全了，不作任何判断。",
        saw="邮件没有能够完整读取：{why}。",
        required="邮件能够正常读取。",
        fix="老师会查看原件；如果方便，请换一个邮箱或客户端重新发送一次。",
    ),
    en=Words(
        title="The mail could not be read; a person looks at it",
        why="Its structure is broken; perhaps not all of it was read, so nothing is decided.",
        saw="The mail could not be read whole: {why}.",
        required="The mail can be read.",
        fix="A person will look at it; sending it again from another mailbox may help.",
    ),
)
def unreadable_message(submission: Submission, _notice: Notice) -> Seen:
    if submission.message.unreadable:
        yield Evidence("message", {"why": submission.message.unreadable})
