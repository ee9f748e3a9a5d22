"""One file, from its bytes to its Facts. Runs inside a worker; what it raises ends the worker."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from daemon.inspection import sieve
from daemon.inspection.format import recognise
from daemon.inspection.sort import Sample
from rules.submission import Facts

Examiner = Callable[[Sample, Facts], Facts]

_HEAD: Final = 64 << 10
# Seconds that the last step of a film or recording may take: MediaInfo can be hung.
_PATIENCE: Final = 8.0


def examine(path: Path, name: str, *, size: int, sha256: str) -> Iterator[tuple[Facts, float]]:
    """What is known, more of it each time: a worker that is lost has said the first parts.

    With it, how many seconds the next part may take; 0 for as long as the limits allow.
    """
    with path.open("rb") as file:
        head = os.pread(file.fileno(), _HEAD, 0)  # libmagic reads on from where the file is
        mime = sieve.opinion(file, head) if size else ""
        sample = Sample(path=path, file=file, head=head, name=name, mime=mime)
        yield from _examined(sample, recognised(sample, size=size, sha256=sha256))


def _examined(sample: Sample, facts: Facts) -> Iterator[tuple[Facts, float]]:
    closed = facts.encrypted or facts.damaged
    steps = () if closed else _WORLDS.get(facts.format, _nothing)()
    for step in steps:
        hurried = step is steps[-1] and facts.format in _MEDIA
        yield facts, _PATIENCE if hurried else 0.0
        try:
            facts = step(sample, facts)
        except (MemoryError, RecursionError):  # the limits of the worker, reached by honest means
            facts = replace(facts, unknown="limits")
            break
    yield facts, 0.0


def recognised(sample: Sample, *, size: int, sha256: str) -> Facts:
    """What a look at the container tells."""
    sort = recognise(sample)
    return Facts(
        size=size,
        sha256=sha256,
        format=sort.format,
        mime=sample.mime,
        executable=sort.executable,
        encrypted=sort.encrypted,
        damaged=sort.damaged,
        macros=sort.macros,
    )


def _nothing() -> tuple[Examiner, ...]:
    return ()


def _picture() -> tuple[Examiner, ...]:
    from daemon.inspection import image

    return (image.examine,)


def _apple_picture() -> tuple[Examiner, ...]:
    from daemon.inspection import heic

    return (heic.examine,)


def _film() -> tuple[Examiner, ...]:
    from daemon.inspection import video

    return video.from_boxes, video.from_mediainfo_if_open


def _other_media() -> tuple[Examiner, ...]:
    from daemon.inspection import video

    return (video.from_mediainfo,)


def _pdf() -> tuple[Examiner, ...]:
    from daemon.inspection import pdf

    return (pdf.examine,)


def _docx() -> tuple[Examiner, ...]:
    from daemon.inspection.word import docx

    return (docx.examine,)


def _doc() -> tuple[Examiner, ...]:
    from daemon.inspection.word import doc

    return (doc.examine,)


# Imported when the first such file comes: a mail with one picture does not wait for PDF.
_WORLDS: Final[dict[str, Callable[[], tuple[Examiner, ...]]]] = {
    **dict.fromkeys(("jpeg", "png", "gif", "bmp", "webp", "tiff"), _picture),
    **dict.fromkeys(("heic", "heif", "avif"), _apple_picture),
    **dict.fromkeys(("mp4", "mov", "m4v", "3gp", "m4a"), _film),
    **dict.fromkeys(("avi", "wmv", "mkv", "webm", "flv", "mpeg", "ts", "rm"), _other_media),
    **dict.fromkeys(("mp3", "wav", "aac", "flac", "ogg", "amr", "wma"), _other_media),
    **dict.fromkeys(("docx", "docm", "dotx", "dotm"), _docx),
    "doc": _doc,
    "pdf": _pdf,
}
_MEDIA: Final = frozenset(word for word, world in _WORLDS.items() if world in {_film, _other_media})
