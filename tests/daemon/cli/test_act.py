"""`baosong act`: everything without a browser."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from daemon.cli import baosong, main
from daemon.config import load
from daemon.ledger import Ledger
from daemon.office import Office
from tests.daemon.acts.mail import STORY, TEXT, UNKNOWN, WHOLE, comes
from tests.daemon.offices import Clock, an_office

Run = Callable[..., int]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = an_office(tmp_path)
    with Office(load(path), clock=Clock()) as office:
        comes(office, [TEXT])
        comes(office, WHOLE, subject=UNKNOWN, sender="c@example.org")
    return path


@pytest.fixture
def run(config: Path) -> Run:
    return lambda *words: main(["act", "--config", str(config), *words])


def rows(config: Path) -> list[tuple[str, str]]:
    with Ledger(load(config).ledger) as ledger:
        return [(m["status"], m["unit"] or "") for m in ledger.messages()]


def test_a_message_is_accepted_listed_and_undone(
    config: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("accept", "1", "--why", "纸质已收", "--by", "陈老师") == 0
    assert rows(config)[0][0] == "accepted"
    assert run("undo", "1", "--by", "李老师") == 0
    assert rows(config)[0][0] == "returned"
    capsys.readouterr()
    assert run() == 0
    listed = capsys.readouterr().out
    assert "陈老师  accept  message 1  纸质已收  [undone by 2]" in listed


def test_what_is_refused_is_said(
    config: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("accept", "1") != 0
    assert "请写明理由" in capsys.readouterr().err
    assert run("undo", "9") != 0
    assert run("accept", "99", "--why", "x") != 0
    assert rows(config)[0][0] == "returned"


def test_a_message_is_returned_corrected_and_a_name_learnt(config: Path, run: Run) -> None:
    assert run("alias", "2", "园艺学院党委", "蓬莱书院党委") == 0
    assert rows(config)[1] == ("accepted", "园艺学院党委")
    assert run("return", "2", "--words", "题目请改") == 0
    assert rows(config)[1][0] == "returned"
    assert run("correct", "2", "--unit", "食品学院党委", "--date", "2020-07-02") == 0
    assert rows(config)[1] == ("returned", "食品学院党委")


def test_messages_are_judged_again(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("rejudge", "--notice", STORY.notice) == 0
    assert "judged again: 2, changed: 0" in capsys.readouterr().out
    assert run("rejudge", "1") == 0
    assert run("rejudge") == 64


def test_a_place_is_waived_and_extended(config: Path, run: Run) -> None:
    place = (STORY.notice, STORY.unit, STORY.category, STORY.window)
    assert run("place", "extend", *place, "--until", "2030-07-21T00:00:00+08:00", "--why", "x") == 0
    assert run("place", "not-applicable", *place, "--why", "无此任务") == 0
    assert run("place", "extend", *place, "--why", "x") == 64
    with Ledger(load(config).ledger) as ledger:
        granted = ledger.concessions.at(STORY)
    assert granted is not None
    assert (granted.waived, granted.word) == ("无此任务", "not-applicable")
    assert granted.extended is not None


def test_a_reply_is_sent_again_and_material_selected(config: Path, run: Run) -> None:
    assert run("resend", "1", "--why", "没收到") == 0
    assert run("select", "1") != 0
    assert run("accept", "1", "--why", "x") == 0
    assert run("select", "1") == 0
    assert run("select", "1", "--off") == 0
    assert rows(config)[0][0] == "accepted"


def test_the_configuration_may_be_named_behind_the_act(config: Path) -> None:
    """As with `user` and `replies`; before it, it may stand as well."""
    assert main(["act", "accept", "1", "--why", "x", "--config", str(config)]) == 0
    assert rows(config)[0][0] == "accepted"


def test_the_command_explains_itself() -> None:
    result: Result = CliRunner().invoke(baosong, ["act", "--help"])
    assert result.exit_code == 0
    assert "undo" in result.output
