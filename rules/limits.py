"""Files held against what their kind allows: the format, and the size."""

from collections.abc import Iterable, Iterator

from rules.formats import called
from rules.measure import bytes_said, too_big, wanted
from rules.notice import Kind, Notice
from rules.signs import format_of, garbled
from rules.submission import Attachment, Submission
from rules.verdict import Evidence, Seen, Values


def strangers(
    files: Iterable[Attachment], submission: Submission, notice: Notice
) -> Iterator[tuple[Attachment, Kind]]:
    """The files whose format their kind does not take. What shows no format at all is damaged."""
    for file in files:
        kind = notice.kind(file.kind, submission.claim.category)
        if kind and format_of(file) not in kind.formats and not garbled(file):
            yield file, kind


def as_found(file: Attachment, kind: Kind) -> Values:
    """The words of a wrong format: what it is, and what is wanted."""
    return {"format": called(format_of(file)), "title": kind.title, "wanted": wanted(kind)}


def oversize(files: Iterable[Attachment], submission: Submission, notice: Notice) -> Seen:
    """The files beyond the size their kind allows, with the size measured and by how much."""
    for file in files:
        kind, size = notice.kind(file.kind, submission.claim.category), file.facts.size
        if kind and kind.max_size is not None and too_big(size, kind.max_size):
            values: Values = {
                "size": bytes_said(size),
                "over": bytes_said(size - kind.max_size),
                "limit": bytes_said(kind.max_size),
                "title": kind.title,
            }
            yield Evidence(file.name, values)
