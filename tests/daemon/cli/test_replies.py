"""`baosong replies`: the desk, tried as its users would, while the daemon has the ledger open."""

import json
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path

import pytest

from daemon.cli import main
from daemon.config import load
from daemon.office import Office
from tests import material
from tests.daemon.offices import an_office, answers, post
from tests.letters import letter

SUBJECT = "农学院党委+战疫故事汇+20200701"
MODE = 'mode = "approve"\nmax_age = "36500 days"'
EDITOR = """#!/bin/sh
sed -i "s/农学院党委/园艺学院党委/" "$1"
touch -d 2030-01-01 "$1"
"""


class Desk:
    """An office whose daemon runs, and the command line beside it."""

    def __init__(self, root: Path, office: Office, out: pytest.CaptureFixture[str]) -> None:
        self.root, self.office, self.out = root, office, out

    def says(self, *words: str, status: int = 0) -> str:
        assert main(["replies", *words, "--config", str(self.root / "config.toml")]) == status
        said = self.out.readouterr()
        return said.out if status == 0 else said.err

    def listed(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.says("--json").splitlines()]

    def receive(self, name: str = "1") -> None:
        files = [("1.jpg", material.jpeg())]
        post(self.root, name, letter(subject=SUBJECT, text=f"第{name}封", files=files))
        self.office.poll(self.office.config.mailboxes[0])

    def sent(self) -> list[bytes]:
        self.office.deliver(self.office.config.mailboxes[0])
        return answers(self.root)

    def history(self, message: int = 1) -> list[tuple[str, str]]:
        return [(event.what, event.who) for event in self.office.ledger.history(message)][1:]


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Desk]:
    with Office(load(an_office(tmp_path, replies=MODE))) as office:
        made = Desk(tmp_path, office, capsys)
        made.receive()
        yield made


def test_a_waiting_reply_is_listed_and_does_not_go(desk: Desk) -> None:
    [reply] = desk.listed()
    assert (reply["id"], reply["state"], reply["held"]) == (1, "waiting", True)
    assert desk.sent() == []
    assert SUBJECT in desk.says()


def test_a_reply_is_shown_as_it_will_go_with_its_findings(desk: Desk) -> None:
    shown = json.loads(desk.says("show", "1", "--json"))
    assert "part-missing" in {finding["code"] for finding in shown["findings"]}
    assert "农学院党委" in shown["text"]
    for_people = desk.says("show", "1")
    assert "part-missing" in for_people
    assert "农学院党委" in for_people


def test_an_approved_reply_goes_once(desk: Desk) -> None:
    desk.says("approve", "1", "--by", "张老师")
    assert len(desk.sent()) == 1
    assert desk.listed() == []
    assert desk.history() == [("reply approved", "张老师"), ("reply sent", "baosong")]
    assert "reply 1 is sent" in desk.says("approve", "1", status=65)


def test_all_that_wait_are_approved_together(desk: Desk) -> None:
    desk.receive("2")
    assert "approved: 2" in desk.says("approve", "--all")
    assert len(desk.sent()) == 2


def test_an_edited_reply_keeps_all_but_its_text(desk: Desk, tmp_path: Path) -> None:
    before = desk.office.ledger.drafts.raw(1) or b""
    words = tmp_path / "words.txt"
    words.write_text("老师您好：\n请补 <附件1>。\n", encoding="utf-8")
    desk.says("edit", "1", "--text", str(words), "--by", "李老师")
    desk.says("approve", "1")
    [raw] = desk.sent()
    old, new = message_from_bytes(before), message_from_bytes(raw)
    assert new.items() == old.items()
    _, plain, page = (part.get_payload(decode=True) for part in new.walk())
    assert plain == "老师您好：\r\n请补 <附件1>。\r\n".encode()
    assert isinstance(page, bytes)
    assert "请补 &lt;附件1&gt;。" in page.decode()
    assert ("reply edited", "李老师") in desk.history()
    [event] = [e for e in desk.office.ledger.history(1) if e.what == "reply edited"]
    assert "农学院党委" in event.why


def test_the_editor_of_the_shell_is_used_without_a_text(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "editor"
    editor.write_text(
        '#!/bin/sh\nsed -i "s/农学院党委/园艺学院党委/" "$1"\ntouch -d 2030-01-01 "$1"\n'
    )
    editor.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(editor))
    desk.says("edit", "1")
    assert "园艺学院党委" in json.loads(desk.says("show", "1", "--json"))["text"]


def test_the_same_text_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    same = tmp_path / "same.txt"
    same.write_text(json.loads(desk.says("show", "1", "--json"))["text"], encoding="utf-8")
    assert "unchanged" in desk.says("edit", "1", "--text", str(same))
    assert desk.history() == []


def test_a_dropped_reply_never_goes_and_says_why(desk: Desk) -> None:
    desk.says("drop", "1", "--why", "已电话告知", "--by", "张老师")
    assert desk.sent() == []
    assert desk.listed() == []
    assert desk.history() == [("reply dropped", "张老师")]


def test_a_failed_reply_is_listed_and_sent_again(desk: Desk) -> None:
    desk.says("approve", "1")
    desk.office.ledger.replies.sending(1, desk.office.ledger.made())
    desk.office.ledger.replies.failed(1, desk.office.ledger.made(), "554 5.7.1 not now")
    [reply] = desk.listed()
    assert (reply["state"], reply["error"]) == ("failed", "554 5.7.1 not now")
    desk.says("approve", "1")
    assert len(desk.sent()) == 1


def test_an_address_that_mail_came_back_from_needs_a_second_word(desk: Desk) -> None:
    address = str(desk.listed()[0]["to"])
    desk.office.ledger.caps.bury(address, desk.office.ledger.made(), "550 5.1.1 no such user")
    assert "--revive" in desk.says("approve", "1", status=65)
    desk.says("approve", "1", "--revive")
    assert len(desk.sent()) == 1


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["approve"], 64),
        (["approve", "1", "--all"], 64),
        (["approve", "one"], 64),
        (["drop", "1"], 64),
        (["show", "7"], 65),
        (["approve", "7"], 65),
        (["drop", "7", "--why", "x"], 65),
        (["edit", "1", "--text", "nowhere.txt"], 65),
        (["edit", "1", "--text", "/dev/null"], 65),
    ],
)
def test_slips_are_one_clear_line(desk: Desk, words: list[str], status: int) -> None:
    said = desk.says(*words, status=status)
    assert "Error: " in said
    assert "Traceback" not in said
    assert desk.history() == []


def test_the_configuration_may_be_named_before_the_subcommand(desk: Desk) -> None:
    assert main(["replies", "--config", str(desk.root / "config.toml"), "show", "1"]) == 0


def test_without_a_ledger_there_is_no_desk(
    tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    config = an_office(tmp_path_factory.mktemp("new"))
    assert main(["replies", "--config", str(config)]) == 65
    assert "no ledger" in capsys.readouterr().err
