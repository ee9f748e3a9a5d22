"""`baosong reconcile`: a line for each difference, mended on request."""

import json
from pathlib import Path

import pytest

from daemon.cli import main
from tests import material
from tests.daemon.offices import an_office, post
from tests.letters import letter


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """The configuration of an office that has had one faulty mail."""
    config = an_office(tmp_path, replies='max_age = "36500 days"')
    raw = letter(subject="农学院党委+红色防火墙", files=[("1.jpg", material.jpeg())])
    post(tmp_path, "1", raw)
    assert main(["run", "--once", "--config", str(config)]) == 0
    return config


def says(out: pytest.CaptureFixture[str], office: Path, *words: str, status: int = 0) -> str:
    out.readouterr()
    assert main(["reconcile", "--config", str(office), *words]) == status
    return out.readouterr().out


def test_equal_counts_are_shown(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert says(capsys, office).split() == [
        *("1", "zuzhibu:", "messages", "1", "zuzhibu:", "rows", "1", "raw", "copies")
    ]


def test_a_difference_is_told_mended_and_gone(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    [raw] = (office.parent / "state/spool").glob("??/*.eml")
    raw.unlink()
    assert "--repair mends it" in says(capsys, office, status=1)
    assert not raw.exists()
    first = says(capsys, office, "--repair", "--json").splitlines()[0]
    assert json.loads(first)["state"] == "mended"
    assert raw.exists()
    says(capsys, office, "--deep")


def test_what_cannot_be_mended_says_why(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    [raw] = (office.parent / "state/spool").glob("??/*.eml")
    raw.unlink()
    (office.parent / "in/new/1").unlink()
    said = says(capsys, office, "--repair", status=1)
    assert "note" in said
    assert "cannot be mended" in said


def test_before_the_first_run_there_is_nothing_to_compare(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["reconcile", "--config", str(an_office(tmp_path))]) == 65
    assert "run --once" in capsys.readouterr().err
