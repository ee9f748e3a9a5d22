"""A video is larger than the notice takes."""

from rules.files import sound
from rules.limits import oversize
from rules.notice import Notice
from rules.rule import Words, rule
from rules.submission import Submission
from rules.verdict import Seen, Severity


@rule(
    "video-too-large",
    Severity.ERROR,
    zh=Words(
        title="视频文件太大",
        why="通知规定了视频大小上限，太大的文件收发、存储都困难。",
        saw="{where}有{size}，超出{over}。",
        required="{title}不超过{limit}。",
        fix="请用剪映或格式工厂按 1080P、码率 6–8 Mbps 重新导出，再用邮箱的“超大附件”发送。",
    ),
    en=Words(
        title="A video is too large",
        why="The notice limits the size of videos, so that they can be sent and kept.",
        saw="{where} has {size}, {over} too much.",
        required="{title}: at most {limit}.",
        fix=(
            "Export it again at 1080p and 6–8 Mbit/s (30 minutes stay below 2G) and send it as "
            "the mail service's large attachment."
        ),
    ),
)
def video_too_large(submission: Submission, notice: Notice) -> Seen:
    yield from oversize(sound(submission, "video"), submission, notice)
