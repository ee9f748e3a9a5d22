"""An office tells its own troubles, with real commands and a mailbox that comes and goes."""

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from daemon.config import Config
from daemon.config import Mailbox as Box
from daemon.errors import ConfigError, Problem, Unavailable
from daemon.mailbox import LoginRefused
from daemon.office import Office
from daemon.poll import Poll
from tests.daemon.alarm.listening import MINUTE
from tests.daemon.offices import NOON, Clock, configured, post
from tests.letters import letter


def told(config: Config, clock: Clock, minutes: int, *, poll: bool = True) -> None:
    """The office itself polls and looks, once a minute."""
    with Office(config, clock=clock) as office:
        for _ in range(minutes):
            clock.pass_(MINUTE)
            if poll:
                attempt(office, config.mailboxes[0])
            office.watch()


def attempt(office: Office, box: Box) -> None:
    try:
        office.poll(box)
    except Unavailable:
        return


def test_an_office_whose_mailbox_is_gone_runs_its_command_once_and_once_again(
    tmp_path: Path,
) -> None:
    config = configured(tmp_path)
    script = tmp_path / "tell"
    script.write_text(f"#!/bin/sh\ncat >> {tmp_path}/told\n")
    script.chmod(0o755)
    alarm = config.alarm.model_copy(update={"command": str(script)})
    config = config.model_copy(update={"alarm": alarm})
    clock = Clock()
    told(config, clock, 2)
    (tmp_path / "in").rename(tmp_path / "unmounted")
    told(config, clock, 20)
    assert not (tmp_path / "told").exists()
    told(config, clock, 30)
    assert (tmp_path / "told").read_text().count("报警") == 1
    (tmp_path / "unmounted").rename(tmp_path / "in")
    told(config, clock, 3)
    text = (tmp_path / "told").read_text()
    assert (text.count("报警"), text.count("解除：")) == (1, 1)


@pytest.mark.parametrize(
    "fault", [LoginRefused("logging in", "NO"), ConfigError([Problem("file", "it is gone")])]
)
def test_an_office_that_is_not_let_in_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    config = configured(tmp_path)

    def refuse(*_: object) -> int:
        raise fault

    monkeypatch.setattr(Poll, "__call__", refuse)
    with Office(config, clock=Clock()) as office:
        with pytest.raises(type(fault)):
            office.poll(config.mailboxes[0])
        office.watch()
        assert [alarm.kind for alarm in office.ledger.alarms.all()] == ["login"]


def test_a_first_pass_of_hours_is_no_silence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is recorded together is a sign of life; a mailbox without any would be silent here."""
    monkeypatch.setattr("daemon.passage.TOGETHER", 1)  # slow ones are not waited for together
    config = configured(tmp_path)
    clock = Clock()
    for number in range(4):
        path = tmp_path / "in/new" / str(number)
        path.write_bytes(letter(subject="问好", text=str(number), date=NOON))
        os.utime(path, (NOON.timestamp(), NOON.timestamp()))
    with Office(config, clock=clock) as office:
        poll = office.line
        office.ledger.pulses.read("zuzhibu", clock())

        def slowly() -> bool:
            clock.pass_(timedelta(minutes=20))
            office.watch()
            return False

        replace(poll, stop=slowly)(config.mailboxes[0])
        assert {alarm.kind for alarm in office.ledger.alarms.all()} <= {"held"}


def test_what_the_night_finds_is_an_alarm_until_a_night_finds_nothing(tmp_path: Path) -> None:
    config = configured(tmp_path)
    post(tmp_path, "1", letter(subject="问好", date=NOON))
    with Office(config, clock=Clock()) as office:
        office.poll(config.mailboxes[0])
        assert office.nightly() == ()
        [raw] = (tmp_path / "state/spool").glob("??/*.eml")
        raw.rename(tmp_path / "lost")
        [difference] = office.nightly()
        assert kinds(office) == {"reconcile"}
        assert difference.mend
        difference.mend(office.line)
        office.watch()
        assert kinds(office) == {"reconcile"}
        assert office.nightly() == ()
        office.watch()
        assert kinds(office) == set()


def test_the_night_clears_away_what_a_crash_left_half_written(tmp_path: Path) -> None:
    config = configured(tmp_path)
    work = tmp_path / "state/spool/work"
    old, fresh = work / "tmpold", work / "tmpfresh"
    for folder in (old, fresh):
        folder.mkdir(parents=True)
        (folder / "1").write_bytes(b"decoded")
    os.utime(old, (NOON.timestamp() - 90_000, NOON.timestamp() - 90_000))
    os.utime(fresh, (NOON.timestamp() - 80_000, NOON.timestamp() - 80_000))
    with Office(config, clock=Clock()) as office:
        assert office.nightly() == ()
    assert list(work.iterdir()) == [fresh]


def kinds(office: Office) -> set[str]:
    return {alarm.kind for alarm in office.ledger.alarms.all()} - {"held"}


def test_the_quota_is_asked_for_after_hours_and_not_by_one_pass(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config, clock = configured(tmp_path), Clock()
    answers = iter([(95 << 20, 100 << 20)])
    monkeypatch.setattr("daemon.office.usage", lambda box: next(answers))
    with Office(config, clock=clock) as office:
        for minutes in (0, 359, 1, 60):
            clock.pass_(minutes * MINUTE)
            office.poll(config.mailboxes[0])
        office.watch()
        assert kinds(office) == {"quota"}


def test_a_quota_that_cannot_be_asked_for_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(box: Box) -> None:
        raise Unavailable("asking for the quota", "BAD")

    config, clock = configured(tmp_path), Clock()
    monkeypatch.setattr("daemon.office.usage", fail)
    with Office(config, clock=clock) as office:
        clock.pass_(timedelta(hours=7))
        assert office.poll(config.mailboxes[0]) == 0
