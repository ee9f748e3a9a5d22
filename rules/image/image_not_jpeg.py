"""A picture in another format than the notice takes."""

from rules.files import format_of, sound
from rules.limits import as_found, strangers
from rules.notice import Notice
from rules.rule import Words, rule
from rules.submission import Submission
from rules.verdict import Evidence, Phrase, Seen, Severity

_IPHONE = Phrase(
    "苹果手机请打开“设置›相机›格式”，选“兼容性最佳”，以后拍的就是 JPG；"
    "已拍的照片在“照片”里选中，用“邮件”发送并选“实际大小”，会自动转成 JPG。只改扩展名没有用。",
    "On an iPhone choose Settings › Camera › Formats › Most Compatible for new pictures; those"
    " already taken become JPG when sent by Mail at actual size. Renaming does not help.",
)
_SAVE_AS = Phrase(
    "请用“画图”或看图软件打开原图，“另存为”选 JPEG（*.jpg），质量选最高；只改扩展名没有用。",
    "Open the original in Paint or a viewer and save it as JPEG (*.jpg), best quality."
    " Renaming the file does not help.",
)


@rule(
    "image-not-jpeg",
    Severity.ERROR,
    zh=Words(
        title="图片不是规定的格式",
        why="通知规定了图片的格式，其他格式印刷、展示软件不一定认。",
        saw="{where}是{format}。",
        required="{title}用{wanted}。",
        fix="{advice}回复本邮件重新发来即可。",
    ),
    en=Words(
        title="A picture in another format",
        why="The notice names the formats of pictures; other formats do not open in every program.",
        saw="{where} is {format}.",
        required="{title}: {wanted}.",
        fix="{advice} A reply will do.",
    ),
)
def image_not_jpeg(submission: Submission, notice: Notice) -> Seen:
    for file, kind in strangers(sound(submission, "image"), submission, notice):
        advice = _IPHONE if format_of(file) in {"heic", "heif", "avif"} else _SAVE_AS
        yield Evidence(file.name, {**as_found(file, kind), "advice": advice})
