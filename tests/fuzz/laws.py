"""Laws of the whole line. They hold for any bytes, and say nothing of what is compliant."""

import email
import html
import re
import unicodedata
from collections.abc import Iterator
from email.policy import default

from rules import naming
from rules.answering import MARKER
from rules.catalogue import by_code
from rules.notice import Language
from rules.rule import say
from rules.submission import Submission
from rules.verdict import Finding, Severity, Status, Verdict
from tests.fuzz.office import NOTICE, OURS, Taken

_HEADERS = {
    "From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "Auto-Submitted",
    "X-Auto-Response-Suppress", "X-Baosong", "MIME-Version", "Content-Type",
}  # fmt: skip
_HEADINGS = {
    "需要补正", "建议的主题（请先核对单位和类别）", "正确的主题（可直接复制）",
    "补发邮件的主题（可直接复制）", "工作人员正在核对（您暂时不用处理）", "收到的文件",
    "已收到的文件", "已收妥的文件，无需重发", "此前已收妥的文件，无需重发", "以链接发来的大附件",
    "时间", "联系", "顺便提醒（不影响本次报送）", "温馨提示（不影响本次报送）",
}  # fmt: skip
_LANGUAGES: tuple[Language, ...] = ("zh", "en")
_BLANKS = (NOTICE.unit_word, NOTICE.category_word, NOTICE.date_word)
_LISTS = ("list-id", "list-unsubscribe", "list-post", "x-qq-auto-reply", "x-autoreply")


def check(taken: Taken) -> None:
    """Every law at once. Raises AssertionError for the first that is broken."""
    verdict, outcome = taken.outcome.verdict, taken.outcome
    status_follows(verdict)
    findings_can_be_said(verdict)
    row_is_the_verdict(taken)
    subject_reads_back(verdict)
    names_are_clean(verdict.submission)
    if outcome.reply is not None:
        assert outcome.answer.allowed
        nobody_wrongly_answered(verdict.submission)
        reply_is_whole(taken)
        reply_tells_every_error(taken)
    else:
        assert verdict.status is not Status.ACCEPTED or not outcome.answer.allowed


def status_follows(verdict: Verdict) -> None:
    found = {f.severity for f in verdict.findings}
    if verdict.status is Status.ACCEPTED:
        assert not found & {Severity.ERROR, Severity.HOLD}
    if verdict.status is Status.RETURNED:
        assert Severity.ERROR in found
        assert Severity.HOLD not in found
    if verdict.status is Status.HELD:
        assert Severity.HOLD in found or verdict.reason
    if verdict.status is Status.IGNORED:
        assert verdict.reason


def findings_can_be_said(verdict: Verdict) -> None:
    for finding in verdict.findings:
        for words in _said(finding):
            assert words
            assert "{" not in words or "{" in str(finding)


def row_is_the_verdict(taken: Taken) -> None:
    verdict, row = taken.outcome.verdict, taken.row
    claim = verdict.submission.claim
    assert row["status"] == str(verdict.status)
    assert row["late"] is verdict.late
    assert row["codes"] == list(dict.fromkeys(verdict.codes()))
    assert row["unit"] == (claim.unit.name if claim.unit else None)
    assert row["category"] == (claim.category.name if claim.category else None)
    assert (row["reply"] is None) == (taken.outcome.reply is None)


def subject_reads_back(verdict: Verdict) -> None:
    suggested, known = verdict.suggested_subject, verdict.submission.claim
    if not suggested or any(blank in suggested for blank in _BLANKS):
        return
    read = naming.claim(suggested, NOTICE)
    assert naming.complete(read, NOTICE), suggested
    assert read.deviations == (), suggested
    assert read.unit == known.unit or known.unit is None
    assert read.category == known.category or known.category is None


def names_are_clean(submission: Submission) -> None:
    for file in submission.attachments:
        for name in (file.name, *file.path):
            clean(name)
            assert name
            assert not re.search(r"[/\\\n]", name), name


def nobody_wrongly_answered(submission: Submission) -> None:
    """Written apart from rules.answering, from what the headers plainly say."""
    message = submission.message
    said = {name.lower(): value.strip().lower() for name, value in reversed(message.headers)}
    assert message.sender.lower() not in OURS
    assert MARKER.lower() not in said
    assert re.split(r"[;\s(]", said.get("auto-submitted", "no"))[0] in {"no", ""}
    assert said.get("precedence", "") not in {"bulk", "list", "junk"}
    assert said.get("return-path", "x") != "<>"
    assert not any(name in said for name in _LISTS)
    assert not message.sender.lower().startswith(("postmaster@", "mailer-daemon@", "noreply@"))


def reply_is_whole(taken: Taken) -> None:
    """A mail that others read as we meant it: no header more, no line that is not ours."""
    reply = taken.outcome.reply
    assert reply is not None
    read = email.message_from_bytes(reply.as_bytes(), policy=default)
    assert set(read.keys()) <= _HEADERS
    assert len(read.keys()) == len(set(read.keys()))
    assert reply.to.lower() not in OURS
    assert read["To"].addresses[0].addr_spec == reply.to
    assert len(read["To"].addresses) == 1
    assert read["Auto-Submitted"] == "auto-replied"
    for text in (reply.text, reply.html, *reply.headers.values()):
        clean(text.replace("\n", ""))
    for line in reply.text.splitlines():
        assert not line.startswith("【") or line[1:-1] in _HEADINGS, line


def reply_tells_every_error(taken: Taken) -> None:
    reply, verdict = taken.outcome.reply, taken.outcome.verdict
    assert reply is not None
    for finding in verdict.findings:
        if finding.severity is Severity.ERROR:
            title = next(_said(finding))
            assert title in reply.text
            assert html.escape(title) in reply.html


def clean(text: str) -> None:
    assert not any(unicodedata.category(c) in {"Cc", "Cs"} for c in text), repr(text)
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", text), repr(text)


def _said(finding: Finding) -> Iterator[str]:
    """Title first, in Chinese; then everything in both languages."""
    rule = by_code(finding.code)
    assert rule is not None, finding.code
    for language in _LANGUAGES:
        words = say(rule, finding, NOTICE, language)
        yield from (words.title, words.saw, words.required, words.fix)
