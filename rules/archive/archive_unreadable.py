"""An archive does not open."""

from rules.filling import opened
from rules.measure import bytes_said
from rules.notice import Notice
from rules.rule import Words, rule
from rules.signs import set_aside
from rules.submission import Submission
from rules.verdict import Evidence, Seen, Severity


@rule(
    "archive-unreadable",
    Severity.ERROR,
    zh=Words(
        title="压缩包打不开",
        why="损坏的压缩包取不出文件，多半是上传中断或分卷不全。",
        saw="{where}（{size}）不完整或已损坏，打不开。",
        required="压缩包完整、能解压。",
        fix="请试着解压，正常后重新发送；分卷的请合成一个，或直接把文件逐个添加为附件回复发来。",
    ),
    en=Words(
        title="An archive does not open",
        why="Nothing comes out of a damaged archive; an upload broke off or a volume is missing.",
        saw="{where} ({size}) is incomplete or damaged.",
        required="Archives are whole and can be unpacked.",
        fix=(
            "Try to unpack it on your own computer, then send it again; join volumes into one "
            "archive, or attach the files themselves."
        ),
    ),
)
def archive_unreadable(submission: Submission, _notice: Notice) -> Seen:
    for box in submission.attachments:
        facts = box.facts
        excused = facts.encrypted or facts.bomb or facts.unknown or set_aside(box)
        if box.role == "container" and not opened(box) and not excused:
            yield Evidence(box.name, {"size": bytes_said(facts.size)})
