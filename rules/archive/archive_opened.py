"""An archive was opened and its files judged one by one."""

from rules.filling import opened
from rules.notice import Notice
from rules.rule import Words, rule
from rules.submission import Submission
from rules.verdict import Evidence, Seen, Severity


@rule(
    "archive-opened",
    Severity.REMARK,
    zh=Words(
        title="压缩包已打开，逐个核对",
        why="压缩包里的文件与直接添加的附件同样对待。",
        saw="{where}里有{count}个文件，已逐个核对。",
        required="建议直接添加附件，不打包。",
        fix="不用重发；下次可以直接把文件添加为附件，处理更快。",
    ),
    en=Words(
        title="An archive was opened",
        why="Files in an archive are treated like any other attachment.",
        saw="{where} holds {count} files; each was checked.",
        required="Better attach files as they are.",
        fix="Nothing to send again; next time attach the files themselves, it is quicker.",
    ),
)
def archive_opened(submission: Submission, _notice: Notice) -> Seen:
    for box in submission.attachments:
        if box.role == "container" and not box.path and opened(box):
            inside = [a for a in submission.attachments if a.path[:1] == (box.name,)]
            count = len([a for a in inside if a.role not in {"container", "ignored"}])
            yield Evidence(box.name, {"count": count})
