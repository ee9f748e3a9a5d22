"""The wheel is whole, and nobody else's `daemon` or `rules` lies beside ours."""

import os
import subprocess
import sys
import zipfile
from importlib.metadata import distributions, packages_distributions
from pathlib import Path

import pytest

from tests import material
from tests.daemon.offices import NOON
from tests.letters import letter

ROOT = Path(__file__).parent.parent
SUBJECT = "农学院党委+战疫故事汇+20200701"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out)]
    subprocess.run([*build, str(ROOT)], check=True, capture_output=True)
    return next(out.glob("*.whl"))


def test_the_wheel_holds_every_module_and_every_piece_of_data(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        packed = {n for n in archive.namelist() if not n.startswith("baosong-")}
    tracked = subprocess.run(
        ["git", "ls-files", "daemon", "rules"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert packed >= set(tracked)


def test_the_program_runs_from_the_wheel_alone(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    mail = tmp_path / "mail.eml"
    mail.write_bytes(letter(subject=SUBJECT, files=[("稿.docx", material.manuscript())], date=NOON))
    code = "import sys; from daemon.cli import main; sys.exit(main(sys.argv[1:]))"
    tried = subprocess.run(
        [sys.executable, "-c", code, "try", str(mail)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (tried.returncode, tried.stderr) == (1, "")
    assert "form-missing" in tried.stdout


def test_no_stranger_owns_our_names() -> None:
    """PyPI's python-daemon and rules install top-level packages of the same names."""
    owners = packages_distributions()
    assert set(owners.get("daemon", ["baosong"])) == {"baosong"}
    assert set(owners.get("rules", ["baosong"])) == {"baosong"}
    installed = {d.metadata["Name"].lower() for d in distributions()}
    assert not installed & {"python-daemon", "rules"}


def test_the_lock_names_no_host_and_hashes_every_package() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    assert "://" not in lock
    pins = [line for line in lock.splitlines() if line and line[0].isalpha()]
    assert all("==" in pin and pin.endswith("\\") for pin in pins)
