"""A picture in another format than the notice takes."""

from rules.files import sound
from rules.limits import as_found, strangers
from rules.notice import Notice
from rules.rule import Words, rule
from rules.signs import format_of
from rules.submission import Attachment, Submission
from rules.verdict import Evidence, Phrase, Seen, Severity

_IPHONE = Phrase(
    "苹果手机请打开“设置›相机›格式”，选“兼容性最佳”，以后拍的就是 JPG；"
    "已拍的照片在“照片”里选中，用“邮件”发送并选“实际大小”，会自动转成 JPG。只改扩展名没有用。",
    "On an iPhone choose Settings › Camera › Formats › Most Compatible for new pictures; those"
    " already taken become JPG when sent by Mail at actual size. Renaming does not help.",
)
_ATTACH = Phrase(
    "请不要粘贴到正文里，把 JPG 格式的原图作为附件添加；截图可以用“画图”打开，“另存为”选 JPEG。",
    "Do not paste it into the mail: attach the original as JPEG; save a screenshot as JPEG first.",
)
_PASTED = Phrase("（粘贴在邮件正文里的图片）", " (pasted into the text of the mail)")
_AS_ABOVE = Phrase("办法同上。", "As above.")
_NOTHING = Phrase("", "")
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
        saw="{where}{how}是{format}。",
        required="{title}用{wanted}。",
        fix="{advice}回复本邮件重新发来即可。",
    ),
    en=Words(
        title="A picture in another format",
        why="The notice names the formats of pictures; other formats do not open in every program.",
        saw="{where}{how} is {format}.",
        required="{title}: {wanted}.",
        fix="{advice} A reply will do.",
    ),
)
def image_not_jpeg(submission: Submission, notice: Notice) -> Seen:
    told: list[Phrase] = []
    for file, kind in strangers(sound(submission, "image"), submission, notice):
        how, advice = _PASTED if file.inline else _NOTHING, _advice(file)
        # Ten photographs of one telephone need the advice once.
        said = _AS_ABOVE if advice in told else advice
        told.append(advice)
        yield Evidence(file.name, {**as_found(file, kind), "how": how, "advice": said})


def _advice(file: Attachment) -> Phrase:
    if format_of(file) in {"heic", "heif", "avif"}:
        return _IPHONE
    return _ATTACH if file.inline else _SAVE_AS
