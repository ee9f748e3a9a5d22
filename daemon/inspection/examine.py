"""One file, from its bytes to its Facts. Runs inside a worker; what it raises ends the worker."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from daemon.inspection import sieve
from daemon.inspection.format import recognise
from rules.submission import Facts

Examiner = Callable[[Path, Facts], Facts]


def examine(path: Path, name: str, size: int, sha256: str) -> Iterator[Facts]:
    """What is known, more of it each time: a worker that is lost has said the first part."""
    mime = sieve.opinion(path) if size else ""
    sort = recognise(path, name, mime)
    facts = Facts(
        size=size,
        sha256=sha256,
        format=sort.format,
        mime=mime,
        executable=sort.executable,
        encrypted=sort.encrypted,
        damaged=sort.damaged,
        macros=sort.macros,
    )
    yield facts
    if sort.encrypted or sort.damaged or sort.format not in _WORLDS:
        return
    try:
        yield _WORLDS[sort.format]()(path, facts)
    except (MemoryError, RecursionError):  # the limits of the worker, reached by honest means
        yield replace(facts, unknown="limits")


def _picture() -> Examiner:
    from daemon.inspection import image

    return image.examine


def _apple_picture() -> Examiner:
    from daemon.inspection import heic

    return heic.examine


def _film() -> Examiner:
    from daemon.inspection import video

    return video.examine_film


def _other_media() -> Examiner:
    from daemon.inspection import video

    return video.examine_other


def _pdf() -> Examiner:
    from daemon.inspection import pdf

    return pdf.examine


def _docx() -> Examiner:
    from daemon.inspection.word import docx

    return docx.examine


def _doc() -> Examiner:
    from daemon.inspection.word import doc

    return doc.examine


# Imported when the first such file comes: a mail with one picture does not wait for PDF.
_WORLDS: Final[dict[str, Callable[[], Examiner]]] = {
    **dict.fromkeys(("jpeg", "png", "gif", "bmp", "webp", "tiff"), _picture),
    **dict.fromkeys(("heic", "heif", "avif"), _apple_picture),
    **dict.fromkeys(("mp4", "mov", "m4v", "3gp", "m4a"), _film),
    **dict.fromkeys(("avi", "wmv", "mkv", "webm", "flv", "mpeg", "ts", "rm"), _other_media),
    **dict.fromkeys(("mp3", "wav", "aac", "flac", "ogg", "amr", "wma"), _other_media),
    **dict.fromkeys(("docx", "docm", "dotx", "dotm"), _docx),
    "doc": _doc,
    "pdf": _pdf,
}
