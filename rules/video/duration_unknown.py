"""The duration of a video cannot be established."""

from rules.files import sound
from rules.measure import time_said
from rules.notice import Notice
from rules.rule import Words, rule
from rules.signs import garbled
from rules.submission import Submission
from rules.verdict import Evidence, Seen, Severity, Values


@rule(
    "duration-unknown",
    Severity.HOLD,
    zh=Words(
        title="视频时长需要人工查看",
        why="通知规定了视频时长上限；读不出时长不等于超时，也不等于合格，由老师播放确认。",
        saw="{where}里没有写明时长。",
        required="{title}不超过{limit}。",
        fix="不用重发，老师会播放确认；想更快，可以用剪映重新导出一份 MP4，时长就能读出来。",
    ),
    en=Words(
        title="A person checks the length of a video",
        why="The notice limits the length; an unknown length is neither too long nor fine.",
        saw="{where} does not tell its duration.",
        required="{title}: at most {limit}.",
        fix="Nothing to send again, a person will play it; an MP4 exported anew is quicker.",
    ),
)
def duration_unknown(submission: Submission, notice: Notice) -> Seen:
    for file in sound(submission, "video"):
        kind = notice.kind("video", submission.claim.category)
        if kind is None or kind.max_duration is None:
            continue
        if not file.facts.duration_ms and not file.facts.damaged and not garbled(file):
            values: Values = {"title": kind.title, "limit": time_said(kind.max_duration)}
            yield Evidence(file.name, values)
