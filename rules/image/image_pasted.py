"""A picture stands in the text of the mail and did not come as a file of its own."""

from rules.files import sound
from rules.notice import Notice
from rules.pasted import spare
from rules.rule import Words, rule
from rules.submission import Submission
from rules.verdict import Evidence, Phrase, Seen, Severity

_TAKEN = Phrase("已先当作图片材料收下", "it is taken as a picture for now")
_LEFT = Phrase("没有当作报送的图片", "it is not taken as a picture that is handed in")

_IF_AT_HAND = Phrase("手里有原图的话，", "if you have the original, ")
_IF_MEANT = Phrase("如果它也是要报送的材料，", "if it is part of your material, ")


@rule(
    "image-pasted",
    Severity.REMARK,
    zh=Words(
        title="有图片是粘贴在邮件正文里的",
        why="粘贴进正文的图片常被邮箱缩小、改变格式，作为附件添加的才是原图。",
        saw="{where}是粘贴在邮件正文里的图片，{told}。",
        required="图片材料作为附件单独报送。",
        fix="这次不用重发；{advice}请把原图作为附件，回复本邮件发来。",
    ),
    en=Words(
        title="A picture was pasted into the mail",
        why="What is pasted into a mail is often reduced or converted; an attachment is not.",
        saw="{where} was pasted into the text of the mail; {told}.",
        required="Pictures come as attachments.",
        fix="Nothing to send again; {advice}reply with the original as an attachment.",
    ),
)
def image_pasted(submission: Submission, _notice: Notice) -> Seen:
    taken = {id(f) for f in sound(submission, "image") if f.inline and f.role == "part"}
    for file in submission.attachments:
        # What a camera wrote into the picture is still there: so is the picture.
        if id(file) in taken and not file.facts.exif and not file.facts.damaged:
            yield Evidence(file.name, {"told": _TAKEN, "advice": _IF_AT_HAND})
        elif spare(file):
            yield Evidence(file.name, {"told": _LEFT, "advice": _IF_MEANT})
