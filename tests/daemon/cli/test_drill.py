"""`baosong drill NAME`, with and without a daemon."""

from pathlib import Path

import pytest

from daemon.cli import main
from tests.daemon.offices import an_office


@pytest.fixture
def office(tmp_path: Path) -> Path:
    config = an_office(tmp_path)
    text = config.read_text(encoding="utf-8").replace(
        "[mailbox.maildir]", 'poll = "1 s"\n[mailbox.maildir]'
    )
    config.write_text(text, encoding="utf-8")
    return config


def test_every_step_is_a_line(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["drill", "zuzhibu", "--poll", "--config", str(office)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 6
    assert all(line.startswith("ok ") for line in lines)
    assert "演练" in lines[4]


def test_without_a_daemon_it_ends_in_a_line_that_says_so(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", "--once", "--config", str(office)]) == 0
    assert main(["drill", "zuzhibu", "--wait", "1", "--config", str(office)]) == 1
    assert "is the daemon running?" in capsys.readouterr().out


@pytest.mark.parametrize(("name", "status"), [("nobody", 64), ("zuzhibu", 65)])
def test_slips_are_one_clear_line(
    office: Path, capsys: pytest.CaptureFixture[str], name: str, status: int
) -> None:
    assert main(["drill", name, "--config", str(office)]) == status
    assert "Error: " in capsys.readouterr().err
