"""A part that the category asks for is not among the files."""

import re

from rules.body import IN_BODY, NOTHING, SAVE_BODY, tells_much
from rules.filling import empty_handed, gaps
from rules.formats import family
from rules.notice import Notice
from rules.originals import lacks
from rules.rule import Words, named, rule
from rules.signs import format_of
from rules.submission import Submission
from rules.verdict import Evidence, Phrase, Seen, Severity, Values

_PICTURES = re.compile("照片|图片|相片|配图|附图")
_NONE = Phrase("没有找到", "None")


@rule(
    "part-missing",
    Severity.ERROR,
    zh=Words(
        title="缺少要求的材料",
        why="通知对每一类材料列明了要报送的内容，缺一项就不能汇总。",
        saw="{part}{have}{body}。",
        required="“{category}”要有{part}，至少{need}个。",
        fix="{advice}请补上{part}，回复本邮件发来即可；已经合格的文件不用重发。",
    ),
    en=Words(
        title="Something that is asked for is missing",
        why="The notice lists what each category consists of; incomplete, it cannot be passed on.",
        saw="{have} of “{part}” came{body}.",
        required="“{category}” asks for {part}, at least {need}.",
        fix="{advice}Add {part} in a reply to this mail; good files need not be sent again.",
    ),
)
def part_missing(submission: Submission, notice: Notice) -> Seen:
    category = submission.claim.category
    if category is None or empty_handed(submission):
        return
    for gap in gaps(submission, notice):
        # Pictures that stand in the text are asked for as originals: that is the one fault.
        asked = "image" in gap.part.kinds and not gap.part.form
        shown = sum(len(lack.missing) for lack in lacks(submission)) if asked else 0
        if not gap.part.form and gap.have + shown < gap.part.min:
            written = "text" in gap.part.kinds and tells_much(submission.message.text)
            have = Phrase(f"只有 {gap.have} 个", f"Only {gap.have}") if gap.have else _NONE
            pages = _pages(submission) if "image" in gap.part.kinds else NOTHING
            values: Values = {
                "part": gap.part.title,
                "category": category.name,
                "need": gap.part.min,
                "have": have,
                "body": IN_BODY if written else pages,
                "advice": SAVE_BODY if written else NOTHING,
            }
            yield Evidence("message", values)


def _pages(submission: Submission) -> Phrase:
    """Documents called pictures: what is in them may well be what is asked for."""
    pages = [f.name for f in submission.files() if family(format_of(f)) in {"page", "text"}]
    called = [named(name) for name in pages if _PICTURES.search(name)]
    if not called:
        return NOTHING
    return Phrase(
        f"（{'、'.join(called)}不是图片文件，图片要一张一张地作为 JPG 附件发来）",
        f" ({', '.join(called)} is no picture: each one comes as a JPG file)",
    )
