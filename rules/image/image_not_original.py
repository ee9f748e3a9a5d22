"""A picture looks reduced: by a chat app, or against the one in the text."""

import re

from rules.files import sound
from rules.measure import M, bytes_said
from rules.notice import Notice
from rules.originals import outdone
from rules.rule import Words, rule
from rules.submission import Submission
from rules.verdict import Evidence, Phrase, Seen, Severity, Values

_CHAT = re.compile(r"mmexport\d|微信图片|wx_camera|QQ图片|微信截图|QQ截图", re.IGNORECASE)
_SMALL = M  # name, EXIF and size have to agree: each alone is found on originals as well
_SMALLER = Phrase("比文档里嵌的同一张图还小", "is smaller than the same picture in the document")
_CHATTED = Phrase("像是聊天软件转发、压缩过的", "looks compressed by a chat app")

_ADVICE = Phrase(
    "（手机发邮件选“实际大小”，微信、QQ 传图勾选“原图”，或用 QQ 邮箱直接添加相册里的照片）",
    " (by Mail at actual size; in a chat app tick “original”)",
)
_NOTHING = Phrase("", "")


@rule(
    "image-not-original",
    Severity.REMARK,
    zh=Words(
        title="图片可能不是原图",
        why="通知要求附图为原图；微信、QQ 转发的图片会被压缩，印刷会模糊。",
        saw="{where}（{width}×{height}，{size}）{told}。",
        required="图片为相机或手机里的原图。",
        fix="这次先收下；手里有原图的话，请回复本邮件发来{advice}。",
    ),
    en=Words(
        title="A picture may not be the original",
        why="The notice asks for originals; what passes through a chat app is compressed.",
        saw="{where} ({width}×{height}, {size}) {told}.",
        required="Pictures are originals from the camera or telephone.",
        fix="It is taken for now; if you have the original, reply with it{advice}.",
    ),
)
def image_not_original(submission: Submission, _notice: Notice) -> Seen:
    smaller, advice = outdone(submission), _ADVICE
    for file in sound(submission, "image"):
        facts = file.facts
        if file.name in smaller:
            told = _SMALLER
        elif _CHAT.search(file.name) and facts.exif is False and facts.size < _SMALL:
            told = _CHATTED
        else:
            continue
        values: Values = {
            "width": facts.width or 0,
            "height": facts.height or 0,
            "size": bytes_said(facts.size),
            "told": told,
            "advice": advice,
        }
        advice = _NOTHING  # once is enough for ten pictures
        yield Evidence(file.name, values)
