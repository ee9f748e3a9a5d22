"""The splitter: any bytes are a mail, read whole and the same in blocks of any size."""

import shutil
import tempfile
from pathlib import Path

from daemon.message import read
from daemon.mime.limits import Excess, Limits
from daemon.mime.source import Source, Span
from daemon.mime.split import split


def check(data: bytes) -> None:
    folder = Path(tempfile.mkdtemp(dir="/dev/shm"))
    try:
        raw = folder / "mail.eml"
        raw.write_bytes(data)
        whole, small = spans(raw, Limits()), spans(raw, Limits(block=61))
        assert whole == small
        assert all(0 <= span.start <= span.end <= len(data) for span in whole)
        opened = read(raw, folder)
        assert all(file.disk.stat().st_size == file.size for file in opened.files)
    finally:
        shutil.rmtree(folder)


def spans(raw: Path, limits: Limits) -> list[Span]:
    found: list[Span] = []
    with Source(raw, limits) as source:
        try:
            found.extend(part.body for part in split(source))
        except Excess:
            found.append(Span(0, 0))
    return found
