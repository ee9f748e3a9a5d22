"""The status table, for every kind of reader."""

import csv
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from rich.console import Console

from daemon.errors import Unavailable
from daemon.ledger import Standing
from daemon.report import matrices, missing, to_csv, to_json, to_xlsx
from daemon.report.comma import harmless
from daemon.report.terminal import to_terminal
from rules.notice import Language

TODAY = date(2020, 7, 16)
ATTACKS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", " =1", "＋1", "＠x")


def a_standing(unit: str = "农学院党委", **changes: object) -> Standing:
    known: dict[str, object] = {
        "notice": "2020-four-ones",
        "notice_title": "四个一",
        "category": "战疫故事汇",
        "window": "7月15日前",
        "closes": "2020-07-15",
        "state": "missing",
    }
    return Standing(unit=unit, **(known | changes))  # type: ignore[arg-type]


def an_accepted(unit: str = "农学院党委", **changes: object) -> Standing:
    at = datetime(2020, 7, 15, 17, 30, tzinfo=UTC)
    known: dict[str, object] = {
        "state": "accepted",
        "version": 2,
        "late": True,
        "received": at,
        "findings": ("late", "subject-tolerated"),
        "last_version": 3,
        "last_state": "returned",
        "last_received": at,
        "last_message_id": "m@example.com",
        "last_sender": "zhang@example.com",
        "last_subject": "农学院党委+战疫故事汇",
    }
    return a_standing(unit, **(known | changes))


def shown(*standings: Standing, language: Language = "zh", colour: bool = False) -> str:
    console = Console(
        file=io.StringIO(),
        width=120,
        force_terminal=colour,
        color_system="standard" if colour else None,
    )
    console.print(to_terminal(standings, language, TODAY))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_a_matrix_has_a_row_for_each_unit_and_a_column_for_each_window() -> None:
    rows = [a_standing(u, window=w) for u in ("甲", "乙") for w in ("一", "二")]
    (matrix,) = matrices(rows)
    assert matrix.units == ("甲", "乙")
    assert [column.window for column in matrix.columns] == ["一", "二"]
    assert matrix.row("乙") == tuple(rows[2:])
    assert matrix.column(matrix.columns[0]) == (rows[0], rows[2])


def test_each_notice_has_its_matrix() -> None:
    rows = [a_standing(), a_standing(notice="other", notice_title="另一个")]
    assert [m.title for m in matrices(rows)] == ["四个一", "另一个"]


def test_missing_are_those_who_handed_in_nothing_and_must() -> None:
    rows = [a_standing("甲"), a_standing("乙", waived="机关不报"), an_accepted("丙")]
    rows.append(a_standing("丁", state="returned"))
    assert [s.unit for s in missing(rows)] == ["甲"]


@pytest.mark.parametrize(
    ("changes", "cell"),
    [
        ({"state": "accepted", "version": 1}, "合规"),
        ({"state": "accepted", "version": 2, "late": True}, "合规 第2版 逾期"),
        ({"state": "returned", "version": 1}, "需补正"),
        ({"state": "held", "version": 1}, "待人工"),
        ({"closes": "2020-07-16"}, "未报送"),
        ({"closes": "2020-07-15"}, "逾期未报"),
        ({"closes": "2020-07-15", "extended": "2020-07-20T12:00:00.000Z"}, "未报送"),
        ({"closes": ""}, "未报送"),
        ({"waived": "机关不报"}, "免报"),
        ({"waived": "没有学生", "waived_as": "not-applicable"}, "不适用"),
    ],
)
def test_a_cell_says_how_the_place_stands(changes: dict[str, Any], cell: str) -> None:
    assert f" {cell} " in shown(a_standing(**changes))


def test_the_terminal_counts_and_colours() -> None:
    text = shown(an_accepted("甲"), a_standing("乙"), colour=True)
    assert "1 / 2" in text
    assert "\x1b[32m" in text
    assert "\x1b[1;31m" in text


def test_the_terminal_speaks_english() -> None:
    text = shown(an_accepted(), language="en")
    assert "accepted version 2 late" in text


def test_the_terminal_takes_no_orders_from_names() -> None:
    text = shown(a_standing("[red]甲[/red]\x1b[2J\N{RIGHT-TO-LEFT OVERRIDE}"), colour=True)
    assert "[red]甲[/red]" in text
    assert "\x1b[2J" not in text
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in text


def test_a_filtered_table_leaves_the_other_cells_empty() -> None:
    rows = [
        a_standing("甲", window="一"),
        an_accepted("甲", window="二"),
        a_standing("乙", window="二"),
    ]
    text = shown(*missing(rows))
    assert "合规 第" not in text
    assert text.count("逾期未报") == 2


def test_json_has_one_place_a_line() -> None:
    first, second = (json.loads(line) for line in to_json([an_accepted(), a_standing()]))
    assert first == {
        "notice": "2020-four-ones",
        "unit": "农学院党委",
        "category": "战疫故事汇",
        "window": "7月15日前",
        "state": "accepted",
        "late": True,
        "version": 2,
        "closes": "2020-07-15",
        "received": "2020-07-15T17:30:00.000Z",
        "findings": ["late", "subject-tolerated"],
        "last": {
            "version": 3,
            "state": "returned",
            "received": "2020-07-15T17:30:00.000Z",
            "message_id": "m@example.com",
            "from": "zhang@example.com",
            "subject": "农学院党委+战疫故事汇",
        },
        "waived": None,
        "waived_as": None,
        "extended": None,
        "decided_by": None,
    }
    assert (second["state"], second["last"], second["version"]) == ("missing", None, None)


def table(*standings: Standing, language: Language = "zh") -> list[list[str]]:
    text = "".join(to_csv(standings, language, TODAY))
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_csv_has_local_times_and_words() -> None:
    heading, row = table(an_accepted())
    cells = dict(zip(heading, row, strict=True))
    assert cells["收到"] == "2020-07-16 01:30:00"
    assert cells["状态"] == "合规"
    assert cells["问题"] == "late subject-tolerated"
    assert cells["截止"] == "2020-07-15"


@pytest.mark.parametrize("attack", ATTACKS)
def test_csv_runs_nothing_that_a_sender_wrote(attack: str) -> None:
    _, row = table(an_accepted(attack, last_subject=attack, last_sender=attack))
    assert not any(cell.startswith(tuple("=+-@\t\r\n＝＋－＠ ")) for cell in row)
    assert harmless(attack) == f"'{attack}"


@pytest.mark.parametrize("honest", ["农学院党委+战疫故事汇", "a=b", "", "2020-07-15", "联系人"])
def test_csv_leaves_honest_text_alone(honest: str) -> None:
    assert harmless(honest) == honest


def test_xlsx_is_typed_frozen_and_coloured(tmp_path: Path) -> None:
    path = tmp_path / "status.xlsx"
    to_xlsx([an_accepted(), a_standing("乙")], path, language="zh", today=TODAY)
    book = load_workbook(path)
    assert book.sheetnames == ["总表", "明细", "统计"]
    matrix, detail = book["总表"], book["明细"]
    assert (matrix.freeze_panes, detail.freeze_panes) == ("B2", "A2")
    assert matrix["B2"].value == "合规 第2版 逾期"
    assert matrix["B2"].fill.start_color.rgb == "FFC6EFCE"
    assert matrix["B3"].fill.start_color.rgb == "FFFFC7CE"
    heading = [c.value for c in detail[1]]
    cells = dict(zip(heading, detail[2], strict=True))
    assert cells["收到"].value == datetime(2020, 7, 16, 1, 30)  # noqa: DTZ001 - Excel has no zones
    assert cells["收到"].is_date
    assert cells["截止"].value == datetime(2020, 7, 15)  # noqa: DTZ001
    assert cells["版本"].value == 2
    assert detail.auto_filter.ref == "A1:N3"


@pytest.mark.parametrize("attack", [*ATTACKS, "http://example.com", "mailto:a@b", "42"])
def test_xlsx_holds_what_senders_wrote_as_text(tmp_path: Path, attack: str) -> None:
    path = tmp_path / "status.xlsx"
    to_xlsx([an_accepted(attack, last_subject=attack)], path, language="en", today=TODAY)
    for sheet in load_workbook(path):
        cells = [c for line in sheet.iter_rows() for c in line]
        assert all(c.data_type != "f" and c.hyperlink is None for c in cells)
    assert load_workbook(path)["Matrix"]["A2"].data_type == "s"


def test_xlsx_gives_two_notices_two_sheets(tmp_path: Path) -> None:
    rows = [a_standing(), a_standing(notice="other", notice_title="另一个")]
    to_xlsx(rows, tmp_path / "a.xlsx", language="zh", today=TODAY)
    assert load_workbook(tmp_path / "a.xlsx").sheetnames == ["总表", "总表 2", "明细", "统计"]


def test_xlsx_into_nowhere_is_the_worlds_fault(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match=r"nowhere"):
        to_xlsx([], tmp_path / "nowhere" / "a.xlsx", language="zh", today=TODAY)


def test_a_time_at_the_end_of_days_is_shown_as_it_is() -> None:
    end = datetime(9999, 12, 31, 23, tzinfo=UTC)
    heading, row = table(an_accepted(received=end))
    assert dict(zip(heading, row, strict=True))["收到"] == "9999-12-31 23:00:00"
