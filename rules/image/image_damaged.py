"""A picture cannot be decoded to its end."""

from rules.files import allowed, sound
from rules.formats import family
from rules.measure import bytes_said
from rules.notice import Notice
from rules.rule import Words, rule
from rules.signs import format_of, garbled
from rules.submission import Submission
from rules.verdict import Evidence, Phrase, Seen, Severity

_CUT = Phrase("没有传完整，画面可能缺了一截", "did not arrive whole; a part of it may be missing")
_BROKEN = Phrase("无法解码显示", "cannot be decoded")


@rule(
    "image-damaged",
    Severity.ERROR,
    zh=Words(
        title="图片损坏",
        why="图片只有一部分或打不开，不能使用；多半是传输中断。",
        saw="{where}（{size}）{told}。",
        required="图片完整、能正常显示。",
        fix="请在自己电脑上打开原图，确认完整显示后回复本邮件重新发送；从手机传到电脑时请等传完。",
    ),
    en=Words(
        title="A picture is damaged",
        why="A picture that is cut off or does not open is of no use; mostly a transfer broke off.",
        saw="{where} ({size}) {told}.",
        required="Pictures are whole and can be shown.",
        fix=(
            "Open the original on your computer, see that it is whole, and reply with it; wait "
            "for transfers from the telephone to finish."
        ),
    ),
)
def image_damaged(submission: Submission, notice: Notice) -> Seen:
    category = submission.claim.category
    for file in sound(submission, "image", "scan", "form"):
        picture = family(format_of(file)) == "image" and allowed(file, category, notice)
        if picture and (file.facts.damaged or garbled(file)):
            told = _CUT if file.facts.damaged == "truncated" else _BROKEN
            yield Evidence(file.name, {"size": bytes_said(file.facts.size), "told": told})
