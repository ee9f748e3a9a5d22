"""Pictures stand in the text, and their originals did not come as files."""

from rules.measure import listed
from rules.notice import Notice
from rules.originals import lacks, pictures
from rules.rule import Words, rule
from rules.submission import Attachment, Submission
from rules.verdict import Evidence, Phrase, Seen, Severity, Values


@rule(
    "images-not-separate",
    Severity.ERROR,
    zh=Words(
        title="文中附图没有单独报送原图",
        why="通知：“如有附图需为原图，独立于文字材料报送”。插进 Word 的图片会被压缩，印不清楚。",
        saw=(
            "{where}里嵌有{count}张图片，{which}没有找到单独报送的原图（文中尺寸：{sizes}）；"
            "{came}。"
        ),
        required="文中每张图片都要有原图，作为单独的附件报送。",
        fix=(
            "请从相机或手机里找出这些图片的原图，作为附件发来（手机发邮件时选“原图/实际大小”；"
            "不要从 Word 里另存，也不要用微信转一道）。文档不用改。"
        ),
    ),
    en=Words(
        title="Pictures in the text did not come as files of their own",
        why="The notice wants the originals, apart from the text; Word compresses what it holds.",
        saw=(
            "{where} contains {count} pictures; for {which} no original came ({sizes} in the "
            "text); {came}."
        ),
        required="Each picture of the text also comes as a file of its own, the original.",
        fix=(
            "Find the originals on the camera or telephone and attach them at actual size (not "
            "saved out of Word, not passed through a chat app). The document may stay as it is."
        ),
    ),
)
def images_not_separate(submission: Submission, _notice: Notice) -> Seen:
    for lack in lacks(submission):
        values: Values = {
            "count": len(lack.shown),
            "which": _which(len(lack.missing), len(lack.shown)),
            "sizes": listed([f"{p.width}×{p.height}" for p in lack.missing]),
            "came": _came(pictures(submission)),
        }
        yield Evidence(lack.document.name, values)


def _came(files: tuple[Attachment, ...]) -> Phrase:
    if not files:
        return Phrase("本次没有收到单独的图片附件", "no picture came as a file of its own")
    names = "、".join(f"{f.name}（{f.facts.width}×{f.facts.height}）" for f in files)
    return Phrase(f"收到的图片：{names}", f"pictures received: {names}")


def _which(missing: int, shown: int) -> Phrase:
    if missing < shown:
        return Phrase(f"其中 {missing} 张", f"{missing} of them")
    return Phrase("都" if shown > 1 else "", "all of them" if shown > 1 else "it")
