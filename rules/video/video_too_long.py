"""A video is longer than the notice takes."""

from rules.files import sound
from rules.measure import time_said, too_long
from rules.notice import Notice
from rules.rule import Words, rule
from rules.submission import Submission
from rules.verdict import Evidence, Seen, Severity, Values


@rule(
    "video-too-long",
    Severity.ERROR,
    zh=Words(
        title="视频太长",
        why="通知规定视频材料有时长上限，便于展播和学习。",
        saw="{where}时长{length}，超出{over}。",
        required="{title}不超过{limit}。",
        fix="请用剪映等软件剪到{limit}以内，导出 MP4 重新发送；内容多的可以分成两个视频报送。",
    ),
    en=Words(
        title="A video is too long",
        why="The notice limits the length of videos, so that they can be shown.",
        saw="{where} runs {length}, {over} too long.",
        required="{title}: at most {limit}.",
        fix="Cut it to {limit} and export it as MP4 again; the rest may come as a second video.",
    ),
)
def video_too_long(submission: Submission, notice: Notice) -> Seen:
    for file in sound(submission, "video"):
        kind, length = notice.kind("video", submission.claim.category), file.facts.duration_ms
        if length is None or kind is None or kind.max_duration is None:
            continue
        if too_long(length, kind.max_duration):
            values: Values = {
                "length": time_said(length),
                "over": time_said(length - kind.max_duration),
                "limit": time_said(kind.max_duration),
                "title": kind.title,
            }
            yield Evidence(file.name, values)
