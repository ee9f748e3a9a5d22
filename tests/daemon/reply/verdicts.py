"""Verdicts and contexts for letters: only what a test is about needs to be said."""

from datetime import datetime
from functools import cache

from daemon.config.notices import SHIPPED, load
from daemon.reply import Context
from rules.judge import judge
from rules.naming import claim
from rules.notice import Notice
from rules.submission import Attachment, Facts, Message, Submission
from rules.verdict import Finding, Severity, Status, Verdict
from tests.letters import NOON

ID = "baosong.0123456789abcdef0123456789abcdef@scau.edu.cn"


@cache
def notice() -> Notice:
    return load(SHIPPED)


def a_message(**changes: object) -> Message:
    plain: dict[str, object] = {
        "sender": "nxy@example.edu.cn",
        "sender_name": "农学院党务秘书",
        "subject": "农学院党委+战疫故事汇+20200710",
        "message_id": "tcmime.1@example.edu.cn",
        "date": NOON,
        "received": NOON,
    }
    return Message(**(plain | changes))  # type: ignore[arg-type]


def a_file(name: str, *, kind: str = "", **facts: object) -> Attachment:
    """A whole file; its digest is made of its name."""
    digest = name.encode().hex().ljust(64, "0")[:64]
    ending = name.rpartition(".")[2].lower()
    known: dict[str, object] = {"size": 40_000, "sha256": digest, "format": ending}
    return Attachment(name=name, kind=kind, facts=Facts(**(known | facts)))  # type: ignore[arg-type]


def a_submission(*files: Attachment, message: Message | None = None) -> Submission:
    message = message or a_message()
    return Submission(
        message=message,
        claim=claim(message.subject, notice(), at=message.received),
        mailbox="zuzhibu",
        attachments=files,
    )


def judged(*files: Attachment, message: Message | None = None) -> Verdict:
    return judge(a_submission(*files, message=message), notice())


def a_verdict(
    *findings: Finding,
    status: Status = Status.RETURNED,
    late: bool = False,
    submission: Submission | None = None,
) -> Verdict:
    """A verdict that nobody judged: findings as a test wants them."""
    return Verdict(
        status=status,
        late=late,
        findings=findings,
        submission=submission or a_submission(),
        suggested_subject="农学院党委+战疫故事汇+20200710",
    )


def a_fault(where: str = "故事.docx", code: str = "word-encrypted", **values: str) -> Finding:
    return Finding(code, Severity.ERROR, where, values)


def a_context(**changes: object) -> Context:
    plain: dict[str, object] = {
        "notice": notice(),
        "mailbox": notice().mailboxes[0],
        "message_id": ID,
        "now": datetime.fromisoformat("2020-07-10T12:00:30+08:00"),
        "due": datetime.fromisoformat("2020-07-16T00:00:00+08:00"),
    }
    return Context(**(plain | changes))  # type: ignore[arg-type]
