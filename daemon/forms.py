"""The blank forms that a notice encloses, as .docx for submitters to fill in."""

from collections.abc import Iterator
from pathlib import Path

from docx import Document
from docx.document import Document as Opened
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import _Row
from docx.text.paragraph import Paragraph

from daemon.filenames import safe
from rules.notice import Form, Notice

LABEL, VALUE = Cm(3.5), Cm(12.5)
LINE, ROOM = Cm(1.1), Cm(4.5)
HEADING, BODY = "SimHei", "FangSong"  # 黑体 and 仿宋, as offices write


def write(notice: Notice, into: Path) -> Iterator[Path]:
    """One .docx a form, named as the notice names it. Files that are there are replaced."""
    into.mkdir(parents=True, exist_ok=True)
    for form in notice.forms:
        path = into / safe(f"{form.id} {form.title}.docx")
        _blank(form).save(str(path))
        yield path


def _blank(form: Form) -> Opened:
    document = Document()
    _line(document.add_paragraph(), form.id, HEADING)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _line(title, form.title, HEADING, size=18)
    table = document.add_table(rows=len(form.fields), cols=2, style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for row, label in zip(table.rows, form.fields, strict=True):
        _fill(row, label, roomy=label in form.roomy)
    return document


def _fill(row: _Row, label: str, *, roomy: bool) -> None:
    row.height = ROOM if roomy else LINE
    for cell, width, text in zip(row.cells, (LABEL, VALUE), (label, ""), strict=True):
        cell.width = width
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        _line(cell.paragraphs[0], text, BODY)
    row.cells[0].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER


def _line(paragraph: Paragraph, text: str, font: str, *, size: int = 12) -> None:
    """Word takes the font of Chinese characters from an attribute of its own (w:eastAsia)."""
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.font.name = font
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
