"""What each file is for: its kind, the form it is, whether it fills a part."""

from collections.abc import Iterator
from dataclasses import replace

from rules import filling, forms, measure, pasted
from rules.files import left_over, named_scan
from rules.formats import by_name, family
from rules.notice import Category, Notice
from rules.signs import bundled, format_of
from rules.standing import STAND_INS
from rules.submission import Attachment, Submission


def assign(submission: Submission, notice: Notice) -> Submission:
    """The submission with kind, form and role on every attachment. Deterministic."""
    sorted_out = replace(submission, attachments=tuple(_first(submission, notice)))
    category = submission.claim.category
    if category is None:
        return pasted.set_apart(sorted_out, notice)
    for step in STAND_INS:
        sorted_out = step(sorted_out, category, notice)
    sorted_out = pasted.set_apart(sorted_out, notice)
    return replace(sorted_out, attachments=tuple(_roles(sorted_out, category)))


def maybe_scan(file: Attachment, category: Category | None, notice: Notice) -> bool:
    """Neither name nor looks tell that this picture is no scan, and it is small enough for one."""
    scan = notice.kind("scan", category)
    if scan is None or format_of(file) not in scan.formats or file.facts.page_like is False:
        return False
    return not measure.too_big(file.facts.size, scan.max_size)


def _first(submission: Submission, notice: Notice) -> Iterator[Attachment]:
    category = submission.claim.category
    bundles = {a.name for a in submission.attachments if bundled(a)}
    for came in submission.attachments:
        fresh = not (came.kind or came.role or came.form)
        file = came if fresh else replace(came, kind="", role="", form="")
        beside = left_over(file, submission.attachments)
        if file.ignored or bundles.intersection(file.path) or beside:
            yield replace(file, role="ignored")
        elif family(format_of(file)) == "archive":
            yield replace(file, kind="archive", role="container")
        elif form := forms.which(file, category, notice):
            filled = tuple(forms.read(file, form).items())
            yield replace(file, kind="form", form=form.id, filled=filled)
        else:
            yield replace(file, kind=_kind(file, category, notice))


def _kind(file: Attachment, category: Category | None, notice: Notice) -> str:
    kind = filling.plain_kind(format_of(file))
    if kind == "other" and _called_text(file, category, notice):
        return "text"
    if kind != "image":
        return kind
    image = notice.kind("image", category)
    large = image is not None and measure.too_big(file.facts.size, image.max_size)
    page = large and file.facts.page_like is True
    return "scan" if named_scan(file.name) or page else "image"


def _called_text(file: Attachment, category: Category | None, notice: Notice) -> bool:
    """Slides or a table under the name of a Word document stand in its place."""
    other = notice.kind("other", category)
    taken = other is not None and format_of(file) in other.formats
    return not taken and family(by_name(file.name)) == "text" != family(format_of(file)) != ""


def _roles(submission: Submission, category: Category) -> Iterator[Attachment]:
    used = {id(f) for part in category.parts for f in filling.fillers(part, submission)}
    for file in submission.attachments:
        role = "part" if id(file) in used else "extra"
        yield file if file.role else replace(file, role=role)
