"""`export`, `handover` and `remind` on the command line."""

import json
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from daemon.cli import baosong, main
from rules.verdict import Status
from tests.daemon.reminders.office import (
    SCHEDULE,
    STORIES,
    WEEK_BEFORE,
    an_office_that_reminds,
    hand_in,
)

NXY, YYXY = "农学院党委", "园艺学院党委"
AT = WEEK_BEFORE.isoformat()


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """The configuration of an office with one accepted and one returned submission."""
    with an_office_that_reminds(tmp_path, SCHEDULE) as opened:
        hand_in(opened, YYXY, Status.RETURNED)
        hand_in(opened, "资源环境学院党委")
    return tmp_path / "config.toml"


def run(office: Path, *arguments: str) -> Result:
    name, *rest = arguments
    return CliRunner().invoke(baosong, [name, "--config", str(office), *rest])


def test_any_table_is_written_for_programs_and_spreadsheets(office: Path, tmp_path: Path) -> None:
    lines = run(office, "export", "messages", "--json").output.splitlines()
    assert [json.loads(line)["status"] for line in lines] == ["returned", "accepted"]
    assert run(office, "export", "findings", "--csv").output.startswith("\ufeff编号,来件编号")
    path = tmp_path / "all.xlsx"
    assert run(office, "export", "--xlsx", str(path)).exit_code == 0
    assert load_workbook(path).sheetnames[:4] == ["总表", "明细", "统计", "来件"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["messages"], "give one of"),
        (["messages", "--json", "--csv"], "give one of"),
        (["person", "--json"], "no table person"),
        (["messages", "findings", "--csv"], "one table"),
    ],
)
def test_an_export_that_cannot_be_is_refused(office: Path, arguments: list[str], said: str) -> None:
    done = run(office, "export", *arguments)
    assert done.exit_code == 2
    assert said in done.output


def test_a_package_of_nothing_accepted_still_says_who_is_unfinished(
    office: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    done = run(office, "handover", "2020-four-ones", "战疫故事", "--into", str(out))
    assert done.exit_code == 0, done.output
    assert done.output == f"{out}: 0 accepted, 3 unfinished\n"
    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"],
        cwd=out,
        check=False,
        text=True,
        capture_output=True,
    )
    assert checked.returncode == 0, checked.stderr
    zipped = run(
        office, "handover", "2020-four-ones", STORIES, "--into", f"{out}.zip", "--selected"
    )
    assert zipped.exit_code == 0
    assert (tmp_path / "out.zip").read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("notice", "category", "said"),
    [("2021", STORIES, "2020-four-ones"), ("2020-four-ones", "征文", "党建特色案例")],
)
def test_a_package_of_what_does_not_exist_names_what_does(
    office: Path, tmp_path: Path, notice: str, category: str, said: str
) -> None:
    done = run(office, "handover", notice, category, "--into", str(tmp_path / "out"))
    assert done.exit_code == 65
    assert said in done.output


def test_the_text_for_a_group_chat_is_of_the_chosen_units_and_categories(office: Path) -> None:
    done = run(office, "remind", "--text", "--at", AT, "--unit", YYXY, "--category", STORIES)
    assert "园艺学院党委的老师，您好！" in done.output
    assert "缺少推荐表" in done.output
    assert NXY not in done.output
    assert "红色防火墙" not in done.output


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("--unit", YYXY[:-1]), YYXY),
        (("--unit", "没有"), "no unit is called '没有'"),
        (("--category", STORIES[:-1]), STORIES),
    ],
)
def test_a_reminder_of_nobody_is_no_empty_text(
    office: Path, words: tuple[str, str], hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing in answer to a slip would read as if nothing were owed."""
    assert main(["remind", "--config", str(office), "--text", "--at", AT, *words]) == 64
    assert hint in capsys.readouterr().err


def test_the_preview_shows_mails_and_those_nobody_can_be_sent(office: Path) -> None:
    said = run(office, "remind", "--preview", "--at", AT).output
    assert "== zhang@example.com: 【催交】园艺学院党委+战疫故事汇+20200708" in said
    assert "== 农学院党委: nobody to write to" in said


def test_the_overview_tells_what_comes_next(office: Path) -> None:
    said = run(office, "remind", "--at", AT).output
    assert "next  2020-07-14 09:00  战疫故事汇 7月15日前: 2" in said


def test_a_reminder_that_waits_is_let_go_or_dropped(tmp_path: Path) -> None:
    with an_office_that_reminds(tmp_path, replies='mode = "approve"') as opened:
        for unit in (NXY, YYXY):
            hand_in(opened, unit, Status.RETURNED)
        assert opened(WEEK_BEFORE) == 2
    office = tmp_path / "config.toml"
    assert run(office, "remind").output.count("waits for approval") == 2
    assert run(office, "remind", "--approve", "1", "--drop", "2").exit_code == 0
    said = run(office, "remind").output
    assert "     1  approved" in said
    assert "     2  dropped" in said
    assert run(office, "remind", "--approve", "2").exit_code == 65
