"""What a category asks for, and what of it is here: files, earlier files, links."""

from collections.abc import Iterable
from dataclasses import dataclass

from rules import formats
from rules.files import named_scan
from rules.notice import Category, Notice, Part
from rules.signs import saved_mail
from rules.submission import Attachment, Link, Submission
from rules.verdict import Finding, Severity

_KINDS = {
    "text": "text",
    "page": "scan",
    "image": "image",
    "video": "video",
    "audio": "audio",
    "office": "other",
}


_SPARING = frozenset({"images-not-separate"})


@dataclass(frozen=True, slots=True)
class Gap:
    """A part of which too little is here."""

    part: Part
    have: int


def plain_kind(format_: str) -> str:
    """What a file of this format is for, as far as the format alone tells."""
    family = formats.family(format_)
    return "archive" if family == "archive" else _KINDS.get(family, "other")


def link_kind(link: Link) -> str:
    """What a link leads to, by the name it carries; "" when that cannot be told."""
    kind = plain_kind(formats.by_name(link.name)) if formats.by_name(link.name) else ""
    return "" if kind == "archive" else kind


def fills(file: Attachment, part: Part) -> bool:
    """A text whose last page is the form fills both parts."""
    return file.form == part.form if part.form else file.kind in part.kinds


def fillers(part: Part, submission: Submission) -> tuple[Attachment, ...]:
    """The files, of this mail and of earlier versions, that fill a part; same bytes once."""
    files = submission.distinct
    if part.form:  # a locked file under two names may be two things, for all that anyone can see
        files = (*files, *[f for f in submission.files() if f.facts.encrypted])
    here = tuple([f for f in files if fills(f, part)])
    if not submission.before:
        return here
    digests = {f.facts.sha256 for f in here}
    earlier = {f.facts.sha256: f for f in submission.before if fills(f, part)}
    return (*here, *(f for digest, f in earlier.items() if digest not in digests))


def gaps(submission: Submission, notice: Notice) -> tuple[Gap, ...]:
    """The parts still to come. Nobody is told that something is missing which may be in a link
    or in an archive that could not be looked into."""
    category = submission.claim.category
    if category is None or closed_box(submission):
        return ()
    asked = (Gap(p, len(fillers(p, submission))) for p in category.parts if p.min)
    return tuple(g for g in asked if g.have < g.part.min and not linked(g.part, submission, notice))


def linked(part: Part, submission: Submission, notice: Notice) -> bool:
    """Whether a link may hold what this part asks for."""
    return any(_may_fill(link, part, notice) for link in submission.links)


def closed_box(submission: Submission) -> bool:
    """An archive or a mail came whose contents nobody knows, or a file that may be any."""
    return any(
        (a.role == "container" and not opened(a)) or a.undecodable or saved_mail(a)
        for a in submission.attachments
        if not a.ignored
    )


def opened(container: Attachment) -> bool:
    facts = container.facts
    closed = facts.encrypted or facts.damaged or facts.bomb or facts.unknown
    return facts.entries is not None and not closed


def empty_handed(submission: Submission) -> bool:
    """Nothing came at all: no file, no archive, no link, nothing earlier."""
    return not (submission.before or brings(submission))


def brings(submission: Submission) -> bool:
    """A file, an archive or a link came with this very mail."""
    return bool(submission.links) or any(a.role != "ignored" for a in submission.attachments)


def spoiled(findings: Iterable[Finding]) -> frozenset[str]:
    """Names of the files that an error bars from filling a part of a later version.

    A text whose pictures lack their originals is good itself: only the pictures are asked for.
    """
    errors = (f for f in findings if f.severity is Severity.ERROR)
    return frozenset(f.where for f in errors if f.code not in _SPARING)


def required(category: Category) -> tuple[str, ...]:
    """What the category cannot do without, in words: 图片材料×2."""
    parts = [part for part in category.parts if part.min]
    return tuple(p.title if p.min == 1 else f"{p.title}×{p.min}" for p in parts)


def unexplained(submission: Submission) -> tuple[Attachment, ...]:
    """Scans that nothing in the notice accounts for: one may be the form, stamped and scanned."""
    return tuple(
        file
        for file in submission.distinct
        if (file.kind == "scan" and _spare(file, submission)) or _page(file)
    )


def _spare(file: Attachment, submission: Submission) -> bool:
    """It fills no part, or only such as are filled without it."""
    category = submission.claim.category
    parts = [part for part in category.parts if fills(file, part)] if category else []
    return file.role == "extra" or all(len(fillers(p, submission)) > p.min for p in parts)


def _page(file: Attachment) -> bool:
    return file.kind == "image" and (file.facts.page_like is True or named_scan(file.name))


def _may_fill(link: Link, part: Part, notice: Notice) -> bool:
    kind = link_kind(link)
    form = notice.form(part.form)
    if form is not None:
        names = (form.title, *form.aliases, form.id)
        return not kind or any(name in link.name for name in names)
    return not kind or kind in part.kinds
