"""The end of a PDF is found where pypdf finds it, only sooner."""

import io
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.errors import PdfReadError

from daemon.inspection import eof
from tests import material
from tests.daemon.inspection.files import facts_of

MARKS = (b"%%EOF", b"%%EO", b"%%", b"%", b"EOF", b"startxref", b"12", b"a")
SPACES = (b"\r", b"\n", b"\r\n", b" ", b"\t", b"\0")
LONG = (b"y" * 8191, b"z" * 8192)
pieces = st.sampled_from((*MARKS, *SPACES, *LONG))


def place(data: bytes, start: int) -> int | str:
    """Where pypdf stands once it has looked for the mark, walking back from `start`."""
    stream = io.BytesIO(data)
    stream.seek(start)
    reader = PdfReader.__new__(PdfReader)
    reader.strict = False
    try:
        reader._find_eof_marker(stream)
    except PdfReadError as error:
        return str(error)
    return stream.tell()


@settings(max_examples=400, deadline=None)
@given(st.lists(pieces, min_size=1, max_size=14).map(b"".join))
@example(b"%%EOF")
@example(b"%%EOF\nx")
@example(b"\n%%EOF\r\r\nx\n")
@example(b"a\n%%EOF b\ncd %%EO")
@example(b"a\n%%EOF\nstartxref 12 %%EOF \n\n")
def test_the_mark_is_found_where_a_walk_from_the_end_finds_it(data: bytes) -> None:
    assert place(data, eof.behind(data)) == place(data, len(data))


def test_what_a_tool_wrote_behind_the_mark_is_stepped_over() -> None:
    whole = b"startxref\n9\n%%EOF"
    assert eof.behind(whole + b"\n%" + bytes(40_000)) == len(whole)


def test_a_cut_pdf_has_no_mark() -> None:
    assert eof.behind(b"%PDF-1.7\n" + bytes(40_000)) == 0


@pytest.mark.parametrize("behind", [b"", b"\n%" + b"ab" * 20_000, b"\n" * 3, b"\n%%EOF\n" * 2])
def test_a_pdf_with_something_behind_its_mark_is_read(tmp_path: Path, behind: bytes) -> None:
    facts = facts_of(tmp_path, "a.pdf", material.pdf("No 1") + behind)
    assert (facts.pages, facts.damaged, facts.text_layer) == (1, "", True)


def test_a_pdf_that_was_cut_is_damaged(tmp_path: Path) -> None:
    data = material.scan_pdf()
    assert facts_of(tmp_path, "a.pdf", data[: len(data) * 9 // 10]).damaged == "unopenable"
