"""What a command does not import: each of these would be waited for, at every call."""

import subprocess
import sys
from pathlib import Path

import pytest

from daemon.cli import main
from tests.daemon.offices import an_office
from tests.servers.dovecot import free_port

CODE = """
import sys
from daemon.cli import main
status = main(sys.argv[1:])
print(*sys.modules, file=sys.stderr)
sys.exit(status)
"""
SEEN = """
import os, signal, threading
from http.client import HTTPConnection

def look():
    line = HTTPConnection("127.0.0.1", int(sys.argv[-1]))
    while not line.sock:
        try:
            line.connect()
        except OSError:
            threading.Event().wait(0.05)
    line.request("GET", "/sign-in")
    assert line.getresponse().status == 200
    os.kill(os.getpid(), signal.SIGTERM)
"""
SERVED = CODE.replace(
    "status = main(sys.argv[1:])",
    f"""
{SEEN}
threading.Thread(target=look, daemon=True).start()
status = main(sys.argv[1:-1])
""",
)
PAGES = {"starlette", "uvicorn", "argon2", "anyio"}
LINE = {"daemon.office", "daemon.intake", "daemon.mailbox", "daemon.reply", "daemon.inspection"}
OTHERS = {"jinja2", "mailparser", "imapclient", "apscheduler", "PIL", "pypdf", "docx", "xlsxwriter"}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One that has made a pass over its empty mailbox."""
    config = an_office(tmp_path_factory.mktemp("office"))
    assert main(["run", "--once", "--config", str(config)]) == 0
    return config


def imported(*words: str | Path, code: str = CODE) -> set[str]:
    command = [sys.executable, "-c", code, *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(done.stderr.splitlines()[-1].split())


def test_the_overview_needs_neither_configuration_nor_rules() -> None:
    assert not {"pydantic", "rules", "daemon.config", "sqlite3", "jinja2", "rich"} & imported(
        "--help"
    )


@pytest.mark.parametrize("words", [("explain", "contact-missing"), ("rules",)])
def test_who_reads_a_rule_needs_no_ledger(words: tuple[str, ...]) -> None:
    assert not {"daemon.ledger", "sqlite_utils", *PAGES, *LINE, *OTHERS} & imported(*words)


@pytest.mark.parametrize("words", [("status",), ("messages",), ("user", "list")])
def test_who_reads_the_ledger_needs_no_mail(office: Path, words: tuple[str, ...]) -> None:
    assert not (PAGES | LINE | OTHERS) & imported(*words, "--config", office)


def test_one_pass_needs_no_timetable_and_no_pages(office: Path) -> None:
    needless = {"apscheduler", "imapclient", "rich", "PIL", "pypdf", "docx", *PAGES}
    assert not needless & imported("run", "--once", "--config", office)


def test_a_daemon_has_what_it_is_for_and_no_more(tmp_path: Path) -> None:
    """Maildirs, and its pages looked at: neither a way to servers nor a hand-over in the making."""
    port = str(free_port())
    config = an_office(tmp_path, top="")
    with config.open("a", encoding="utf-8") as file:
        file.write(f'[web]\nlisten = "127.0.0.1:{port}"\n')
    found = imported("run", "--config", config, port, code=SERVED)
    assert {"apscheduler", "starlette"} <= found
    assert not {"imapclient", "daemon.handover", "mailparser", "xlsxwriter", "rich"} & found
