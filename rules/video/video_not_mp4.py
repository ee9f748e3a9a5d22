"""A video in another format than the notice takes."""

from rules.files import sound
from rules.limits import as_found, strangers
from rules.notice import Notice
from rules.rule import Words, rule
from rules.submission import Submission
from rules.verdict import Evidence, Seen, Severity


@rule(
    "video-not-mp4",
    Severity.ERROR,
    zh=Words(
        title="视频不是规定的格式",
        why="通知要求视频以 MP4 格式报送，其他格式不一定能播放。",
        saw="{where}的实际内容是{format}。",
        required="{title}用{wanted}。",
        fix=(
            "请用剪映（导出时格式选 MP4）或格式工厂（“→MP4”）转换后重新发送；苹果手机拍的 MOV "
            "也要转换，只改扩展名没有用。大文件请用邮箱的“超大附件”。"
        ),
    ),
    en=Words(
        title="A video in another format",
        why="The notice takes videos as MP4; others do not play everywhere.",
        saw="The content of {where} is {format}.",
        required="{title}: {wanted}.",
        fix=(
            "Convert it to MP4 with a video editor or HandBrake and send it again; MOV from an "
            "iPhone needs it too, and renaming does not help. Large files go as the mail "
            "service's large attachment."
        ),
    ),
)
def video_not_mp4(submission: Submission, notice: Notice) -> Seen:
    for file, kind in strangers(sound(submission, "video"), submission, notice):
        yield Evidence(file.name, as_found(file, kind))
