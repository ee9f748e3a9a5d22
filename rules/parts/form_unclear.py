"""The form is missing by name, but there is a scan that may well be it."""

from rules.filling import gaps, unexplained
from rules.notice import Notice
from rules.rule import Words, rule
from rules.submission import Submission
from rules.verdict import Evidence, Seen, Severity


@rule(
    "form-unclear",
    Severity.HOLD,
    zh=Words(
        title="请老师确认推荐表",
        why="盖章扫描的推荐表也算数，但从文件名和内容看不出这份扫描件是不是推荐表，不轻易说缺。",
        saw="没有找到{form}，{where}可能就是。",
        required="“{category}”要附上{form}。",
        fix="老师会打开确认，不用重发；如果还没有附推荐表，请回复补上，文件名带“推荐表”三个字。",
    ),
    en=Words(
        title="A person confirms the form",
        why=(
            "A stamped and scanned form counts, but neither name nor content tells whether "
            "this scan is it; nobody is told that it is missing."
        ),
        saw="{form} was not found; {where} may be it.",
        required="“{category}” comes with {form}.",
        fix="A person will open it; nothing to send again. If it is not the form, reply with that.",
    ),
)
def form_unclear(submission: Submission, notice: Notice) -> Seen:
    category = submission.claim.category
    forms = [gap.part for gap in gaps(submission, notice) if gap.part.form]
    if category and forms and (scans := unexplained(submission)):
        yield Evidence(scans[0].name, {"form": forms[0].title, "category": category.name})
