"""The transfer encoding of an attachment is broken."""

from rules.notice import Notice
from rules.rule import Words, rule
from rules.submission import Submission
from rules.verdict import Evidence, Seen, Severity


@rule(
    "file-undecodable",
    Severity.HOLD,
    zh=Words(
        title="附件在传输中出错，由老师查看",
        why="附件的传输编码有误，可能是邮件系统的问题，不一定是您的文件有问题。",
        saw="{where}的传输编码有误，不能确定收到的内容完整。",
        required="附件完整到达。",
        fix="老师会查看；如果方便，请换一个浏览器或邮箱重新添加附件发送一次，会更快。",
    ),
    en=Words(
        title="An attachment was garbled on its way; a person looks at it",
        why="Its transfer encoding is broken, which may be the mail system's doing, not yours.",
        saw="The transfer encoding of {where} is broken; it is not certain that all of it arrived.",
        required="Attachments arrive whole.",
        fix="A person will look; attaching it again from another browser or mailbox is quicker.",
    ),
)
def file_undecodable(submission: Submission, _notice: Notice) -> Seen:
    for file in submission.attachments:
        if file.undecodable and not file.ignored and not file.facts.unknown:
            yield Evidence(file.name)
