"""When a verdict is answered at once, and when a person must look first (decided reading 1)."""

from rules.verdict import Severity, Status, Verdict

# About safety or the mail itself: whatever else is wrong, a person decides before anything is said.
SILENT = frozenset(
    {"executable", "malware", "archive-bomb", "unreadable-message", "withdrawn", "question"}
)


def speaks(verdict: Verdict, *, receipts: bool) -> bool:
    """Whether this verdict is answered now.

    Errors are told at once, also beside a doubt that a person is looking at; a doubt alone waits
    for that person; compliant mail gets its receipt where the office wants receipts.
    """
    if verdict.status is Status.IGNORED or SILENT.intersection(verdict.codes()):
        return False
    if verdict.status is Status.ACCEPTED:
        return receipts
    return any(f.severity is Severity.ERROR for f in verdict.findings)
