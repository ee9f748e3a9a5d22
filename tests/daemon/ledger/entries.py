"""Builders: a notice, entries for the ledger, and the ledger itself."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from daemon.ledger import Draft, Entry, Key, Ledger, reply_message_id
from rules.notice import Category, Kind, Mailbox, Notice, Part, Unit, Window
from rules.rule import Said
from rules.submission import Attachment, Claim, Facts, Link, Message, Submission
from rules.verdict import Finding, Severity, Status, Verdict

NOON = datetime(2020, 7, 1, 12, 0, tzinfo=UTC)
UNITS = (Unit(name="农学院党委"), Unit(name="园艺学院党委"), Unit(name="机关党委"))
TEXT = Part(kind="text", title="文字材料")
STORIES = Category(
    name="战疫故事汇",
    mailbox="zuzhibu",
    parts=(TEXT,),
    windows=(Window(name="7月15日前", closes=date(2020, 7, 15)),),
)
WALL = Category(
    name="红色防火墙",
    mailbox="xuanchuanbu",
    parts=(TEXT,),
    windows=(
        Window(name="第一次", closes=date(2020, 7, 3)),
        Window(name="第二次", opens=date(2020, 9, 1), closes=date(2020, 9, 30)),
    ),
)
NOTICE = Notice(
    id="2020-four-ones",
    title="四个一",
    year=2020,
    naming="{unit}+{category}+{date}",
    mailboxes=(
        Mailbox(name="zuzhibu", department="组织部", address="zuzhibu@example.edu.cn"),
        Mailbox(name="xuanchuanbu", department="宣传部", address="xuanchuanbu@example.edu.cn"),
    ),
    kinds=(Kind(name="text", title="文字", formats=("docx",), wanted="WORD"),),
    categories=(STORIES, WALL),
    roster=UNITS,
)


def at(hours: float) -> datetime:
    return NOON + timedelta(hours=hours)


def digest(name: str) -> str:
    return sha256(name.encode("utf-8", "replace")).hexdigest()


def a_file(name: str = "故事.docx", **facts: object) -> Attachment:
    known = {"size": 1000, "sha256": digest(name), "format": name.rsplit(".", 1)[-1]}
    return Attachment(name=name, facts=Facts(**(known | facts)), kind="text", role="part")  # type: ignore[arg-type]


def a_claim(unit: Unit | None = UNITS[0], category: Category | None = STORIES) -> Claim:
    window = category.windows[0] if category else None
    return Claim(notice=NOTICE.id, unit=unit, category=category, window=window)


def a_submission(
    *files: Attachment, claim: Claim | None = None, links: tuple[Link, ...] = ()
) -> Submission:
    message = Message(
        sender="zhang@example.com",
        sender_name="联系人",
        subject="农学院党委+战疫故事汇+20200701",
        message_id="m1@example.com",
        date=NOON,
        received=NOON,
        text="请查收",
    )
    return Submission(
        message=message, claim=claim or a_claim(), mailbox="zuzhibu", attachments=files, links=links
    )


def a_verdict(
    status: Status = Status.ACCEPTED,
    submission: Submission | None = None,
    findings: Sequence[Finding] = (),
) -> Verdict:
    return Verdict(
        status=status,
        late=False,
        findings=tuple(findings),
        submission=submission or a_submission(a_file()),
        suggested_subject="农学院党委+战疫故事汇+20200701",
    )


def a_finding(code: str = "part-missing", where: str = "message") -> Finding:
    return Finding(code=code, severity=Severity.ERROR, where=where)


def a_draft(key: Key, to: str = "zhang@example.com", **changes: object) -> Draft:
    message_id = reply_message_id(key, digest(str(key)), "example.edu.cn")
    raw = f"To: {to}\r\nMessage-ID: <{message_id}>\r\n\r\n已收到\r\n".encode()
    draft = Draft(message_id=message_id, to=to, subject="回复", raw=raw)
    return replace(draft, **changes)  # type: ignore[arg-type]


def an_entry(uid: int = 1, verdict: Verdict | None = None, **changes: object) -> Entry:
    """Entry number `uid` of the mailbox, answered; shelf and reply unless changed."""
    key = Key(mailbox="zuzhibu", uidvalidity="1", uid=uid)
    verdict = verdict or a_verdict()
    entry = Entry(
        key=key,
        sha256=digest(f"letter {uid}"),
        size=5000,
        spool=f"spool/{uid}.eml",
        verdict=verdict,
        said=tuple(
            Said(title="缺少", saw="没有", required="应有", fix="补上") for _ in verdict.findings
        ),
        recorded=NOON,
        reply=a_draft(key),
        shelf="2020-four-ones/战疫故事汇/农学院党委/2020-07-01",
    )
    return replace(entry, **changes)  # type: ignore[arg-type]


def a_ledger(folder: Path) -> Ledger:
    ledger = Ledger(folder / "ledger.db")
    ledger.sync(NOTICE, NOON)
    return ledger
