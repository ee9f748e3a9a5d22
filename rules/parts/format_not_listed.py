"""A format that the notice does not take."""

from rules.files import allowed, format_of, garbled, sound
from rules.formats import called
from rules.measure import listed
from rules.notice import Notice
from rules.rule import Words, rule
from rules.submission import Submission
from rules.verdict import Evidence, Seen, Severity


@rule(
    "format-not-listed",
    Severity.ERROR,
    zh=Words(
        title="文件格式不在通知接收范围内",
        why="通知列明了接收的格式，其他格式各单位电脑上不一定打得开。",
        saw="{where} 是{format}。",
        required="接收的格式：{taken}。",
        fix=(
            "请把内容另存为接收的格式（文字用 Word，图片用 JPG，扫描件用 PDF 或 JPG，视频用 MP4），"
            "回复本邮件重新发送；如果这个文件不需要报送，回复时去掉即可。"
        ),
    ),
    en=Words(
        title="A format that the notice does not take",
        why="The notice lists its formats; others do not open everywhere.",
        saw="{where} is {format}.",
        required="Taken are: {taken}.",
        fix=(
            "Save the content in one of these (text as Word, pictures as JPG, scans as PDF or "
            "JPG, video as MP4) and reply with it; if the file is not part of it, leave it out."
        ),
    ),
)
def format_not_listed(submission: Submission, notice: Notice) -> Seen:
    category = submission.claim.category
    for file in sound(submission):
        kind = notice.kind(file.kind, category)
        others = file.kind in {"other", "audio"} or kind is None
        if others and not allowed(file, category, notice) and not garbled(file):
            taken = [k.wanted for k in notice.kinds if k.name != "form"]
            yield Evidence(file.name, {"format": called(format_of(file)), "taken": listed(taken)})
