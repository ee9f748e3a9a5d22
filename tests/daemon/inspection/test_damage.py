"""However a file is broken, it gets its facts: no reader lets an exception out."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from tests import material
from tests.daemon.inspection.files import facts_of
from tests.daemon.inspection.rars import rar5
from tests.daemon.inspection.word97 import table_doc

WHOLE = (
    material.form(merged=True),
    material.docm(),
    table_doc("附件1", [["联系人", "张老师"]], "x", edges=[(0, 9, 99)], merged=[(False, True)]),
    material.doc("春天里", pictures=(material.jpeg(64, 48),)),
    material.encrypted_office(),
    material.jpeg(64, 48),
    material.png(64, 48),
    material.gif(),
    material.webp(64, 48),
    material.heic(64, 48, size=400),
    material.pdf(),
    material.locked_pdf(),
    material.scan_pdf(),
    material.zip_of({"a.txt": b"x", "b.txt": b"y" * 99}),
    rar5(b"a.txt", b"hello"),
    material.exe(),
    material.rtf("x"),
)
NAMES = ("a.docx", "a.doc", "a.jpg", "a.pdf", "a.wps", "a")

edits = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.sampled_from([b"", b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff", b"\x01"])
        | st.binary(max_size=8),
        st.integers(0, 40),
    ),
    max_size=12,
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(WHOLE), edits, st.sampled_from(NAMES))
def test_a_broken_file_has_facts(
    data: bytes, changes: list[tuple[float, bytes, int]], name: str
) -> None:
    """Bytes are replaced, put in, left out; from 0 to 12 places at once."""
    for where, put, dropped in changes:
        at = int(where * len(data))
        data = data[:at] + put + data[at + dropped :]
    with TemporaryDirectory() as folder:
        facts = facts_of(Path(folder), name, data)
    assert (facts.format == "empty") == (not data)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=600), st.sampled_from(NAMES))
def test_any_bytes_have_facts(data: bytes, name: str) -> None:
    with TemporaryDirectory() as folder:
        facts = facts_of(Path(folder), name, data)
    assert facts.size == len(data)
