"""What the ledger is told about one message: an outcome, or the fault that kept us from one."""

from dataclasses import dataclass, replace
from datetime import datetime

from daemon.intake import Outcome
from daemon.ledger import Draft, Entry, Key
from daemon.library import shelf
from daemon.reply import Reply
from daemon.spool import Spooled
from rules.calendar import local, moment
from rules.catalogue import by_code
from rules.judge import ignored
from rules.rule import Said, say
from rules.submission import Claim, Message, Submission
from rules.verdict import Finding, Status, Verdict

DRILL = "演练"
OURS = "程序处理这封来件时出错，已留待人工处理"


@dataclass(frozen=True, kw_only=True, slots=True)
class Stored:
    """Where a message lies: in the mailbox, and in the spool."""

    key: Key
    spooled: Spooled
    recorded: datetime


def entry(outcome: Outcome, at: Stored, *, draft: Draft | None, unanswered: str) -> Entry:
    return Entry(
        key=at.key,
        sha256=at.spooled.sha256,
        size=at.spooled.size,
        spool=str(at.spooled.path),
        verdict=outcome.verdict,
        recorded=at.recorded,
        said=tuple(_said(f, outcome) for f in outcome.verdict.findings),
        reply=draft,
        unanswered=unanswered,
        shelf=_shelf(outcome, at.recorded),
    )


def copy(at: Stored, received: datetime | None, original: int) -> Entry:
    """The same bytes lie in the mailbox twice: a row, and nothing more."""
    reason = f"与台账第 {original} 号来件逐字节相同"
    return _bare(at, _blank(received, Status.IGNORED, reason), fault="")


def again(outcome: Outcome, at: Stored, original: int) -> Entry:
    """The same letter came by another way: a mailbox that forwards to itself, a second alias."""
    reason = f"与台账第 {original} 号来件是同一封信（Message-ID、正文和附件都相同）"
    verdict = ignored(outcome.verdict.submission, reason)
    return entry(replace(outcome, verdict=verdict), at, draft=None, unanswered=reason)


def fault(at: Stored, received: datetime | None, trace: str) -> Entry:
    """We failed at this message: a person looks at it, the sender hears nothing false."""
    return _bare(at, _blank(received, Status.HELD, OURS), fault=trace)


def drill(outcome: Outcome, at: Stored) -> Entry:
    """A drill went the whole way, and counts for nothing."""
    verdict = ignored(outcome.verdict.submission, DRILL)
    return entry(replace(outcome, verdict=verdict), at, draft=None, unanswered=DRILL)


def draft(reply: Reply, *, approval: bool) -> Draft:
    return Draft(
        message_id=reply.message_id,
        to=reply.to,
        subject=reply.subject,
        raw=reply.as_bytes(),
        headers=tuple(reply.headers.items()),
        approval=approval,
    )


def _said(finding: Finding, outcome: Outcome) -> Said:
    rule = by_code(finding.code)
    assert rule is not None, f"a finding without a rule: {finding.code}"
    return say(rule, finding, outcome.notice, "zh")


def _shelf(outcome: Outcome, recorded: datetime) -> str:
    submission = outcome.verdict.submission
    claim, notice = submission.claim, outcome.notice
    if outcome.verdict.status is not Status.ACCEPTED or not (claim.unit and claim.category):
        return ""
    day = local(moment(submission.message, notice) or recorded, notice).date()
    return shelf(notice.id, claim.category.name, claim.unit.name, day)


def _blank(received: datetime | None, status: Status, reason: str) -> Verdict:
    submission = Submission(message=Message(received=received), claim=Claim())
    return Verdict(
        status=status,
        late=False,
        findings=(),
        submission=submission,
        suggested_subject="",
        reason=reason,
    )


def _bare(at: Stored, verdict: Verdict, *, fault: str) -> Entry:
    return Entry(
        key=at.key,
        sha256=at.spooled.sha256,
        size=at.spooled.size,
        spool=str(at.spooled.path),
        verdict=verdict,
        recorded=at.recorded,
        unanswered=verdict.reason,
        fault=fault,
    )
