"""Word documents (.docx, .docm) and the two forms that the first notice encloses."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Literal

from docx import Document
from docx.document import Document as Opened
from docx.shared import Cm

from tests.material.zips import rezip

CONTACT = "联系人：张老师  联系电话：13800138000"
OPEN_XML = "http://schemas.openxmlformats.org"
FORM_TITLES = {"1": "“战疫故事汇”推荐表", "2": "“教育素材库”推荐表"}
FIELDS = {
    "推荐单位": "农学院党委",
    "材料题目": "田间地头的党旗",
    "材料类型": "文字、图片",
    "作者": "农学院教工第一党支部",
    "联系人": "张老师",
    "联系电话": "13800138000",
    "内容简介": "疫情期间，支部党员轮流值守，保障春耕与科研不断线。",
    "推荐理由": "事迹真实，具有代表性。",
    "推荐单位意见": "同意推荐。",
}
SENTENCES = (
    "春耕不等人，疫情面前支部书记第一个报名值守。",
    "党员突击队分成三组，白天进大棚，晚上开线上答疑。",
    "学生返校前夜，志愿者把每一间宿舍消毒到凌晨。",
    "一位老党员说，能站得住一班岗，就算没有白入党。",
)


def docx(
    *paragraphs: str,
    pictures: Sequence[bytes] = (),
    tables: Sequence[Sequence[Sequence[str]]] = (),
) -> bytes:
    """A Word document of just these paragraphs, tables and embedded pictures, in that order."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    for rows in tables:
        table = document.add_table(len(rows), max(map(len, rows)))
        for y, row in enumerate(rows):
            for x, text in enumerate(row):
                table.cell(y, x).text = text
    for picture in pictures:
        document.add_picture(io.BytesIO(picture), width=Cm(14))
    return _saved(document)


def _saved(document: Opened) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return rezip(out.getvalue())


def body_text(chars: int) -> str:
    """Chinese prose of exactly `chars` characters."""
    prose = "".join(SENTENCES)
    return (prose * (chars // len(prose) + 1))[:chars]


@cache
def manuscript(
    *,
    title: str = "田间地头的党旗",
    chars: int = 600,
    contact: str = CONTACT,
    pictures: tuple[bytes, ...] = (),
) -> bytes:
    """A manuscript as units write it. `contact=""` leaves the contact out."""
    text = body_text(chars)
    paragraphs = [title, *(text[i : i + 200] for i in range(0, len(text), 200))]
    return docx(*paragraphs, *([contact] if contact else []), pictures=pictures)


@cache
def form(
    which: Literal["1", "2"] = "1",
    *,
    filled: bool = True,
    spread: bool = False,
    merged: bool = False,
    blank: tuple[str, ...] = (),
    unit: str = FIELDS["推荐单位"],
) -> bytes:
    """附件1 or 附件2 of `unit`. `spread` writes “联 系 人”; `merged` merges cells.

    `blank` names fields that hold only underscores; `filled=False` leaves all of them empty.
    """
    document = Document()
    document.add_heading(f"附件{which}  {FORM_TITLES[which]}")
    values = _values(unit, filled=filled, blank=blank)
    columns = 4 if merged else 2
    table = document.add_table(len(values), columns, style="Table Grid")
    for y, (label, value) in enumerate(values.items()):
        if merged:
            table.cell(y, 1).merge(table.cell(y, columns - 1))
        table.cell(y, 0).text = " ".join(label) if spread else label
        table.cell(y, 1).text = value
    return _saved(document)


def _values(unit: str, *, filled: bool, blank: tuple[str, ...]) -> Mapping[str, str]:
    fields = FIELDS | {"推荐单位": unit}
    return {k: "" if not filled else "______" if k in blank else v for k, v in fields.items()}


@cache
def docm() -> bytes:
    """A .docm: the macro project is there, and the content type says so."""
    data = rezip(docx("含宏的文档", CONTACT), extra={"word/vbaProject.bin": b"\xcc\x61" * 600})
    return _retyped(data, b"document.main+xml", b"document.macroEnabled.main+xml")


@cache
def docx_with_remote_template() -> bytes:
    """Its settings fetch a template from the network when the file is opened."""
    relations = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<Relationships xmlns="{OPEN_XML}/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{OPEN_XML}/officeDocument/2006/relationships/attachedTemplate" '
        'Target="http://templates.example.net/a.dotm" TargetMode="External"/></Relationships>'
    ).encode()
    return rezip(docx("模板在网上", CONTACT), extra={"word/_rels/settings.xml.rels": relations})


def _retyped(data: bytes, old: bytes, new: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        types = archive.read("[Content_Types].xml")
    old = b"application/vnd.openxmlformats-officedocument.wordprocessingml." + old
    new = b"application/vnd.ms-word." + new
    return rezip(data, extra={"[Content_Types].xml": types.replace(old, new)})
