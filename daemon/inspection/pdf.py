"""PDF: does it open, for whom, how many pages, is there text; and the text of short ones."""

import logging
import mmap
import signal
import struct
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from types import FrameType
from typing import IO, Any, Final, cast

import pypdf
from pypdf.errors import (
    DependencyError,
    DeprecationError,
    FileNotDecryptedError,
    LimitReachedError,
    PdfReadError,
    PyPdfError,
)

from daemon.inspection import disk, eof, password
from daemon.inspection.sort import Sample
from rules import contact
from rules.submission import Facts

_PAGES_READ: Final = 5
_PATIENCE: Final = 5.0  # seconds for the text; without it the rest still stands
_LONGEST: Final = 100_000
_MOST_ROWS: Final = 200

# What pypdf lets through on broken files beside its own errors.
BROKEN: Final = (
    OSError, PyPdfError, DeprecationError, ValueError, TypeError, KeyError, IndexError,
    AttributeError, AssertionError, NotImplementedError, OverflowError, struct.error, zlib.error,
)  # fmt: skip


class _Reader(pypdf.PdfReader):
    """Opens what is under AES-256 too, as far as it goes without the cryptography wheel."""

    def _handle_encryption(self, given: str | bytes | None) -> None:
        try:
            super()._handle_encryption(given)
        except DependencyError:  # it cannot check the password; `password` can
            self._override_encryption = False

    def _find_eof_marker(self, stream: IO[bytes]) -> None:
        try:
            with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
                stream.seek(eof.behind(data))
        except OSError:  # a PDF larger than the memory that a worker may have
            pass
        super()._find_eof_marker(stream)


class _TooSlow(BaseException):
    """The text took longer than it is worth. No `except Exception` in a library may swallow it."""


def examine(sample: Sample, facts: Facts) -> Facts:
    """Pages, encryption and damage always; text and tables of the first pages when quick."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns of every oddity it mends
    with sample.path.open("rb") as file:
        try:
            reader = _Reader(file)
            if reader.is_encrypted and not _opens(reader):
                return replace(facts, encrypted=True)
            known = replace(facts, pages=_count(reader))
        except (DependencyError, FileNotDecryptedError):  # AES: viewers open it, pypdf cannot
            return facts
        except LimitReachedError:
            return replace(facts, unknown="limits")
        except BROKEN as error:
            disk.pass_on(error)
            return replace(facts, damaged="unopenable")
        return _with_text(reader, known)


def _opens(reader: pypdf.PdfReader) -> bool:
    """Whether the empty password opens it: then only changing it was forbidden."""
    try:
        return bool(reader.decrypt(""))
    except DependencyError:
        return password.is_empty(cast("Mapping[str, Any]", reader.trailer["/Encrypt"]))


def _count(reader: pypdf.PdfReader) -> int:
    """The pages found, or as many as the document says where one of them is not well made."""
    try:
        return len(reader.pages)
    except (PdfReadError, TypeError, AttributeError):  # a page that is no dictionary, a loop
        said = reader.root_object["/Pages"].get("/Count", 0)  # type: ignore[attr-defined]
        if int(said) < 1:
            raise
        return int(said)


def _with_text(reader: pypdf.PdfReader, facts: Facts) -> Facts:
    try:
        with _at_most(_PATIENCE):
            text = "\n".join(_pages(reader))
    except (_TooSlow, DependencyError, *BROKEN):
        return facts  # pages are there; a viewer shows them, whatever their text is coded in
    table = tuple(_rows(text))
    return replace(
        facts,
        text_layer=bool(text.strip()),
        chars=len("".join(text.split())),
        tables=(table,) if table else (),
        contact=contact.find_in_tables((table,)) or contact.find(text),
    )


def _pages(reader: pypdf.PdfReader) -> Iterator[str]:
    for page in reader.pages[:_PAGES_READ]:
        yield page.extract_text(extraction_mode="layout")[:_LONGEST]


def _rows(text: str) -> Iterator[tuple[str, ...]]:
    """Lines as rows: cells stand apart by two spaces, or by the colon behind a label."""
    for line in text.splitlines()[:_MOST_ROWS]:
        cells = [part.strip() for part in line.replace("：", "  ").split("  ")]
        row = tuple(cell for cell in cells if cell)
        if row:
            yield row


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Interrupt pure Python after so long. Only in a worker's own main thread."""

    def stop(number: int, frame: FrameType | None) -> None:
        del number, frame
        raise _TooSlow

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
