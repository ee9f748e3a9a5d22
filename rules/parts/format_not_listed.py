"""A format that the notice does not take."""

from rules.files import allowed, noted, sound
from rules.formats import called, family
from rules.measure import listed
from rules.notice import Notice
from rules.rule import Words, rule
from rules.signs import format_of, garbled
from rules.submission import Attachment, Submission
from rules.verdict import Evidence, Seen, Severity


@rule(
    "format-not-listed",
    Severity.ERROR,
    zh=Words(
        title="文件格式不在通知接收范围内",
        why="通知列明了接收的格式，其他格式各单位电脑上不一定打得开。",
        saw="{where}是{format}。",
        required="接收的格式：{taken}。",
        fix="请把内容另存为上面的格式，回复本邮件重新发送；不需要报送的文件，去掉即可。",
    ),
    en=Words(
        title="A format that the notice does not take",
        why="The notice lists its formats; others do not open everywhere.",
        saw="{where} is {format}.",
        required="Taken are: {taken}.",
        fix="Save the content in one of these and reply with it; leave out what is not part of it.",
    ),
)
def format_not_listed(submission: Submission, notice: Notice) -> Seen:
    category = submission.claim.category
    for file in sound(submission):
        if not _of_no_other_rule(file, submission, notice) or garbled(file):
            continue
        if not allowed(file, category, notice):
            form = file.kind == "form"
            taken = [k.wanted for k in notice.kinds if (k.name == "form") is form]
            yield Evidence(file.name, {"format": called(format_of(file)), "taken": listed(taken)})


def _of_no_other_rule(file: Attachment, submission: Submission, notice: Notice) -> bool:
    """Texts, pictures, scans and films have rules of their own, also where they are the form."""
    if file.kind == "form":
        return family(format_of(file)) not in {"text", "page", "image"}
    unruled = file.kind in {"other", "audio"}
    known = notice.kind(file.kind, submission.claim.category) is not None
    return unruled or not known or noted(file, submission, notice)
