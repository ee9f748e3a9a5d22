"""A format that the notice does not take."""

from rules.files import allowed, format_of, garbled, sound
from rules.formats import called
from rules.measure import listed
from rules.notice import Notice
from rules.rule import Words, rule
from rules.submission import Submission
from rules.verdict import Evidence, Seen, Severity


@rule(
    "format-not-listed",
    Severity.ERROR,
    zh=Words(
        title="文件格式不在通知接收范围内",
        why="通知列明了接收的格式，其他格式各单位电脑上不一定打得开。",
        saw="{where} 是{format}。",
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
        kind = notice.kind(file.kind, category)
        others = file.kind in {"other", "audio"} or kind is None
        if others and not allowed(file, category, notice) and not garbled(file):
            taken = [k.wanted for k in notice.kinds if k.name != "form"]
            yield Evidence(file.name, {"format": called(format_of(file)), "taken": listed(taken)})
