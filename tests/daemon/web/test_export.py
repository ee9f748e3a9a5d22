"""导出: every table and the packages, each person their own departments' alone."""

import csv
import io
from urllib.parse import urlencode
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from daemon.report import TABLES
from tests.daemon.web.staff import NASTY, OpenOffice, Staff

ONLY_THERE = "蓬莱学院"  # in mail to 组织部


def package(category: str, **more: str) -> str:
    return (
        f"/export/handover?{urlencode({'notice': '2020-four-ones', 'category': category} | more)}"
    )


def test_the_page_leads_to_every_table_and_package(office: OpenOffice) -> None:
    reader = office.sign_in("read")
    page = reader.text("/export")
    assert 'href="/export/baosong.xlsx"' in page
    for table in TABLES:
        for kind in ("xlsx", "csv", "json"):
            path = f"/export/{table}.{kind}"
            assert f'href="{path}"' in page
            answer = reader.get(path)
            assert answer.status_code == 200, path
            assert answer.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize(
    "path", ["person.csv", "messages.html", "baosong.csv", "messages", "session.json", ".csv"]
)
def test_what_is_no_table_is_not_there(clerk: Staff, path: str) -> None:
    assert clerk.get(f"/export/{path}").status_code == 404


@pytest.mark.parametrize("table", TABLES)
def test_a_department_gets_its_own_rows(office: OpenOffice, table: str) -> None:
    other = office.sign_in("read", "xuanchuanbu").text(f"/export/{table}.json")
    assert ONLY_THERE not in other
    assert "战疫故事汇" not in other


def test_the_workbook_opens_and_runs_nothing(clerk: Staff) -> None:
    book = load_workbook(io.BytesIO(clerk.get("/export/baosong.xlsx").content))
    assert book.sheetnames[:4] == ["总表", "明细", "统计", "来件"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert any(NASTY in str(cell.value) for cell in cells), "as text, as it was written"


def test_csv_is_read_by_excel_as_utf_8(clerk: Staff) -> None:
    text = clerk.get("/export/messages.csv").content.decode()
    assert text.startswith("\ufeff")
    heading, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert "主题" in heading
    assert len(rows) == 4


def test_a_package_is_a_zip_of_accepted_material(office: OpenOffice, clerk: Staff) -> None:
    answer = clerk.get(package("战疫故事汇"))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/zip"
    with ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
    folder = "战疫故事汇/农学院党委+战疫故事汇+20200701"
    assert f"{folder}/农学院党委+战疫故事汇+20200701-图片材料1.jpg" in names
    assert {"战疫故事汇/清单.xlsx", "战疫故事汇/未完成.txt", "战疫故事汇/SHA256SUMS"} <= set(names)
    assert not any("园艺学院" in name for name in names)
    assert clerk.get(package("战疫故事汇")).content == answer.content


def test_a_package_of_the_selected_alone(office: OpenOffice, clerk: Staff) -> None:
    answer = clerk.get(package("战疫故事汇", selected="yes"))
    with ZipFile(io.BytesIO(answer.content)) as archive:
        assert not any("农学院党委" in name for name in archive.namelist())


def test_another_departments_package_is_not_there(office: OpenOffice) -> None:
    other = office.sign_in("admin", "xuanchuanbu")
    assert other.get(package("战疫故事汇")).status_code == 404
    assert other.get(package("红色防火墙")).status_code == 200
    assert other.get(package("没有这一类")).status_code == 404
    assert "战疫故事汇" not in other.text("/export")


def test_a_package_whose_files_are_gone_is_told_before_a_byte_is_sent(
    office: OpenOffice, clerk: Staff
) -> None:
    library = office.root / "state" / "library"
    for path in library.rglob("*.jpg"):
        path.unlink()
    assert clerk.get(package("战疫故事汇")).status_code == 503


def test_only_a_few_workbooks_are_written_at_once(
    office: OpenOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("daemon.web.pages.export.AT_ONCE", 1)
    clerk = office.sign_in("act")
    for _ in range(2):  # each gives back its turn
        assert clerk.get("/export/matrix.xlsx").status_code == 200
    monkeypatch.setattr("daemon.web.pages.export.AT_ONCE", 0)
    busy = office.sign_in("act", name="another")
    assert busy.get("/export/matrix.xlsx").status_code == 503
    assert busy.get("/export/matrix.csv").status_code == 200
