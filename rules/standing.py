"""What stands in the place of a part that is missing, each by a rule of thumb of its own."""

from dataclasses import replace

from rules import files, filling, forms, measure
from rules.files import named_scan
from rules.formats import family
from rules.notice import Category, Notice
from rules.signs import format_of
from rules.submission import Attachment, Submission

_MUCH = 300  # characters beside a form's table: no form has so many, and a manuscript more


def numbered(submission: Submission, category: Category, notice: Notice) -> Submission:
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


def stamped(submission: Submission, category: Category, notice: Notice) -> Submission:
    """Where the form is still missing, what is called stamped or signed is the form."""
    lacking = [g.part.form for g in filling.gaps(submission, notice) if g.part.form]
    taken = notice.kind("form", category)
    chosen = [
        a
        for a in submission.files()
        if files.stamped(a.name)
        and a.kind in {"scan", "image"}
        and a.facts.page_like is not False
        and taken is not None
        and format_of(a) in taken.formats
    ]
    return _rekind(submission, chosen, "form", lacking[0]) if lacking else submission


def bare(name: str) -> str:
    """“附件1.docx” → “附件1”."""
    return name.rpartition(".")[0].strip()


def manuscripts(submission: Submission, category: Category, notice: Notice) -> Submission:
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


def pages(submission: Submission, category: Category, notice: Notice) -> Submission:
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


def pictures(submission: Submission, category: Category, notice: Notice) -> Submission:
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
    if not chosen:
        return submission
    ids = {id(file) for file in chosen}
    changed = (
        replace(a, kind=kind, form=form) if id(a) in ids else a for a in submission.attachments
    )
    return replace(submission, attachments=tuple(changed))


# In this order: the form first, for what is the form is no longer free to be the text.
STAND_INS = (numbered, stamped, manuscripts, pages, pictures)
