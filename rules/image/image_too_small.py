"""A picture has fewer pixels than the notice asks for."""

from rules.files import sound
from rules.notice import Notice
from rules.rule import Words, rule
from rules.submission import Submission
from rules.verdict import Evidence, Seen, Severity, Values


@rule(
    "image-too-small",
    Severity.ERROR,
    zh=Words(
        title="图片分辨率太低",
        why="通知规定了最低分辨率，像素太少的图片放大后会模糊。",
        saw="{where}是{width}×{height}像素。",
        required="{title}不低于{least}像素（横竖均可）。",
        fix="请发相机或手机里的原图（选“原图/实际大小”），不要用截图或微信转发的图；放大没有用。",
    ),
    en=Words(
        title="A picture has too few pixels",
        why="The notice sets a lowest resolution; smaller pictures blur when they are enlarged.",
        saw="{where} is {width}×{height} pixels.",
        required="{title}: at least {least} pixels, either way up.",
        fix=(
            "Send the original from the camera or telephone at actual size, no screenshot and "
            "no copy from a chat; enlarging a small one does not help."
        ),
    ),
)
def image_too_small(submission: Submission, notice: Notice) -> Seen:
    kind = notice.kind("image", submission.claim.category)
    for file in sound(submission, "image") if kind else ():
        width, height = file.facts.width, file.facts.height
        if kind is None or width is None or height is None:
            continue
        least = sorted((kind.min_width or 0, kind.min_height or 0))
        if any(have < need for have, need in zip(sorted((width, height)), least, strict=True)):
            values: Values = {
                "width": width,
                "height": height,
                "least": f"{least[1]}×{least[0]}",
                "title": kind.title,
            }
            yield Evidence(file.name, values)
