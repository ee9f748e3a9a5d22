"""A required file came as a link."""

from rules.linkage import described, needed, usable, where
from rules.notice import Notice
from rules.rule import Words, rule
from rules.submission import Submission
from rules.verdict import Evidence, Seen, Severity


@rule(
    "link-only",
    Severity.HOLD,
    zh=Words(
        title="材料是以链接发来的，由老师下载核对",
        why="超大附件和网盘链接会过期，也不能自动下载核对，由老师下载后确认；不当作缺材料。",
        saw="收到{provider}{name}{size}，{expires}。",
        required="能作为附件发送的材料请直接添加附件；大文件可以用链接，有效期要够长。",
        fix="已登记，不用重发；请在老师下载前不要删除或取消分享{note}。",
    ),
    en=Words(
        title="Material came as a link; a person fetches it",
        why="Links expire and are not fetched automatically: a person downloads and checks it.",
        saw="A link at {provider}{name}{size}, {expires}.",
        required="What fits is attached; large files may come as a link that stays valid.",
        fix=(
            "It is recorded; nothing to send again. Keep the link alive until it was fetched{note}."
        ),
    ),
)
def link_only(submission: Submission, notice: Notice) -> Seen:
    for link in submission.links:
        if usable(link, submission, notice) and needed(link, submission, notice):
            yield Evidence(where(link), described(link, notice))
