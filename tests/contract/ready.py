"""Submissions that comply with the notice, each a part away from one that does not."""

import io
from collections.abc import Sequence
from datetime import datetime

from docx import Document

from tests import material
from tests.letters import CHINA, PUBLICITY, Files, Style, letter

UNIT = "农学院党委"
STORY = f"{UNIT}+战疫故事汇+20200710"
CASE = f"{UNIT}+党建特色案例+20201009"
STOCK = f"{UNIT}+教育素材+20200915"
WALL = f"{UNIT}+红色防火墙"

Named = tuple[str, bytes]

MANUSCRIPT = material.manuscript()
STORY_TEXT: Named = (f"{STORY}.docx", MANUSCRIPT)
STORY_FORM: Named = ("附件1“战疫故事汇”推荐表.docx", material.form("1"))
FIRST: Named = ("值守.jpg", material.jpeg(640, 480, seed=1))
SECOND: Named = ("答疑.jpg", material.jpeg(640, 480, seed=2))
CASE_TEXT: Named = (f"{CASE}.docx", MANUSCRIPT)
FORM: Named = ("附件2推荐表.docx", material.form("2"))
WALL_TEXT: Named = (f"{WALL}.docx", MANUSCRIPT)


def at(month: int, day: int, hour: int = 12, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2020, month, day, hour, minute, second, tzinfo=CHINA)


def story_files(
    text: Named | None = STORY_TEXT,
    form: Named | None = STORY_FORM,
    first: Named | None = FIRST,
    second: Named | None = SECOND,
) -> list[Named]:
    """The four files that 战疫故事汇 asks for. None leaves one out."""
    return [f for f in (text, form, first, second) if f]


def story(
    files: Files | None = None,
    *,
    subject: str = STORY,
    extra: Files = (),
    date: datetime | None = None,
    style: Style = "utf-8",
    headers: Sequence[tuple[str, str]] = (),
) -> bytes:
    """战疫故事汇, to the organisation department."""
    enclosed = [*(story_files() if files is None else files), *extra]
    when = date or at(7, 10)
    return letter(subject=subject, files=enclosed, date=when, style=style, headers=headers)


def case(
    text: Named | None = CASE_TEXT,
    form: Named | None = FORM,
    *,
    date: datetime | None = None,
) -> bytes:
    """党建特色案例."""
    return letter(subject=CASE, files=[f for f in (text, form) if f], date=date or at(10, 9))


def stock(
    main: Named | None,
    form: Named | None = FORM,
    *,
    subject: str = STOCK,
    text: str = "请查收附件。",
    html: str = "",
    date: datetime | None = None,
) -> bytes:
    """教育素材: any kind of material, and the form."""
    files = [f for f in (main, form) if f]
    return letter(subject=subject, files=files, date=date or at(9, 15), text=text, html=html)


def wall(
    text: Named | None = WALL_TEXT,
    *,
    subject: str = WALL,
    extra: Files = (),
    body: str = "请查收附件。",
    date: datetime | None = None,
    style: Style = "utf-8",
) -> bytes:
    """红色防火墙, to the publicity department."""
    files = [*([text] if text else []), *extra]
    when = date or at(6, 28)
    return letter(subject=subject, to=PUBLICITY, files=files, text=body, date=when, style=style)


def article(*last: str, table: Sequence[tuple[str, str]] = (), footer: str = "") -> bytes:
    """A manuscript by python-docx alone; `last` are its last paragraphs."""
    document = Document()
    document.add_heading("烈火真金：一支党员突击队的四十天")
    for _ in range(6):
        document.add_paragraph("五十余名师生党员轮流值守校门、宿舍与实验室，把党旗插在防控一线。")
    if table:
        cells = document.add_table(len(table), 2)
        for y, row in enumerate(table):
            cells.cell(y, 0).text, cells.cell(y, 1).text = row
    for line in last:
        document.add_paragraph(line)
    document.sections[0].footer.paragraphs[0].text = footer
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def sized(picture: bytes, size: int) -> bytes:
    """The same picture, brought to exactly `size` bytes with comment segments."""
    behind_app0 = 4 + int.from_bytes(picture[4:6], "big") - 2
    need, segments = size - len(picture), list[bytes]()
    while need:
        piece = min(need, 65_000)
        piece -= 4 if 0 < need - piece < 4 else 0
        segments.append(b"\xff\xfe" + (piece - 2).to_bytes(2, "big") + bytes(piece - 4))
        need -= piece
    return picture[:behind_app0] + b"".join(segments) + picture[behind_app0:]
