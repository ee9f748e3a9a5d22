"""The doctor says what the alarms say, from the ledger alone."""

import shutil
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from daemon import clock
from daemon.config import Config
from daemon.doctor import alarms
from daemon.ledger import Ledger
from tests.daemon.offices import configured


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture(autouse=True)
def _room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(0, 0, 100 << 30))


def told(config: Config, **alarm: str) -> list[str]:
    wanted = config.alarm.model_copy(update=alarm)
    found = alarms.examine(config.model_copy(update={"alarm": wanted}))
    return [str(check) for check in found]


def test_before_the_first_run_only_the_channel_is_looked_at(tmp_path: Path) -> None:
    [line] = told(configured(tmp_path))
    assert line.startswith("look  alarm: nobody is told")


def test_a_silent_mailbox_is_named_though_the_daemon_is_dead(tmp_path: Path) -> None:
    config = configured(tmp_path)
    with Ledger(config.ledger) as ledger:
        ledger.pulses.read("zuzhibu", clock.now() - timedelta(minutes=29))
        assert told(config)[1:] == ["ok    alarms: none"]
        ledger.pulses.read("zuzhibu", clock.now() - timedelta(minutes=31))
        [line] = told(config)[1:]
    assert line.startswith("TO DO alarm: 信箱 zuzhibu 自")
    assert "→ 请检查网络" in line


def test_what_the_night_found_stays_until_the_next(tmp_path: Path) -> None:
    config = configured(tmp_path)
    with Ledger(config.ledger) as ledger:
        ledger.alarms.begin("reconcile", "", "发现 1 处\n· 一行\n请处理", clock.now())
        assert told(config)[1:] == ["TO DO alarm: 发现 1 处 → 请处理"]


@pytest.mark.parametrize(
    ("command", "line"),
    [
        ("true --loud", "ok    alarm: runs true --loud"),
        ("/nowhere/to/be found", "TO DO alarm: /nowhere/to/be is no program"),
        ("'open", "TO DO alarm: alarm.command cannot be read: No closing quotation"),
        ("  ", "TO DO alarm: alarm.command cannot be read"),
    ],
)
def test_a_command_that_cannot_run_is_found_beforehand(
    tmp_path: Path, command: str, line: str
) -> None:
    assert told(configured(tmp_path), command=command)[0].startswith(line)


def test_a_mail_address_is_enough(tmp_path: Path) -> None:
    assert (
        told(configured(tmp_path), mail="a@example.org")[0]
        == "ok    alarm: writes to a@example.org"
    )


def test_an_address_that_no_mailbox_can_write_to_is_found(tmp_path: Path) -> None:
    config = configured(tmp_path)
    mute = config.mailboxes[0].model_copy(update={"outbox": None})
    [line] = told(config.model_copy(update={"mailboxes": (mute,)}), mail="a@example.org")
    assert line.startswith("TO DO alarm: no mailbox can send mail")
