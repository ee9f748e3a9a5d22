"""Every table of the ledger leaves it whole, typed, and harmless."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from daemon.ledger import Event, Ledger
from daemon.report import TABLES, Export
from daemon.report.book import Head, written
from daemon.report.value import LONGEST, fitting
from rules.submission import Link
from rules.verdict import Status
from tests.daemon.ledger.entries import (
    NOTICE,
    WALL,
    a_claim,
    a_file,
    a_finding,
    a_ledger,
    a_submission,
    a_verdict,
    an_entry,
    at,
)

TODAY = date(2020, 7, 16)
ATTACKS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", " =1", "＠x", "http://x.cn", "42")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with a_ledger(tmp_path) as opened:
        yield opened


def an_export(ledger: Ledger, mailboxes: frozenset[str] | None = None) -> Export:
    return Export(ledger=ledger, notices=(NOTICE,), language="zh", today=TODAY, mailboxes=mailboxes)


def filled(ledger: Ledger) -> None:
    """One message with a row in nearly every table."""
    file = replace(a_file("a.docx"), path=("包.zip",), filled=(("联系人", "甲"),), form="附件1")
    link = Link(provider="qq", url="https://x.cn/1", name="b.mp4", size=1 << 40)
    submission = a_submission(file, links=(link,))
    verdict = a_verdict(Status.RETURNED, submission, [a_finding()])
    ledger.record(an_entry(verdict=verdict))
    ledger.note(1, Event(at=at(1), what="reply approved", who="张老师", why="核对过"))


def sheet(path: Path, name: str) -> Worksheet:
    found = load_workbook(path)[name]
    assert isinstance(found, Worksheet)
    return found


@pytest.mark.parametrize("table", TABLES)
def test_every_table_is_written_when_it_is_empty_and_when_it_is_not(
    ledger: Ledger, table: str
) -> None:
    export = an_export(ledger)
    for fill in (lambda _: None, filled):
        fill(ledger)
        text = "".join(export.csv(table))
        assert text.startswith("\ufeff")
        heading, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
        assert len(set(heading)) == len(heading)
        objects = [json.loads(line) for line in export.objects(table)]
        assert len(rows) == len(objects)
        assert json.loads("".join(export.array(table))) == objects


def test_programs_get_values_as_the_ledger_has_them(ledger: Ledger) -> None:
    filled(ledger)
    (file,) = (json.loads(line) for line in an_export(ledger).objects("attachments"))
    assert file["path"] == ["包.zip"]
    assert file["good"] is True
    (message,) = (json.loads(line) for line in an_export(ledger).objects("messages"))
    assert message["received"] == "2020-07-01T12:00:00.000Z"
    assert message["codes"] == "part-missing"
    assert (message["late"], message["selected"]) == (False, False)


def test_people_get_words_and_the_notices_own_time(ledger: Ledger) -> None:
    filled(ledger)
    heading, row = csv.reader(an_export(ledger).csv("messages"))
    cells = dict(zip(heading, row, strict=True))
    assert cells["收到"] == "2020-07-01 20:00:00"
    assert cells["状态"] == "需补正"
    assert cells["回复"] == "等待"
    _, event, other = csv.reader(an_export(ledger).csv("history"))
    assert "张老师" in other
    assert "2020-07-01 21:00:00" in other
    assert event != other


def test_pages_of_a_table_follow_each_other_without_a_gap(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("daemon.ledger.tables.PAGE", 2)
    labels = tuple((str(n), "x") for n in range(5))
    files = [replace(a_file(f"{n}.docx"), filled=labels) for n in range(3)]
    ledger.record(an_entry(verdict=a_verdict(submission=a_submission(*files))))
    assert [row["id"] for row in ledger.tables.rows("attachments")] == [1, 2, 3]
    assert len({(r["attachment"], r["label"]) for r in ledger.tables.rows("fields")}) == 15


@pytest.mark.parametrize("table", TABLES)
def test_a_department_sees_its_own_rows_alone(ledger: Ledger, table: str) -> None:
    filled(ledger)
    other = frozenset({"xuanchuanbu"})
    assert all("战疫故事汇" not in line for line in an_export(ledger, other).objects(table))
    mine = list(an_export(ledger, frozenset({"zuzhibu"})).objects(table))
    if table == "matrix":
        assert len(mine) == 3
    else:
        assert mine == list(an_export(ledger).objects(table))
    assert list(an_export(ledger, frozenset()).objects(table)) == []


def test_a_workbook_has_a_sheet_for_every_table(ledger: Ledger, tmp_path: Path) -> None:
    filled(ledger)
    path = tmp_path / "all.xlsx"
    an_export(ledger).xlsx(path)
    names = load_workbook(path).sheetnames
    assert names[:3] == ["总表", "明细", "统计"]
    assert names[3:] == [
        *("来件", "附件", "链接附件", "问题", "回复", "表格内容"),
        *("催交和日报", "人工操作", "历史"),
    ]


def test_cells_are_typed_the_heading_is_frozen_and_filtered(ledger: Ledger, tmp_path: Path) -> None:
    filled(ledger)
    path = tmp_path / "one.xlsx"
    an_export(ledger).xlsx(path, ["messages"])
    found = sheet(path, "来件")
    cells = {str(head.value): cell for head, cell in zip(found[1], found[2], strict=True)}
    assert cells["收到"].value == datetime(2020, 7, 1, 20)  # noqa: DTZ001 - Excel has no zones
    assert cells["大小（字节）"].value == 5000
    assert found.freeze_panes == "A2"
    assert found.auto_filter.ref is not None
    width = found.column_dimensions["G"].width
    assert width is not None
    assert width > 40, "a subject in Chinese has room"


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_a_sender_wrote_is_text_in_a_workbook_and_runs_in_no_csv(
    ledger: Ledger, tmp_path: Path, attack: str
) -> None:
    claim = a_claim(category=WALL)
    submission = a_submission(a_file(f"{attack}.docx"), claim=claim)
    message = replace(submission.message, subject=attack, sender_name=attack)
    verdict = a_verdict(submission=replace(submission, message=message))
    ledger.record(an_entry(verdict=verdict))
    path = tmp_path / "a.xlsx"
    an_export(ledger).xlsx(path)
    for found in load_workbook(path):
        cells = [cell for row in found.iter_rows() for cell in row]
        assert all(cell.data_type != "f" and cell.hyperlink is None for cell in cells)
    texts = [cell for row in csv.reader(an_export(ledger).csv("messages")) for cell in row]
    assert not any(text.startswith(tuple("=+@\t\r＝＋－＠ ")) for text in texts)


def test_characters_that_xml_forbids_do_not_break_the_workbook(
    ledger: Ledger, tmp_path: Path
) -> None:
    submission = a_submission(a_file("a.docx"))
    odd = "a\x00b\x1bc\ufffed\uffffe\ud800f_x0041_\N{RIGHT-TO-LEFT OVERRIDE}"
    message = replace(submission.message, subject=odd)
    verdict = a_verdict(submission=replace(submission, message=message))
    ledger.record(an_entry(verdict=verdict))
    path = tmp_path / "a.xlsx"
    an_export(ledger).xlsx(path, ["messages"])
    subject = str(sheet(path, "来件")["G2"].value)
    assert subject.startswith("a")
    assert "\x1b" not in subject


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("字" * LONGEST, False),
        ("字" * (LONGEST + 1), True),
        ("😀" * (LONGEST // 2), False),
        ("😀" * (LONGEST // 2 + 1), True),
        ("字" * 100_000, True),
    ],
)
def test_a_cell_holds_no_more_than_excel_reads(text: str, cut: bool) -> None:
    kept = fitting(text)
    assert (kept != text) == cut
    assert kept.endswith("…") == cut
    assert LONGEST - 2 <= len(kept.encode("utf-16-le")) // 2 <= LONGEST


def test_rows_that_do_not_fit_a_sheet_go_on_in_the_next(tmp_path: Path) -> None:
    path = tmp_path / "long.xlsx"
    head = Head(name="来件", titles=("编号",), widths=(8,))
    with written(path, TODAY) as book:
        book.most = 4
        assert book.sheet(head, ((n,) for n in range(7))) == 7
    found = load_workbook(path)
    assert found.sheetnames == ["来件", "来件 2", "来件 3"]
    rows = [[row[0].value for row in part.iter_rows(min_row=2)] for part in found]
    assert rows == [[0, 1, 2], [3, 4, 5], [6]]
    assert all(part["A1"].value == "编号" for part in found)


def test_equal_contents_of_one_day_are_equal_bytes(ledger: Ledger, tmp_path: Path) -> None:
    filled(ledger)
    for name in ("a.xlsx", "b.xlsx"):
        an_export(ledger).xlsx(tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_an_instant_before_excels_own_calendar_is_told_as_text(tmp_path: Path) -> None:
    path = tmp_path / "old.xlsx"
    with written(path, TODAY) as book:
        head = Head(name="旧", titles=("时间",), widths=(20,))
        book.sheet(
            head, [(datetime(1900, 12, 31, tzinfo=UTC),), (datetime(1901, 1, 1, tzinfo=UTC),)]
        )
    first, second = (row[0] for row in sheet(path, "旧").iter_rows(min_row=2))
    assert first.data_type == "s"
    assert isinstance(second.value, datetime)


def test_statistics_add_the_matrix_up(ledger: Ledger, tmp_path: Path) -> None:
    ledger.record(an_entry())
    path = tmp_path / "a.xlsx"
    an_export(ledger).xlsx(path, ["matrix"])
    found = sheet(path, "统计")
    cells = {str(head.value): cell.value for head, cell in zip(found[1], found[2], strict=True)}
    assert (cells["应报单位"], cells["合规"], cells["逾期未报"]) == (3, 1, 2)
    assert cells["完成率"] == pytest.approx(1 / 3)
