"""The PDF does not open."""

from rules.files import sound
from rules.measure import bytes_said
from rules.notice import Notice
from rules.rule import Words, rule
from rules.signs import format_of, garbled
from rules.submission import Submission
from rules.verdict import Evidence, Seen, Severity


@rule(
    "pdf-damaged",
    Severity.ERROR,
    zh=Words(
        title="PDF 打不开",
        why="损坏的 PDF 无法阅读和存档，多半是上传中断。",
        saw="{where}（{size}）不完整或已损坏，打不开。",
        required="PDF 完整、能正常打开。",
        fix="请先在自己电脑上打开确认，再回复本邮件重新发送；打不开的请重新扫描或导出。",
    ),
    en=Words(
        title="The PDF does not open",
        why="A damaged PDF can neither be read nor filed; mostly the upload broke off.",
        saw="{where} ({size}) is incomplete or damaged.",
        required="PDF files are whole and open.",
        fix="Open it on your own computer first; if that fails, scan or export it anew. Reply.",
    ),
)
def pdf_damaged(submission: Submission, _notice: Notice) -> Seen:
    for file in sound(submission, "scan", "form"):
        broken = file.facts.damaged or garbled(file)
        if format_of(file) == "pdf" and broken and not file.facts.encrypted:
            yield Evidence(file.name, {"size": bytes_said(file.facts.size)})
