"""More files came for a part than the notice takes."""

from rules.filling import fills
from rules.notice import Notice
from rules.rule import Words, rule
from rules.submission import Submission
from rules.verdict import Evidence, Seen, Severity


@rule(
    "too-many-files",
    Severity.ERROR,
    zh=Words(
        title="文件超过规定数量",
        why="通知限定了报送数量，由单位先行择优。",
        saw="“{part}”收到{have}个。",
        required="“{part}”不超过{most}个。",
        fix="请择优保留{most}个，回复本邮件重新发送。",
    ),
    en=Words(
        title="More files than the notice takes",
        why="The notice limits the number; the unit chooses the best first.",
        saw="For “{part}” there are {have}.",
        required="At most {most} for “{part}”.",
        fix="Choose {most} and send them in a reply to this mail.",
    ),
)
def too_many_files(submission: Submission, _notice: Notice) -> Seen:
    category = submission.claim.category
    for part in category.parts if category else ():
        have = sum(fills(file, part) for file in submission.distinct)
        if part.max is not None and have > part.max:
            yield Evidence("message", {"part": part.title, "have": have, "most": part.max})
