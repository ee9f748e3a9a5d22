"""A file could not be looked into, by no fault of the sender."""

from types import MappingProxyType

from rules.notice import Notice
from rules.rule import Words, rule
from rules.signs import saved_mail
from rules.submission import Submission
from rules.verdict import Evidence, Phrase, Seen, Severity

_WHY = MappingProxyType(
    {
        "timeout": Phrase("核对用时过长，没有完成", "took too long to check"),
        "died": Phrase("核对时出错，没有完成", "could not be checked to the end"),
        "reader-missing": Phrase(
            "的格式在这台服务器上暂时读不了", "cannot be read on this server at present"
        ),
        "method": Phrase(
            "里有文件用了程序解不开的压缩方式（如 Windows 压缩 2G 以上文件时用的 Deflate64）",
            "holds files packed in a way that programs here cannot unpack (such as Deflate64, "
            "which Windows uses above 2 GB)",
        ),
        "mail": Phrase(
            "是另存的邮件，里面的附件没有自动核对", "is a saved mail, whose files were not checked"
        ),
        "limits": Phrase("超出了自动核对的限度", "is beyond the limits of automatic checking"),
    }
)


@rule(
    "not-inspected",
    Severity.HOLD,
    zh=Words(
        title="有附件没能自动核对，由老师查看",
        why="这是我们这边的限制，不是您的问题；没有核对过的文件不下结论。",
        saw="{where} {why}。",
        required="每个附件都要核对过才有结论。",
        fix="不用重发，老师会打开查看。",
    ),
    en=Words(
        title="A file could not be checked automatically; a person looks at it",
        why="This is a limit on our side, not your fault; what was not checked is not judged.",
        saw="{where} {why}.",
        required="Every attachment is checked before there is a verdict.",
        fix="Nothing to send again; a person will open it.",
    ),
)
def not_inspected(submission: Submission, _notice: Notice) -> Seen:
    for file in submission.attachments:
        unknown = file.facts.unknown or ("mail" if saved_mail(file) else "")
        if unknown and not file.ignored and not file.facts.threat:
            why = _WHY.get(unknown, _WHY["died"])
            yield Evidence(file.name, {"why": why})
