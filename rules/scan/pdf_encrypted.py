"""The PDF needs a password to open."""

from rules.files import sound
from rules.formats import family
from rules.notice import Notice
from rules.rule import Words, rule
from rules.signs import format_of
from rules.submission import Submission
from rules.verdict import Evidence, Seen, Severity


@rule(
    "pdf-encrypted",
    Severity.ERROR,
    zh=Words(
        title="PDF 设了打开密码",
        why="有密码的 PDF 老师打不开，也无法存档。",
        saw="{where}需要密码才能打开。",
        required="PDF 不设打开密码。",
        fix="请重新导出，不勾选“打开密码”；或打开后“打印›另存为 PDF”，回复本邮件发来。",
    ),
    en=Words(
        title="The PDF needs a password",
        why="The office can neither open nor file it.",
        saw="{where} opens only with a password.",
        required="PDF files have no password to open.",
        fix="Export it again without encryption, or open and print it to a new PDF; reply with it.",
    ),
)
def pdf_encrypted(submission: Submission, _notice: Notice) -> Seen:
    for file in sound(submission, "scan", "form"):
        if family(format_of(file)) == "page" and file.facts.encrypted:
            yield Evidence(file.name)
