"""A .doc: the same facts, out of the binary format."""

import struct
from pathlib import Path

import pytest

from rules.submission import Facts
from tests import material
from tests.daemon.inspection.files import facts_of
from tests.daemon.inspection.word97 import table_doc

HYPERLINK = "\x13 HYPERLINK mailto:x \x14电子邮件\x15"


def examined(folder: Path, data: bytes, name: str = "稿件.doc") -> Facts:
    return facts_of(folder, name, data)


def test_text_is_counted_and_the_contact_found(tmp_path: Path) -> None:
    facts = examined(tmp_path, material.doc("春天里", material.CONTACT))
    assert facts.chars == 3 + len("".join(material.CONTACT.split()))
    assert facts.contact is not None
    assert facts.contact.name == "张老师"


def test_a_field_shows_its_result_and_not_its_code(tmp_path: Path) -> None:
    assert examined(tmp_path, material.doc(HYPERLINK)).chars == 4


def test_latin_text_is_stored_in_one_byte_a_character(tmp_path: Path) -> None:
    facts = examined(tmp_path, table_doc("before", [["a", "b"]], "after", compressed=True))
    assert (facts.chars, facts.tables) == (13, ((("a", "b"),),))


def test_a_table_is_read_cell_by_cell(tmp_path: Path) -> None:
    rows = [["推荐单位", "农学院党委"], ["联 系 人", "张老师"], ["联系电话", "13800138000"]]
    facts = examined(tmp_path, table_doc("附件1", rows, "盖章"))
    assert facts.tables == (tuple(map(tuple, rows)),)
    assert facts.contact is not None
    assert (facts.contact.name, facts.contact.way) == ("张老师", "13800138000")


def test_merged_cells_stand_in_every_place_they_cover(tmp_path: Path) -> None:
    data = table_doc(
        "",
        [["作者", "姓名", "张三"], ["", "内容"]],
        "",
        edges=[(0, 1000, 2000, 3000), (0, 1000, 3000)],
        merged=[(False, False, False), (True, False)],
    )
    assert examined(tmp_path, data).tables == (
        (("作者", "姓名", "张三"), ("作者", "内容", "内容")),
    )


def test_a_row_of_empty_cells_is_a_row(tmp_path: Path) -> None:
    facts = examined(tmp_path, table_doc("x", [["", "", ""]], "y"))
    assert facts.tables == ((("", "", ""),),)


def test_pictures_are_measured_and_hashed(tmp_path: Path) -> None:
    photo = material.jpeg(1600, 1200)
    (picture,) = examined(tmp_path, material.doc("图", pictures=(photo, photo))).pictures
    assert (picture.width, picture.height, picture.size) == (1600, 1200, len(photo))
    assert picture.hash == facts_of(tmp_path, "a.jpg", photo).hash


def test_macros_are_seen(tmp_path: Path) -> None:
    assert examined(tmp_path, material.doc("x", macros=True)).macros
    assert not examined(tmp_path, material.doc("x")).macros


def test_a_password_is_no_damage(tmp_path: Path) -> None:
    facts = examined(tmp_path, material.doc("x", encrypted=True))
    assert (facts.encrypted, facts.damaged) == (True, "")


def test_a_wps_file_that_is_word_inside_is_read_as_word(tmp_path: Path) -> None:
    facts = examined(tmp_path, material.doc("春天里"), "稿件.wps")
    assert (facts.format, facts.chars) == ("doc", 3)


@pytest.mark.parametrize("keep", [0.1, 0.5, 0.9])
def test_a_document_cut_short_does_not_open(tmp_path: Path, keep: float) -> None:
    data = material.truncated(material.doc("春天里" * 4000), keep=keep)
    assert examined(tmp_path, data).damaged == "unopenable"


def _stream(data: bytes) -> bytes:
    return material.compound({"WordDocument": data, "0Table": bytes(64), "1Table": bytes(64)})


@pytest.mark.parametrize(
    "head",
    [
        b"",
        bytes(2000),
        struct.pack("<HH", 0xA5EC, 0xC1) + bytes(20),
        struct.pack("<HH", 0xA5EC, 0xC1) + b"\xff" * 2000,
    ],
)
def test_a_head_that_makes_no_sense_does_not_open(tmp_path: Path, head: bytes) -> None:
    facts = examined(tmp_path, _stream(head))
    assert facts.format == "doc"
    assert facts.damaged == "unopenable" or facts.encrypted


def test_word_6_is_read_too(tmp_path: Path) -> None:
    text = "联系人：张老师 13800138000\r".encode("gb18030")
    head = struct.pack("<HH", 0xA5DC, 0x68).ljust(0x18, b"\0")
    head = (head + struct.pack("<II", 0x300, 0x300 + len(text))).ljust(0x300, b"\0")
    assert examined(tmp_path, _stream(head + text)).contact is not None
