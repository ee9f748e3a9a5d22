"""What each file is for: its kind, the form it is, whether it fills a part."""

from collections.abc import Iterator
from dataclasses import replace

from rules import filling, forms, measure
from rules.files import format_of, named_scan
from rules.formats import family
from rules.notice import Category, Notice
from rules.submission import Attachment, Submission

_MUCH = 300  # characters beside a form's table: no form has so many, and a manuscript more


def assign(submission: Submission, notice: Notice) -> Submission:
    """The submission with kind, form and role on every attachment. Deterministic."""
    sorted_out = replace(submission, attachments=tuple(_first(submission, notice)))
    category = submission.claim.category
    if category is None:
        return sorted_out
    formed = _numbered(sorted_out, category, notice)
    paged = _pages(_manuscripts(formed, category, notice), category, notice)
    pictured = _pictures(paged, category, notice)
    return replace(pictured, attachments=tuple(_roles(pictured, category)))


def maybe_scan(file: Attachment, category: Category | None, notice: Notice) -> bool:
    """Neither name nor looks tell that this picture is no scan, and it is small enough for one."""
    scan = notice.kind("scan", category)
    if scan is None or format_of(file) not in scan.formats or file.facts.page_like is False:
        return False
    return not measure.too_big(file.facts.size, scan.max_size)


def _first(submission: Submission, notice: Notice) -> Iterator[Attachment]:
    category = submission.claim.category
    for came in submission.attachments:
        file = replace(came, kind="", role="", form="")
        if file.ignored:
            yield replace(file, role="ignored")
        elif family(format_of(file)) == "archive":
            yield replace(file, kind="archive", role="container")
        elif form := forms.which(file, category, notice):
            yield replace(file, kind="form", form=form.id)
        else:
            yield replace(file, kind=_kind(file, category, notice))


def _kind(file: Attachment, category: Category | None, notice: Notice) -> str:
    kind = filling.plain_kind(format_of(file))
    if kind != "image":
        return kind
    image = notice.kind("image", category)
    large = image is not None and measure.too_big(file.facts.size, image.max_size)
    page = large and file.facts.page_like is True
    return "scan" if named_scan(file.name) or page else "image"


def _numbered(submission: Submission, category: Category, notice: Notice) -> Submission:
    """Where no file is the form by title or labels, the one that bears its number is.

    Of Word files only one beside which a text is left: “附件1 故事.docx” alone is the text.
    """
    for form in forms.asked(category, notice):
        lacking = {gap.part.form for gap in filling.gaps(submission, notice)}
        texts = [a for a in submission.files() if a.kind == "text"]
        for file in submission.files():
            spare = file.kind != "text" or len(texts) > 1 or bare(file.name) == form.id
            if form.id in lacking and spare and forms.numbered(file, form):
                return _rekind(submission, [file], "form", form.id)
    return submission


def bare(name: str) -> str:
    """“附件1.docx” → “附件1”."""
    return name.rpartition(".")[0].strip()


def _manuscripts(submission: Submission, category: Category, notice: Notice) -> Submission:
    """Where the text is missing, a Word file taken for the form may be it, or hold both."""
    texts = [p for p in category.parts if "text" in p.kinds]
    if not texts or any(filling.fillers(p, submission) for p in texts):
        return submission
    taken = [a for a in submission.files() if a.kind == "form" and _readable(a)]
    true = [a for a in taken if forms.labelled(a, notice)]
    if true and (false := [a for a in taken if a not in true]):
        return _rekind(submission, false, "text")  # the name alone made it the form
    both = [a for a in true if forms.beside(a) > _MUCH]
    return _rekind(submission, both, "text", both[0].form) if both else submission


def _readable(file: Attachment) -> bool:
    return family(format_of(file)) == "text" and file.facts.chars is not None


def _pages(submission: Submission, category: Category, notice: Notice) -> Submission:
    """Where the text is missing, a PDF stands in its place (and is told that it is not Word)."""
    text = next((p for p in category.parts if "text" in p.kinds and "scan" not in p.kinds), None)
    if (
        text is None
        or filling.fillers(text, submission)
        or filling.linked(text, submission, notice)
    ):
        return submission
    pages = [a for a in submission.files() if _page(a)]
    if any(gap.part.form for gap in filling.gaps(submission, notice)):
        pages = [a for a in pages if not named_scan(a.name)]
    return _rekind(submission, pages[:1], "text")


def _page(file: Attachment) -> bool:
    return file.kind == "scan" and family(format_of(file)) == "page"


def _pictures(submission: Submission, category: Category, notice: Notice) -> Submission:
    """Where pictures are missing, a JPG called a scan is taken as the picture it may well be."""
    image = notice.kind("image", category)
    lacking = [g for g in filling.gaps(submission, notice) if "image" in g.part.kinds]
    if not lacking or image is None:
        return submission
    scans = [
        a
        for a in submission.files()
        if a.kind == "scan"
        and format_of(a) in image.formats
        and not measure.too_big(a.facts.size, image.max_size)
    ]
    return _rekind(submission, scans, "image")


def _rekind(
    submission: Submission, chosen: list[Attachment], kind: str, form: str = ""
) -> Submission:
    ids = {id(file) for file in chosen}
    changed = (
        replace(a, kind=kind, form=form) if id(a) in ids else a for a in submission.attachments
    )
    return replace(submission, attachments=tuple(changed))


def _roles(submission: Submission, category: Category) -> Iterator[Attachment]:
    used = {id(f) for part in category.parts for f in filling.fillers(part, submission)}
    for file in submission.attachments:
        role = "part" if id(file) in used else "extra"
        yield replace(file, role=file.role or role)
