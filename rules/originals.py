"""Pictures in a document, and which attached files are their originals (decided reading 7)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rules import cropping
from rules.files import sound
from rules.filling import closed_box, link_kind
from rules.likeness import alike
from rules.submission import Attachment, Picture, Submission

SIDE, BYTES = 200, 20 * 1024  # smaller ones are emblems and bullets
_MOST = 60  # pairs of pictures that are laid over each other; beyond them nobody is accused


@dataclass(frozen=True, slots=True)
class Lack:
    """A document, the pictures in it, and those of them whose original did not come: certainly,
    or perhaps (a file shows something alike, as the whole of a crop does)."""

    document: Attachment
    shown: tuple[Picture, ...]
    missing: tuple[Picture, ...]
    unsure: tuple[Picture, ...] = ()


def lacks(submission: Submission) -> Iterator[Lack]:
    """Documents with pictures that should also have come as files of their own, and did not."""
    return (lack for lack in compared(submission) if lack.missing)


def compared(submission: Submission) -> Iterator[Lack]:
    """Documents with pictures whose originals are not all there for certain.

    Without a new text in this mail the earlier one is still the text, and so are its pictures.
    """
    category = submission.claim.category
    if category is None or not category.originals or may_hide_pictures(submission):
        return
    came = pictures(submission)
    earlier = [f for f in submission.before if f.kind == "text"]
    for text in sound(submission, "text") or earlier:
        shown = embedded(text)
        missing, unsure = without_original(shown, came)
        if missing or unsure:
            yield Lack(text, shown, missing, unsure)


def embedded(file: Attachment) -> tuple[Picture, ...]:
    """The pictures of a document that count, each once."""
    big = [p for p in file.facts.pictures if min(p.width, p.height) >= SIDE and p.size >= BYTES]
    return tuple(
        {p.hash if p.hash is not None else ("?", n): p for n, p in enumerate(big)}.values()
    )


def pictures(submission: Submission) -> tuple[Attachment, ...]:
    """The files that may be originals, those of earlier versions too."""
    kinds = {"image", "scan"}
    here = sound(submission, *kinds)
    return (*here, *(f for f in submission.before if f.kind in kinds))


def may_hide_pictures(submission: Submission) -> bool:
    """A link or an archive that may hold the originals."""
    return closed_box(submission) or any(
        link_kind(link) in {"", "image"} for link in submission.links
    )


def original_of(picture: Picture, files: Sequence[Attachment]) -> Attachment | None:
    """The attached file that shows the same picture; the largest of several."""
    same = [f for f in files if alike(picture.hash, f.facts.hash)]
    return max(same, key=lambda f: (f.facts.width or 0) * (f.facts.height or 0), default=None)


def outdone(submission: Submission) -> frozenset[str]:
    """Names of files whose picture stands in a text with clearly more pixels."""
    came = pictures(submission)
    pairs = (
        (picture, original_of(picture, came))
        for text in sound(submission, "text")
        for picture in embedded(text)
    )
    return frozenset(file.name for shown, file in pairs if file and _fewer(file, shown))


def _fewer(file: Attachment, shown: Picture) -> bool:
    """At least a tenth fewer: cropping a margin is no reduction."""
    pixels = (file.facts.width or 0) * (file.facts.height or 0)
    return pixels * 10 < shown.width * shown.height * 9


def without_original(
    shown: Sequence[Picture], files: Sequence[Attachment]
) -> tuple[tuple[Picture, ...], tuple[Picture, ...]]:
    """The pictures that certainly have no original among the files, and those that may have one.

    What could not be hashed (a HEIC, a drawing) may be the other half of a pair: it excuses one.
    """
    blind = sum(f.facts.hash is None for f in files)
    hashed = sum(f.facts.hash is not None for f in files)
    unhashed = [p for p in shown if p.hash is None][hashed + blind :]
    other = [p for p in shown if p.hash is not None and original_of(p, files) is None]
    fits = [(p, _fit(p, files, n)) for n, p in enumerate(other)]
    lost = [p for p, fit in fits if fit < cropping.UNSURE][blind:]
    unsure = [p for p, fit in fits if cropping.UNSURE <= fit < cropping.SAME]
    return (*lost, *unhashed), tuple(unsure)


def _fit(picture: Picture, files: Sequence[Attachment], turn: int) -> float:
    """How well the picture fits into the file into which it fits best."""
    if picture.sketch and (turn + 1) * len(files) > _MOST:
        return cropping.UNSURE
    fits = (cropping.likeness(picture.sketch, f.facts.sketch) for f in files)
    best = max(fits, default=0.0)
    composed = best < cropping.UNSURE and any(_holds(picture, f) for f in files)
    return cropping.UNSURE if composed else best


def _holds(picture: Picture, file: Attachment) -> bool:
    """Several photographs put together into one picture (拼图): each came, it did not."""
    return cropping.likeness(file.facts.sketch, picture.sketch) >= cropping.SAME
