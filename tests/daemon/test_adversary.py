"""What a stranger writes never becomes a command: in the log, on a terminal, in cells, in names."""

import csv
import io
import logging
import unicodedata
from contextlib import redirect_stderr
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pytest

from daemon.cli import main
from tests import material
from tests.daemon.offices import NOON, an_office, answers, post
from tests.letters import letter

EVIL = (
    "\r\nBcc: everybody@example.org\r\n\r\n<0>kernel: panic",
    "\x1b[2J\x1b]0;owned\x07\x9b31m",
    "\N{RIGHT-TO-LEFT OVERRIDE}gpj.exe\N{ZERO WIDTH SPACE}\N{LINE SEPARATOR}",
    '=HYPERLINK("http://evil.example","x")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "＝1＋1\t\x00../../etc/passwd",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
UNSEEN = {"Cc", "Cf", "Zl", "Zp", "Cs"}


def printable(text: str) -> str:
    """As much of it as a Word file can hold."""
    return "".join(c for c in text if unicodedata.category(c) != "Cc")


@pytest.fixture(
    scope="module", params=EVIL, ids=["header", "terminal", "bidi", "formula", "dde", "path"]
)
def evil(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@dataclass(frozen=True)
class Read:
    """An office that has read mails with evil words wherever a sender may write some."""

    config: Path
    log: str

    def said(self, out: pytest.CaptureFixture[str], *words: str) -> str:
        out.readouterr()
        assert main([*words, "--config", str(self.config)]) in {0, 1}
        told = out.readouterr()
        return told.out + told.err


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, evil: str) -> Read:
    root = tmp_path_factory.mktemp("office")
    config = an_office(root, replies='max_age = "36500 days"')
    written(root, evil)
    root_log = logging.getLogger()
    handlers, level = list(root_log.handlers), root_log.level
    with redirect_stderr(io.StringIO()) as log:
        assert main(["run", "--once", "--config", str(config)]) == 0
    root_log.handlers[:] = handlers
    root_log.setLevel(level)
    return Read(config, log.getvalue())


def written(root: Path, evil: str) -> None:
    name = f"{evil}农学院党委+战疫故事汇+20200701"
    files = [
        (f"{name}.docx", material.manuscript(title=printable(evil))),
        (f"1{evil}.jpg", material.jpeg(seed=1)),
        (f"{evil}.jpg", material.jpeg(seed=2)),
        ("附件1推荐表.docx", material.form()),
    ]
    subject = "农学院党委+战疫故事汇+20200701"
    sender = f"{evil} <nxy@example.edu.cn>"
    post(root, "1", letter(subject=subject, files=files, date=NOON, sender=sender))
    post(root, "2", letter(subject=f"{evil}{subject}", files=files[1:2], date=NOON, text=evil))
    post(root, "3", letter(subject=evil, sender="x <x@example.edu.cn>", date=NOON))


def unseen(text: str) -> set[str]:
    return {c for c in text if unicodedata.category(c) in UNSEEN} - {"\n"}


def test_neither_log_nor_terminal_obeys(office: Read, capsys: pytest.CaptureFixture[str]) -> None:
    assert unseen(office.log) == set()
    for words in ("messages", "status", "replies", "reconcile"):
        assert unseen(office.said(capsys, words)) == set(), words


def test_each_line_of_the_log_is_ours(office: Read) -> None:
    lines = office.log.splitlines()
    assert lines
    assert all(line[:2] == "20" and line[4] == "-" for line in lines)


def test_no_name_leads_out_of_the_library_or_hides_its_end(office: Read, evil: str) -> None:
    library = office.config.parent / "state" / "library"
    names = [p.name for p in library.rglob("*")]
    assert names or "\n" in evil  # line breaks cut the mail short: nothing to file
    assert unseen("".join(names)) == set()
    assert not any(set(name) & set('/\\:*?"<>|') for name in names)
    assert not (office.config.parent.parent / "etc").exists()


def test_no_cell_is_run(office: Read, capsys: pytest.CaptureFixture[str]) -> None:
    text = office.said(capsys, "status", "--csv").removeprefix("\ufeff")
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert not [cell for cell in cells if cell.lstrip(" ").startswith(FORMULA)]
    book = office.config.parent / "status.xlsx"
    office.said(capsys, "status", "--xlsx", str(book))
    sheets = openpyxl.load_workbook(book).worksheets
    assert not [c for sheet in sheets for row in sheet for c in row if c.data_type == "f"]


def test_a_reply_goes_to_one_and_has_no_header_of_theirs(office: Read) -> None:
    replies = answers(office.config.parent)
    assert replies
    for raw in replies:
        mail = message_from_bytes(raw, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        assert (mail["Bcc"], mail["Cc"], len(mail.get_all("To", []))) == (None, None, 1)
        head = raw.partition(b"\r\n\r\n")[0] or raw.partition(b"\n\n")[0]
        assert head.isascii()
        text = mail.get_body(("plain",))
        assert text is not None
        assert unseen(text.get_content()) - {"\r"} == set()
