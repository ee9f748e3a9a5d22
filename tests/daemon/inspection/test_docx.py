"""A .docx: what is said in it, what it shows, and what it would do."""

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document

from rules.submission import Facts
from tests import material
from tests.daemon.inspection.files import facts_of
from tests.material.zips import rezip

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def examined(folder: Path, data: bytes) -> Facts:
    return facts_of(folder, "稿件.docx", data)


def with_body(xml: str, *, head: str = "") -> bytes:
    """A document of which the body is this XML."""
    body = f'<?xml version="1.0"?>{head}<w:document {W}><w:body>{xml}</w:body></w:document>'
    return rezip(material.docx("x"), extra={"word/document.xml": body.encode()})


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(text: str, *, span: int = 1, merge: str = "") -> str:
    merged = {"": "", "restart": '<w:vMerge w:val="restart"/>', "on": "<w:vMerge/>"}[merge]
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/>{merged}</w:tcPr>{paragraph(text)}</w:tc>'


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def test_characters_are_counted_without_white_space(tmp_path: Path) -> None:
    facts = examined(tmp_path, with_body(paragraph("春 天\u3000里") + paragraph("a\tb")))
    assert (facts.chars, facts.damaged, facts.macros) == (5, "", False)


def test_the_contact_is_found_in_the_text(tmp_path: Path) -> None:
    contact = examined(tmp_path, material.manuscript()).contact
    assert contact is not None
    assert (contact.name, contact.way) == ("张老师", "13800138000")


@pytest.mark.parametrize("part", ["header", "footer"])
def test_the_contact_is_found_in_headers_and_footers(tmp_path: Path, part: str) -> None:
    document = Document()
    document.add_paragraph("正文")
    getattr(document.sections[0], part).paragraphs[0].text = material.CONTACT
    out = io.BytesIO()
    document.save(out)
    facts = examined(tmp_path, out.getvalue())
    assert facts.contact is not None
    assert facts.chars == 2


def test_the_contact_is_found_in_a_text_box_and_counted_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph(material.CONTACT)}</w:txbxContent>"
    m = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    choice = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    xml = f"<w:p><w:r><mc:AlternateContent {m}>{choice}</mc:AlternateContent></w:r></w:p>"
    facts = examined(tmp_path, with_body(xml))
    assert facts.contact is not None
    assert facts.chars == len("".join(material.CONTACT.split()))


@pytest.mark.parametrize("spread", [True, False])
@pytest.mark.parametrize("merged", [True, False])
def test_a_form_is_read_cell_by_cell(tmp_path: Path, *, spread: bool, merged: bool) -> None:
    facts = examined(tmp_path, material.form(spread=spread, merged=merged))
    rows = {"".join(row[0].split()): row[-1] for row in facts.tables[0]}
    assert rows == material.FIELDS
    assert facts.contact is not None


def test_a_form_without_anything_filled_in_has_no_contact(tmp_path: Path) -> None:
    assert examined(tmp_path, material.form(filled=False)).contact is None


def test_a_merged_cell_stands_in_every_place_it_covers(tmp_path: Path) -> None:
    xml = table(
        cell("作者", merge="restart") + cell("姓名") + cell("张三"),
        cell("", merge="on") + cell("内容", span=2),
    )
    facts = examined(tmp_path, with_body(xml))
    assert facts.tables == ((("作者", "姓名", "张三"), ("作者", "内容", "内容")),)


def test_a_table_in_a_table_is_a_table_of_its_own(tmp_path: Path) -> None:
    inner = f"<w:tc>{paragraph('外')}{table(cell('内'))}{paragraph('外')}</w:tc>"
    facts = examined(tmp_path, with_body(table(inner)))
    assert facts.tables == ((("内",),), (("外\n外",),))


def test_tables_are_kept_within_bounds(tmp_path: Path) -> None:
    long = table(cell("x" * 5000), *[cell("x")] * 200)
    facts = examined(tmp_path, with_body(long * 31))
    assert len(facts.tables) == 30
    assert len(facts.tables[0]) == 200
    assert len(facts.tables[0][0][0]) == 4000


def test_a_cell_that_claims_a_million_columns_gets_forty(tmp_path: Path) -> None:
    facts = examined(tmp_path, with_body(table(cell("x", span=1_000_000))))
    assert len(facts.tables[0][0]) == 1
    facts = examined(tmp_path, with_body(table(cell("x", span=99_999))))
    assert len(facts.tables[0][0]) == 40


def test_pictures_are_measured_and_hashed(tmp_path: Path) -> None:
    photo = material.jpeg(1600, 1200)
    facts = examined(tmp_path, material.docx("图", pictures=(photo,)))
    attached = facts_of(tmp_path, "图.jpg", photo)
    (picture,) = facts.pictures
    assert (picture.width, picture.height, picture.size) == (1600, 1200, len(photo))
    assert picture.hash == attached.hash


@pytest.mark.parametrize("tail", [b"", bytes(5000)])
def test_a_picture_that_was_cut_is_none_and_the_text_stands(tmp_path: Path, tail: bytes) -> None:
    photo = material.jpeg(640, 480)
    cut = photo[: len(photo) // 2] + tail
    whole = material.docx("图", pictures=(photo,))
    facts = examined(tmp_path, rezip(whole, extra={"word/media/image1.jpg": cut}))
    assert (facts.chars, facts.pictures, facts.damaged) == (1, (), "")


def test_a_picture_that_does_not_unpack_is_damage(tmp_path: Path) -> None:
    data = bytearray(material.docx("图", pictures=(material.jpeg(640, 480),)))
    data[data.index(b"word/media/image1.jpg") + 5000] ^= 0xFF
    assert examined(tmp_path, bytes(data)).damaged == "unopenable"


def test_macros_are_seen_whatever_the_name_says(tmp_path: Path) -> None:
    assert examined(tmp_path, material.docm()).macros
    data = rezip(material.docx("x"), extra={"word/vbaProject.bin": b"x"})
    assert examined(tmp_path, data).macros


def _with_template(target: str) -> bytes:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    one = f'<Relationship Id="r1" Type="{kind}" Target="{target}" TargetMode="External"/>'
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    xml = f'<Relationships xmlns="{namespace}">{one}</Relationships>'
    return rezip(material.docx("x"), extra={"word/_rels/settings.xml.rels": xml.encode()})


@pytest.mark.parametrize(
    ("target", "remote"),
    [
        ("http://templates.example.net/a.dotm", True),
        ("HTTPS://templates.example.net/a.dotm", True),
        ("\\\\server.example.net\\share\\a.dotm", True),
        ("file:///C:\\Users\\me\\Templates\\Normal.dotm", False),
        ("Normal.dotm", False),
    ],
)
def test_a_template_from_the_network_is_remote_and_one_of_this_machine_is_not(
    tmp_path: Path, target: str, *, remote: bool
) -> None:
    assert examined(tmp_path, _with_template(target)).remote_template is remote


def test_a_password_is_no_damage(tmp_path: Path) -> None:
    facts = examined(tmp_path, material.encrypted_office())
    assert (facts.format, facts.encrypted, facts.damaged) == ("docx", True, "")


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.99])
def test_a_document_cut_short_is_truncated(tmp_path: Path, keep: float) -> None:
    facts = examined(tmp_path, material.truncated(material.manuscript(), keep=keep))
    assert (facts.format, facts.damaged) == ("docx", "truncated")


@pytest.mark.parametrize(
    "body", [b"", b"no XML at all", b"<w:document", b"\xff\xfe\x00", "<a>不闭合".encode()]
)
def test_a_document_whose_text_is_no_xml_does_not_open(tmp_path: Path, body: bytes) -> None:
    data = rezip(material.docx("x"), extra={"word/document.xml": body})
    assert examined(tmp_path, data).damaged == "unopenable"


def test_a_document_without_its_text_does_not_open(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(material.docx("x"))) as archive:
        parts = {n: archive.read(n) for n in archive.namelist() if n != "word/document.xml"}
    assert examined(tmp_path, material.zip_of(parts)).damaged == "unopenable"


def test_xml_that_laughs_a_billion_times_is_refused(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 10))
    head = f'<!DOCTYPE d [<!ENTITY e0 "lol">{entities}]>'
    facts = examined(tmp_path, with_body(paragraph("&e9;"), head=head))
    assert facts.damaged == "unopenable"


def test_xml_that_asks_for_a_file_of_ours_gets_none(tmp_path: Path) -> None:
    head = '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    facts = examined(tmp_path, with_body(paragraph("&e;"), head=head))
    assert facts.damaged == "unopenable"


def test_ten_thousand_nested_elements_are_read(tmp_path: Path) -> None:
    deep = "<w:r>" * 10_000 + "<w:t>深</w:t>" + "</w:r>" * 10_000
    assert examined(tmp_path, with_body(f"<w:p>{deep}</w:p>")).chars == 1
