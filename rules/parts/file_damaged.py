"""A recording or another file does not open."""

from rules.files import allowed, sound
from rules.measure import bytes_said
from rules.notice import Notice
from rules.rule import Words, rule
from rules.signs import garbled
from rules.submission import Submission
from rules.verdict import Evidence, Seen, Severity


@rule(
    "file-damaged",
    Severity.ERROR,
    zh=Words(
        title="文件打不开",
        why="文件损坏就无法使用，多半是上传中断或原文件没有存好。",
        saw="{where}（{size}）内容不完整或已损坏，打不开。",
        required="文件完整、能正常打开。",
        fix="请先在自己电脑上打开确认，再回复本邮件重新发送；原文件也打不开的，请重新导出一份。",
    ),
    en=Words(
        title="A file does not open",
        why="A damaged file cannot be used; mostly saving or uploading broke off.",
        saw="{where} ({size}) is incomplete or damaged.",
        required="Files are whole and open.",
        fix=(
            "Open it on your own computer first, then reply with it again; if the original "
            "does not open either, export it anew."
        ),
    ),
)
def file_damaged(submission: Submission, notice: Notice) -> Seen:
    for file in sound(submission, "audio", "other"):
        broken = file.facts.damaged or garbled(file)
        listed = allowed(file, submission.claim.category, notice)
        if broken and listed and not file.facts.encrypted:
            yield Evidence(file.name, {"size": bytes_said(file.facts.size)})
