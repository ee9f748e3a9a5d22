"""A picture in the text may be cut out of one that came as a file."""

from rules.measure import listed
from rules.notice import Notice
from rules.originals import compared
from rules.rule import Words, rule
from rules.submission import Submission
from rules.verdict import Evidence, Seen, Severity, Values


@rule(
    "images-unclear",
    Severity.HOLD,
    zh=Words(
        title="请老师确认附图的原图",
        why="文中的图片裁剪或修过以后，程序看不准和收到的图片是不是同一张，不轻易说缺原图。",
        saw="{where}里有 {count} 张图片（文中尺寸：{sizes}）和收到的图片有些像，看不准是否同一张。",
        required="文中每张图片都要有原图，作为单独的附件报送。",
        fix="老师会打开对照，不用重发；如果有附图的原图还没有发，请回复本邮件补上。",
    ),
    en=Words(
        title="A person confirms the originals of pictures",
        why="A picture that was cropped or retouched cannot be told from another for certain.",
        saw=(
            "{where} has {count} pictures ({sizes} in the text) that look somewhat like those "
            "that came as files, but may be others."
        ),
        required="Each picture of the text also comes as a file of its own, the original.",
        fix="A person will compare them; reply with originals that have not been sent yet.",
    ),
)
def images_unclear(submission: Submission, _notice: Notice) -> Seen:
    for lack in compared(submission):
        if lack.unsure:
            values: Values = {
                "count": len(lack.unsure),
                "sizes": listed([f"{p.width}×{p.height}" for p in lack.unsure]),
            }
            yield Evidence(lack.document.name, values)
