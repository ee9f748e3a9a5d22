"""The form that the category asks for is not among the files."""

from rules.filling import empty_handed, gaps, unexplained
from rules.notice import Notice
from rules.rule import Words, rule
from rules.submission import Submission
from rules.verdict import Evidence, Phrase, Seen, Severity, Values


@rule(
    "form-missing",
    Severity.ERROR,
    zh=Words(
        title="缺少推荐表",
        why="通知要求填写所附表格一并报送，推荐单位、联系人和推荐意见都在表里。",
        saw="附件里没有{form}{other}。",
        required="“{category}”要附上{id}（{title}）。",
        fix="请填写{id}（{title}），回复发来；Word 版、盖章扫描件都行，文件名带“推荐表”。",
    ),
    en=Words(
        title="The form is missing",
        why="The notice asks for its form; unit, contact and recommendation stand there.",
        saw="{form} is not among the files{other}.",
        required="“{category}” comes with {id}, {title}.",
        fix="Fill in {id}, {title}, and reply with it: Word, or a stamped scan as PDF or JPG.",
    ),
)
def form_missing(submission: Submission, notice: Notice) -> Seen:
    category = submission.claim.category
    if category is None or empty_handed(submission) or unexplained(submission):
        return
    for gap in gaps(submission, notice):
        form = notice.form(gap.part.form)
        if form:
            other = [f.name for f in submission.files() if f.kind == "form" and f.form != form.id]
            values: Values = {
                "form": gap.part.title,
                "category": category.name,
                "id": form.id,
                "title": form.title,
                "other": _other(other),
            }
            yield Evidence("message", values)


def _other(names: list[str]) -> Phrase:
    if not names:
        return Phrase("", "")
    return Phrase(f"（{names[0]} 是另一种表）", f" ({names[0]} is another form)")
