"""Submission + Notice → Verdict. Every submission gets one, and twice the same.

All rules run every time; none stops at the first fault.
"""

from rules import calendar, roles
from rules.catalogue import ALONE, TOGETHER
from rules.notice import Notice
from rules.rule import Rule
from rules.submission import Submission
from rules.suggestion import suggest
from rules.verdict import Finding, Severity, Status, Verdict

_LATE = {"accept": Severity.REMARK, "return": Severity.ERROR, "hold": Severity.HOLD}


def judge(submission: Submission, notice: Notice) -> Verdict:
    """Hold every rule against the submission. The verdict's submission carries kinds and roles."""
    ready = roles.assign(submission, notice)
    alone = (_heard((rule,), ready, notice) for rule in ALONE)
    findings = next(filter(None, alone), ()) or _heard(TOGETHER, ready, notice)
    return Verdict(
        status=_status(findings),
        late=_late(ready, notice),
        findings=findings,
        submission=ready,
        suggested_subject=suggest(ready, notice),
    )


def ignored(submission: Submission, reason: str) -> Verdict:
    """The verdict on mail by a machine, which is not judged. `reason` is kept word for word."""
    return Verdict(
        status=Status.IGNORED,
        late=False,
        findings=(),
        submission=submission,
        suggested_subject="",
        reason=reason,
    )


def severity(rule: Rule, notice: Notice) -> Severity:
    """The rule's own, unless the notice sets another; lateness also has a setting of its own."""
    own = _LATE[notice.late] if rule.code == "late" else rule.severity
    return notice.severities.get(rule.code, own)


def _heard(rules: tuple[Rule, ...], submission: Submission, notice: Notice) -> tuple[Finding, ...]:
    return tuple(
        Finding(rule.code, severity(rule, notice), seen.where, seen.values)
        for rule in rules
        for seen in rule.check(submission, notice)
    )


def _status(findings: tuple[Finding, ...]) -> Status:
    found = {finding.severity for finding in findings}
    if Severity.HOLD in found:
        return Status.HELD
    return Status.RETURNED if Severity.ERROR in found else Status.ACCEPTED


def _late(submission: Submission, notice: Notice) -> bool:
    if submission.message.unreadable:
        return False
    claim, message = submission.claim, submission.message
    return calendar.is_late(claim, message, notice, submission.extended)
