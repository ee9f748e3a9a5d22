"""The package itself, as entries that are written one after another: into a folder, or a ZIP."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from daemon.errors import Unavailable
from daemon.handover import papers
from daemon.handover.contents import Contents
from daemon.handover.words import words
from daemon.library import CHUNK, SUMS
from rules.notice import Language


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One file of the package. `chunks` reads it anew each time."""

    name: str
    size: int
    at: datetime
    sha256: str
    chunks: Callable[[], Iterator[bytes]]


def entries(contents: Contents, language: Language) -> Iterator[Entry]:
    """Papers first, then the material, the sums of all of them last.

    Equal ledgers and libraries give equal entries, to the last byte.
    """
    said, sums = words(language), []
    sheet = papers.workbook(contents, language)
    notes = papers.text(contents, language).encode("utf-8-sig")
    ours = ((said["list.file"], sheet), (said["unfinished.file"], notes))
    for entry in (*(_paper(name, data, contents) for name, data in ours), *_material(contents)):
        sums.append(f"{entry.sha256}  {entry.name}\n")
        yield entry
    yield _paper(SUMS, "".join(sums).encode(), contents)


def check(contents: Contents) -> None:
    """Look for every file before the first byte is written. Raises Unavailable."""
    for folder in contents.folders:
        for file in folder.files:
            try:
                size = file.source.stat().st_size
            except OSError as error:  # taken away from the library
                raise Unavailable(f"reading {file.source}", error) from error
            if size != file.size:
                raise _changed(file.source)


def _material(contents: Contents) -> Iterator[Entry]:
    for folder in contents.folders:
        for file in folder.files:
            yield Entry(
                name=f"{folder.name}/{file.name}",
                size=file.size,
                at=folder.received,
                sha256=file.sha256,
                chunks=_reader(file.source, file.sha256),
            )


def _paper(name: str, data: bytes, contents: Contents) -> Entry:
    return Entry(
        name=name,
        size=len(data),
        at=contents.made,
        sha256=hashlib.sha256(data).hexdigest(),
        chunks=lambda: iter((data,)),
    )


def _reader(source: Path, sha256: str) -> Callable[[], Iterator[bytes]]:
    def chunks() -> Iterator[bytes]:
        digest = hashlib.sha256()
        try:
            with source.open("rb") as file:
                while chunk := file.read(CHUNK):
                    digest.update(chunk)
                    yield chunk
        except OSError as error:  # taken away while it was read
            raise Unavailable(f"reading {source}", error) from error
        if digest.hexdigest() != sha256:
            raise _changed(source)

    return chunks


def _changed(source: Path) -> Unavailable:
    return Unavailable(f"reading {source}", "the bytes are not those that were recorded")
