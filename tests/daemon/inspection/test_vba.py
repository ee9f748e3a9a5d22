"""Only a project with code in it is a macro: Word keeps an empty one in many a document."""

import struct
from pathlib import Path

import pytest

from daemon.inspection.word import vba
from tests import material
from tests.daemon.inspection.files import facts_of
from tests.material.zips import rezip

EMPTY = 'Attribute VB_Name = "ThisDocument"\r\nAttribute VB_Base = "0{00020906}"\r\n'
CODE = EMPTY + 'Sub AutoOpen()\r\nMsgBox "x"\r\nEnd Sub\r\n'
COMMENTED = EMPTY + "Option Explicit\r\n' 张三 2003\r\nRem nothing\r\n\r\n"
COMPILED = b"\x01\x16\x03\x00" * 8  # what stands before the source in a module's stream


def packed(data: bytes) -> bytes:
    """A compressed container of letters alone: a zero flag before every eight."""
    chunk = b"".join(b"\0" + data[i : i + 8] for i in range(0, len(data), 8))
    head = struct.pack("<H", 0xB000 | (len(chunk) - 1)) if chunk else b""
    return b"\x01" + head + chunk


def project(source: str) -> dict[str, bytes]:
    name = b"ThisDocument"
    records = struct.pack("<HIIH", 0x0009, 4, 1, 2)  # the version, longer than it says
    records += struct.pack("<HI", 0x001A, len(name)) + name
    records += struct.pack("<HII", 0x0031, 4, len(COMPILED))
    return {"VBA/dir": packed(records), "VBA/ThisDocument": COMPILED + packed(source.encode())}


@pytest.mark.parametrize(
    ("source", "macros"), [(EMPTY, False), (COMMENTED, False), (CODE, True), ("", False)]
)
def test_code_in_a_doc_is_a_macro(tmp_path: Path, source: str, *, macros: bool) -> None:
    streams = {f"Macros/{path}": data for path, data in project(source).items()}
    data = material.compound({"WordDocument": bytes(600), **streams})
    assert facts_of(tmp_path, "稿件.doc", data).macros is macros


@pytest.mark.parametrize(("source", "macros"), [(EMPTY, False), (CODE, True)])
def test_code_in_a_docx_is_a_macro(tmp_path: Path, source: str, *, macros: bool) -> None:
    extra = {"word/vbaProject.bin": material.compound(project(source))}
    data = rezip(material.docx("x"), extra=extra)
    assert facts_of(tmp_path, "稿件.docx", data).macros is macros


@pytest.mark.parametrize(
    "streams",
    [
        {"VBA/_VBA_PROJECT": b"x"},
        {"VBA/dir": b""},
        {"VBA/dir": b"\x02 not packed"},
        {"VBA/dir": packed(b"")},
        {"VBA/dir": project(EMPTY)["VBA/dir"]},
        {"VBA/dir": b"\x01" + struct.pack("<H", 0xB002) + b"\x01\xff\x0f"},
    ],
)
def test_a_project_that_cannot_be_read_counts_as_code(
    tmp_path: Path, streams: dict[str, bytes]
) -> None:
    streams = {f"Macros/{path}": data for path, data in streams.items()}
    data = material.compound({"WordDocument": bytes(600), **streams})
    assert facts_of(tmp_path, "稿件.doc", data).macros


def test_what_came_before_is_copied_from_where_it_stands() -> None:
    """The example of [MS-OVBA] 3.2.3: seventy-three letters a, of which one is written."""
    assert vba._expanded(bytes.fromhex("0103b002614500")) == b"a" * 73
