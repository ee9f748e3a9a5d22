"""`baosong try` and `parse`: the contract that other programs rely on."""

import json
from pathlib import Path

import pytest

from daemon.cli import main
from tests import material
from tests.daemon.offices import NOON
from tests.letters import letter, out_of_office

SUBJECT = "农学院党委+战疫故事汇+20200701"
COMPLETE = [
    (f"{SUBJECT}.docx", material.manuscript()),
    ("1.jpg", material.jpeg(seed=1)),
    ("2.jpg", material.jpeg(seed=2)),
    ("附件1推荐表.docx", material.form()),
]
KEYS = {
    "file",
    "status",
    "late",
    "message",
    "claim",
    "suggested_subject",
    "attachments",
    "links",
    "findings",
    "answer",
    "reply",
}


@pytest.fixture
def mail(tmp_path: Path) -> Path:
    path = tmp_path / "complete.eml"
    path.write_bytes(letter(subject=SUBJECT, files=COMPLETE, date=NOON))
    return path


def tried(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[dict[str, object]]]:
    status = main(["try", "--json", *words])
    return status, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_compliant_mail_ends_in_0_and_a_whole_object(
    mail: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, [said] = tried(capsys, str(mail))
    assert status == 0
    assert set(said) == KEYS
    assert said["claim"] == {
        "notice": "2020-four-ones",
        "unit": "农学院党委",
        "category": "战疫故事汇",
        "date": "2020-07-01",
        "window": "7月15日前",
    }
    assert said["suggested_subject"] == SUBJECT
    assert said["findings"] == []
    assert said["answer"] == {"allowed": True, "reason": ""}


def test_every_attachment_has_the_keys_of_the_contract(
    mail: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, [said] = tried(capsys, str(mail))
    files = said["attachments"]
    assert isinstance(files, list)
    assert [f["format"] for f in files] == ["docx", "jpeg", "jpeg", "docx"]
    assert [f["kind"] for f in files] == ["text", "image", "image", "form"]
    assert set(files[0]) == {
        *("name", "path", "size", "sha256", "format", "kind", "role", "duration_ms"),
        *("width", "height", "pages", "encrypted", "damaged"),
    }


def test_the_worst_of_several_is_the_exit_status(
    tmp_path: Path, mail: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    robot = tmp_path / "robot.eml"
    robot.write_bytes(out_of_office())
    status, said = tried(capsys, str(mail), str(robot))
    assert (status, [o["status"] for o in said]) == (3, ["accepted", "ignored"])


def test_a_missing_file_is_named_before_anything_is_judged(
    mail: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["try", str(mail), "nowhere.eml", str(mail.parent)]) == 65
    streams = capsys.readouterr()
    assert "no such file: nowhere.eml" in streams.err
    assert f"not a file: {mail.parent}" in streams.err
    assert streams.out == ""


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["--mailbox", "zuzhi"], "xuanchuanbu, zuzhibu"),
        (["--received", "tomorrow"], "2020-07-03T17:30:00+08:00"),
        (["--received", "2020-07-03T17:30:00"], "lacks a zone"),
        (["--colour"], "--colour"),
    ],
)
def test_a_fault_in_the_command_line_ends_in_64_and_says_what_to_do(
    mail: Path, capsys: pytest.CaptureFixture[str], words: list[str], hint: str
) -> None:
    assert main(["try", str(mail), *words]) == 64
    assert hint in capsys.readouterr().err


def test_a_broken_notice_ends_in_78_with_every_fault(
    tmp_path: Path, mail: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notice = tmp_path / "notice.toml"
    notice.write_text('id = "x"\nyear = "soon"\ncolour = "red"\n')
    assert main(["try", str(mail), "--notice", str(notice)]) == 78
    said = capsys.readouterr().err
    assert "year" in said
    assert "colour" in said


def test_when_it_came_decides_whether_it_is_late(
    mail: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, [said] = tried(capsys, str(mail), "--received", "2020-07-15T23:59:59+08:00")
    assert said["late"] is False
    _, [said] = tried(capsys, str(mail), "--received", "2020-07-16T00:00:00+08:00")
    assert said["late"] is True


def test_the_mailbox_it_came_to_is_compared_with_the_category_s(
    mail: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, [said] = tried(capsys, str(mail), "--mailbox", "xuanchuanbu")
    findings = said["findings"]
    assert isinstance(findings, list)
    assert (status, [f["code"] for f in findings]) == (0, ["wrong-mailbox"])


def test_people_see_status_files_findings_and_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mail = tmp_path / "faulty.eml"
    mail.write_bytes(letter(subject=SUBJECT, files=COMPLETE[:3]))
    assert main(["try", str(mail)]) == 1
    said = capsys.readouterr().out
    for expected in ("需补正", "农学院党委", "1.jpg", "form-missing", "020-83226783"):
        assert expected in said


def test_parse_prints_message_and_files_alone(
    mail: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["parse", str(mail), "--json"]) == 0
    [said] = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert said["message"]["subject"] == SUBJECT
    assert said["message"]["message_id"].startswith("<")
    assert [f["name"] for f in said["attachments"]] == [name for name, _ in COMPLETE]
    assert [f["size"] for f in said["attachments"]] == [len(data) for _, data in COMPLETE]


def test_parse_without_json_is_for_people(mail: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["parse", str(mail)]) == 0
    assert "附件1推荐表.docx" in capsys.readouterr().out
