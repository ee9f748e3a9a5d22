"""What a letter says, before it is put into sentences."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal
from urllib.parse import quote

from daemon.mime import clean
from daemon.reply import moments
from daemon.reply.context import Context
from daemon.reply.quoting import harmless, quoted
from rules import linkage, naming
from rules.catalogue import by_code
from rules.filling import spoiled
from rules.measure import bytes_said
from rules.rule import Said, say
from rules.submission import Attachment, Link, Submission
from rules.verdict import Finding, Severity, Verdict

Where = Literal["subject", "message", "body", "file", "link"]
SubjectIs = Literal["fine", "wrong", "guessed"]
_PLACES: tuple[Where, ...] = ("subject", "message", "body")


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """The points about one place, or about one file (`name`)."""

    where: Where
    name: str
    points: tuple[Said, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A file or link in a list. `purpose` is what it was taken for: 文字材料, 附件1."""

    name: str
    size: str
    purpose: str = ""
    sha256: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Deadline:
    """`state`: open (with the time `left`), passed since the mail came in time, or late."""

    at: str
    state: Literal["open", "passed", "late"]
    left: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Contents:
    unit: str
    category: str
    window: str
    arrived: str
    theirs: str  # their subject
    suggested: str  # the subject for what is sent again, "" when nothing need be
    subject_is: SubjectIs
    complete: bool  # the suggested subject has no blanks left to fill
    mailto: str  # a link that opens a letter with that subject
    errors: tuple[Group, ...]
    doubts: tuple[Group, ...]
    remarks: tuple[Group, ...]
    files: tuple[Line, ...]  # those without a fault
    links: tuple[Line, ...]
    earlier: tuple[Line, ...]
    deadline: Deadline | None
    number: str

    @property
    def count(self) -> int:
        return sum(len(g.points) for g in self.errors)

    @property
    def subject_alone(self) -> bool:
        """Nothing but the subject is asked for. A link is never remembered: it must come again."""
        told = {g.where for g in self.errors}
        return bool(self.unit and self.category) and told == {"subject"} and not self.links

    @property
    def nowhere(self) -> bool:
        """The subject is wrong and tells no place at which the files could be found again."""
        subject = any(g.where == "subject" for g in self.errors)
        return not self.category or (subject and not self.unit)


def contents(verdict: Verdict, context: Context) -> Contents:
    submission = verdict.submission
    claim, message = submission.claim, submission.message
    several = claim.category is not None and len(claim.category.windows) > 1
    came = message.received or message.date or context.now
    suggested = _suggested(verdict)
    return Contents(
        unit=claim.unit.name if claim.unit else "",
        category=claim.category.name if claim.category else "",
        window=claim.window.name if claim.window and several else "",
        arrived=moments.moment(came, context.notice.zone, context.language),
        theirs=quoted(message.subject),
        suggested=suggested,
        subject_is=_subject_is(verdict),
        complete=bool(suggested) and naming.whole(suggested, context.notice),
        mailto=_mailto(suggested, submission, context) if suggested else "",
        errors=_groups(verdict, context, Severity.ERROR),
        doubts=_groups(verdict, context, Severity.HOLD),
        remarks=_groups(verdict, context, Severity.REMARK),
        files=tuple(_line(a, context) for a in _faultless(verdict)),
        links=tuple(_link(link) for link in submission.links),
        earlier=tuple(_line(a, context) for a in submission.before),
        deadline=_deadline(verdict, context),
        number=context.number or _number(context),
    )


def _suggested(verdict: Verdict) -> str:
    """Wherever something is to be sent again; a mere remark shows the right form itself."""
    again = any(f.severity is Severity.ERROR for f in verdict.findings)
    return clean.line(verdict.suggested_subject) if again else ""


def _subject_is(verdict: Verdict) -> SubjectIs:
    claim = verdict.submission.claim
    if claim.unit is None or claim.category is None:
        return "guessed"
    told = (f.where for f in verdict.findings if f.severity is Severity.ERROR)
    return "wrong" if "subject" in told else "fine"


def _mailto(suggested: str, submission: Submission, context: Context) -> str:
    """The `+` is percent-encoded: web mail would read it as a blank."""
    category = submission.claim.category
    published = context.notice.mailbox(category.mailbox) if category else None
    address = (published or context.mailbox).address
    return f"mailto:{quote(address, safe='@')}?subject={quote(suggested, safe='')}"


def _groups(verdict: Verdict, context: Context, severity: Severity) -> tuple[Group, ...]:
    """By place, in the order of the findings. A late mail is told by the deadline's own words."""
    told = "late" if severity is Severity.REMARK and verdict.late and context.due else ""
    wanted = [f for f in verdict.findings if f.severity is severity and f.code != told]
    links = {linkage.where(link) for link in verdict.submission.links}
    groups: dict[str, Where] = {}
    for finding in wanted:
        named: Where = "link" if finding.where in links else "file"
        groups[finding.where] = next((p for p in _PLACES if p == finding.where), named)
    return tuple(_group(where, place, wanted, context) for where, place in groups.items())


def _group(where: str, place: Where, findings: Iterable[Finding], context: Context) -> Group:
    points = tuple(_said(f, context) for f in findings if f.where == where)
    name = quoted(where) if place in {"file", "link"} else ""
    return Group(where=place, name=name, points=points)


def _said(finding: Finding, context: Context) -> Said:
    rule = by_code(finding.code)
    assert rule is not None, f"a finding without a rule: {finding.code}"
    return say(rule, harmless(finding), context.notice, context.language)


def _faultless(verdict: Verdict) -> Iterator[Attachment]:
    """Files that need not be sent again: no error and no doubt speaks of them or of their bytes."""
    doubts = {f.where for f in verdict.findings if f.severity is Severity.HOLD}
    told = doubts | spoiled(verdict.findings)
    files = verdict.submission.files()
    refused = {f.facts.sha256 for f in files if {f.name, "/".join((*f.path, f.name))} & told}
    for file in files:
        if file.facts.sha256 not in refused and not file.ignored:
            yield file


def _line(file: Attachment, context: Context) -> Line:
    form = context.notice.form(file.form) if file.form else None
    kind = next((k for k in context.notice.kinds if k.name == file.kind != "form"), None)
    return Line(
        name=quoted("/".join((*file.path, file.name))),
        size=bytes_said(file.facts.size),
        purpose="、".join(noun.title for noun in (kind, form) if noun),
        sha256=file.facts.sha256,
    )


def _link(link: Link) -> Line:
    size = bytes_said(link.size) if link.size is not None else ""
    return Line(
        name=quoted(linkage.where(link)),
        size=size,
        purpose=linkage.titled(link) if link.name else "",
    )


def _deadline(verdict: Verdict, context: Context) -> Deadline | None:
    if context.due is None:
        return None
    at = moments.deadline(context.due, context.notice.zone, context.language)
    left = context.due - context.now
    if verdict.late:
        return Deadline(at=at, state="late")
    if left <= timedelta(0):
        return Deadline(at=at, state="passed")
    return Deadline(at=at, state="open", left=moments.span(left, context.language))


def _number(context: Context) -> str:
    """Eight characters of the reply's own name: short enough to read out on the telephone."""
    name = context.message_id.partition("@")[0].rpartition(".")[2]
    return name[:8].upper()
