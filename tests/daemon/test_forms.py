"""The blank forms: written as the notice names them, and read back as what they are."""

import io
from pathlib import Path

import pytest
from docx import Document

from daemon.cli import main
from daemon.config.notices import SHIPPED, load
from daemon.forms import write
from tests.daemon.cli.test_try import COMPLETE, tried
from tests.daemon.offices import NOON
from tests.letters import letter

NOTICE = load(SHIPPED)
SUBJECT = "农学院党委+战疫故事汇+20200701"


def test_every_form_has_every_field_of_the_notice_in_order(tmp_path: Path) -> None:
    paths = list(write(NOTICE, tmp_path))
    assert len(paths) == len(NOTICE.forms)
    for path, form in zip(paths, NOTICE.forms, strict=True):
        assert path.name.startswith(form.id)
        [table] = Document(str(path)).tables
        assert tuple(row.cells[0].text for row in table.rows) == form.fields


def test_a_form_sent_back_blank_is_named_field_by_field(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = next(write(NOTICE, tmp_path))
    findings = codes_for(form.name, form.read_bytes(), tmp_path, capsys)
    [blank] = [f for f in findings if f["code"] == "form-incomplete"]
    assert all(field in str(blank["saw"]) for field in ("推荐单位", "联系人", "推荐理由"))


def test_a_form_filled_in_is_complete(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = Document(str(next(write(NOTICE, tmp_path))))
    for row in document.tables[0].rows:
        row.cells[1].text = "农学院党委，张老师，13800138000"
    filled = io.BytesIO()
    document.save(filled)
    assert codes_for("表.docx", filled.getvalue(), tmp_path, capsys) == []


def test_the_command_names_what_it_wrote(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["notice", "forms", str(tmp_path / "forms")]) == 0
    said = capsys.readouterr().out.splitlines()
    assert [Path(line).is_file() for line in said] == [True, True]


def codes_for(
    name: str, form: bytes, folder: Path, capsys: pytest.CaptureFixture[str]
) -> list[dict[str, object]]:
    mail = folder / "mail.eml"
    mail.write_bytes(letter(subject=SUBJECT, files=[*COMPLETE[:3], (name, form)], date=NOON))
    _, [said] = tried(capsys, str(mail))
    assert isinstance(said["findings"], list)
    return said["findings"]
