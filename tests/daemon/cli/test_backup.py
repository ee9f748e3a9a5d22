"""`baosong backup` and `baosong restore`, from the command line."""

from pathlib import Path

import pytest

from daemon.cli import main
from tests import material
from tests.daemon.offices import an_office, answers, post
from tests.letters import letter


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """The configuration of an office that has had one faulty mail."""
    config = an_office(tmp_path, replies='max_age = "36500 days"')
    raw = letter(subject="农学院党委+红色防火墙", files=[("1.jpg", material.jpeg())])
    post(tmp_path, "1", raw)
    assert main(["run", "--once", "--config", str(config)]) == 0
    return config


def messages(office: Path, out: pytest.CaptureFixture[str]) -> str:
    out.readouterr()
    assert main(["messages", "--json", "--config", str(office)]) == 0
    return out.readouterr().out


def test_there_and_back(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = office.parent
    before = messages(office, capsys)
    assert main(["backup", str(root / "copy"), "--config", str(office)]) == 0
    (root / "state").rename(root / "burnt")
    assert main(["restore", str(root / "copy"), "--into", str(root / "state")]) == 0
    assert main(["run", "--once", "--config", str(office)]) == 0
    assert messages(office, capsys) == before
    assert len(answers(root)) == 1
    assert main(["reconcile", "--deep", "--config", str(office)]) == 0


def test_the_configuration_and_its_notices_are_in_it_and_no_password_is(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = office.parent
    server = '[mailbox.imap]\nhost = "localhost"\nusername = "u"\npassword = "hush \\"1\\""\n'
    text = office.read_text().replace('[mailbox.maildir]\n    path = "in"\n', server)
    text = text.replace('[mailbox.maildir]\npath = "in"\n', server)
    assert "hush" in text
    office.write_text(text)
    (root / "state" / "oauth").mkdir()
    (root / "state" / "oauth" / "u.json").write_text("refresh-token")
    assert main(["backup", str(root / "copy"), "--config", str(office)]) == 0
    kept = root / "copy" / "configuration"
    notices = sorted(p.name for p in (root / "notices").iterdir())
    assert sorted(p.name for p in (kept / "notices").iterdir()) == notices
    assert "hush" not in (kept / "config.toml").read_text()
    assert "[mailbox.imap]" in (kept / "config.toml").read_text()
    assert not list((root / "copy").rglob("*u.json"))
    assert main(["restore", str(root / "copy"), "--into", str(root / "state2")]) == 0
    assert "without its passwords" in capsys.readouterr().out
    assert not (root / "state2" / "configuration").exists()


def test_a_password_that_could_not_be_blanked_stops_the_backup(office: Path) -> None:
    server = '[mailbox.imap]\nhost = "localhost"\nusername = "u"\npassword = "\\u0068ush"\n'
    office.write_text(office.read_text().replace('[mailbox.maildir]\npath = "in"\n', server))
    assert main(["backup", str(office.parent / "copy"), "--config", str(office)]) == 78


def test_nothing_is_ever_overwritten(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = office.parent
    assert main(["backup", str(root / "copy"), "--config", str(office)]) == 0
    assert main(["backup", str(root / "copy"), "--config", str(office)]) == 64
    assert main(["restore", str(root / "copy"), "--into", str(root / "state")]) == 64
    assert "is not empty" in capsys.readouterr().err


def test_a_damaged_backup_restores_nothing(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = office.parent
    assert main(["backup", str(root / "copy"), "--config", str(office)]) == 0
    for raw in (root / "copy").glob("spool/*/*.eml"):
        raw.unlink()
    assert main(["restore", str(root / "copy"), "--into", str(root / "new")]) == 65
    assert "is not there" in capsys.readouterr().err
    assert not (root / "new").exists()


def test_a_missing_file_is_told_by_the_exit_status(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for raw in (office.parent / "state").glob("spool/*/*.eml"):
        raw.unlink()
    assert main(["backup", str(office.parent / "copy"), "--config", str(office)]) == 1
    assert "message 1" in capsys.readouterr().err
