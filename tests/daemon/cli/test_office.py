"""`run`, `status`, `messages`, `unit`, `doctor` on an office in a folder."""

import json
import sqlite3
from pathlib import Path

import pytest
from openpyxl import load_workbook

from daemon.cli import main
from tests import material
from tests.daemon.offices import an_office, post
from tests.letters import letter

SUBJECT = "农学院党委+红色防火墙"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The configuration of an office that has had one faulty mail."""
    root = tmp_path_factory.mktemp("office")
    config = an_office(root, replies='max_age = "36500 days"')
    post(root, "1", letter(subject=SUBJECT, files=[("1.jpg", material.jpeg())]))
    assert main(["run", "--once", "--config", str(config)]) == 0
    return config


def said(capsys: pytest.CaptureFixture[str], *words: str, status: int = 0) -> str:
    assert main(list(words)) == status
    return capsys.readouterr().out


def test_messages_are_listed_as_the_contract_says(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    [row] = said(capsys, "messages", "--json", "--config", str(office)).splitlines()
    message = json.loads(row)
    assert set(message) == {
        *("mailbox", "uidvalidity", "uid", "message_id", "received", "from", "subject", "status"),
        *("late", "unit", "category", "window", "version", "codes", "reply"),
    }
    assert set(message["reply"]) == {"message_id", "state", "attempts"}
    assert (message["status"], message["reply"]["state"]) == ("returned", "sent")
    assert message["message_id"].startswith("<")


def test_messages_for_people_name_status_and_codes(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = said(capsys, "messages", "--config", str(office))
    assert "returned" in line
    assert "part-missing" in line


def test_status_is_the_same_table_everywhere(
    office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = said(capsys, "status", "--json", "--config", str(office)).splitlines()
    table = said(capsys, "status", "--csv", "--config", str(office)).splitlines()
    book = tmp_path / "status.xlsx"
    said(capsys, "status", "--xlsx", str(book), "--config", str(office))
    ledger = sqlite3.connect(office.parent / "state/ledger.db")
    [[count]] = ledger.execute("select count(*) from status").fetchall()
    ledger.close()
    assert count == len(lines) == len(table) - 1
    assert len(load_workbook(book).sheetnames) >= 2


def test_missing_leaves_out_who_has_handed_in(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    every = said(capsys, "status", "--json", "--config", str(office)).splitlines()
    missing = said(capsys, "status", "--json", "--missing", "--config", str(office)).splitlines()
    assert len(missing) == len(every) - 1


def test_the_terminal_shows_units_and_states(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = said(capsys, "status", "--config", str(office))
    assert "农学院党委" in table
    assert "需补正" in table


def test_the_table_is_folded_for_a_narrow_terminal_and_not_in_a_pipe(
    office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "70")
    folded = said(capsys, "status", "--config", str(office))
    assert "党建特色案例" not in folded
    assert max(map(len, folded.splitlines())) <= 70
    monkeypatch.delenv("COLUMNS")
    assert "党建特色案例" in said(capsys, "status", "--config", str(office))


def test_two_forms_at_once_are_refused(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "status", "--json", "--csv", "--config", str(office), status=64) == ""


def test_before_the_first_run_there_is_no_ledger(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = an_office(tmp_path)
    assert main(["status", "--config", str(config)]) == 65
    assert "run --once" in capsys.readouterr().err


def test_every_fault_of_a_configuration_is_told_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = an_office(tmp_path)
    text = config.read_text().replace('"zzbdj@', '"zzbdj at ').replace("[replies]", "[replys]")
    config.write_text(text)
    assert main(["run", "--once", "--config", str(config)]) == 78
    told = capsys.readouterr().err
    assert "mailbox.0.address" in told
    assert "replys" in told


def test_a_configuration_that_is_not_there_ends_in_78(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "--config", "nowhere.toml"]) == 78
    assert "nowhere.toml" in capsys.readouterr().err


def test_the_unit_runs_the_console_script_by_its_absolute_path(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    unit = said(capsys, "unit", "--config", str(office))
    [line] = [line for line in unit.splitlines() if line.startswith("ExecStart=/")]
    assert line.endswith(f"run --config {office}")


def test_the_doctor_says_a_line_for_everything(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = said(capsys, "doctor", "--config", str(office)).splitlines()
    assert all(line.startswith(("正常 ", "留意 ")) for line in lines)
    assert any("zuzhibu" in line for line in lines)


def test_the_doctor_leaves_nothing_behind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = an_office(tmp_path)
    post(tmp_path, "1", letter(subject=SUBJECT))
    before = sorted(tmp_path.rglob("*"))
    said(capsys, "doctor", "--config", str(config))
    assert sorted(tmp_path.rglob("*")) == before
