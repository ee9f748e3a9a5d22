"""A link came beside files that are complete without it."""

from rules.linkage import described, needed, usable, where
from rules.notice import Notice
from rules.rule import Words, rule
from rules.submission import Submission
from rules.verdict import Evidence, Seen, Severity


@rule(
    "link-beside",
    Severity.REMARK,
    zh=Words(
        title="另有链接附件",
        why="链接里的内容不会自动下载；要求的文件已经以附件收到，链接只作登记。",
        saw="收到{provider}{name}{size}，{expires}。",
        required="要求的材料以附件为准。",
        fix="不用重发，也不用做什么，请先不要取消分享{note}。",
    ),
    en=Words(
        title="There is also a link",
        why="Links are not fetched automatically; all that is asked for came as attachments.",
        saw="A link at {provider}{name}{size}, {expires}.",
        required="The attachments count.",
        fix="Nothing to send again and nothing to do; please keep the link alive{note}.",
    ),
)
def link_beside(submission: Submission, notice: Notice) -> Seen:
    for link in submission.links:
        told = usable(link, submission, notice) and not link.quoted
        if told and not needed(link, submission, notice):
            yield Evidence(where(link), described(link, notice))
