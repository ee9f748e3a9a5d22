"""A picture is larger than the notice takes."""

from rules.files import sound
from rules.limits import oversize
from rules.notice import Notice
from rules.roles import maybe_scan
from rules.rule import Words, rule
from rules.submission import Submission
from rules.verdict import Seen, Severity


@rule(
    "image-too-large",
    Severity.ERROR,
    zh=Words(
        title="图片太大",
        why="通知规定了图片大小上限，太大的图片收发、汇总都会卡住。",
        saw="{where}有{size}，超出{over}。",
        required="{title}不超过{limit}。",
        fix=(
            "请用看图软件打开，“另存为”JPG 并把质量调到 90% 左右（一般就会小于{limit}，看不出"
            "差别），回复本邮件发来；如果它其实是盖章文件的扫描件，请在文件名里写上“扫描件”。"
        ),
    ),
    en=Words(
        title="A picture is too large",
        why="The notice limits the size of pictures, so that they can be sent and collected.",
        saw="{where} has {size}, {over} too much.",
        required="{title}: at most {limit}.",
        fix=(
            "Save it again as JPG at about 90 % quality, which is mostly enough, and reply "
            "with it; if it is the scan of a document, put 扫描件 in its name."
        ),
    ),
)
def image_too_large(submission: Submission, notice: Notice) -> Seen:
    category = submission.claim.category
    photographs = [f for f in sound(submission, "image") if not maybe_scan(f, category, notice)]
    yield from oversize(photographs, submission, notice)
