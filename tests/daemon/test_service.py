"""The service: when mailboxes are read, what a fault costs, and what signals do."""

import logging
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import pytest

import daemon.service
from daemon.config import Config, Mailbox, load
from daemon.errors import ConfigError, Problem, Unavailable
from daemon.mailbox import LoginRefused
from daemon.service import UNAVAILABLE, Service
from tests.daemon.config.files import SMALLEST, written

Poll = Callable[["Desk", str], int]


def two_mailboxes(folder: Path) -> Path:
    """A configuration of `zuzhibu` and `xuanchuanbu`, read every second."""
    first = SMALLEST.replace("[mailbox.maildir]", 'poll = "1 s"\n[mailbox.maildir]')
    second = first[first.index("[[mailbox]]") :].replace("zuzhibu", "xuanchuanbu")
    return written(folder, first + second.replace("zzbdj@", "xcb@"))


@dataclass
class Desk:
    """A line whose passes do what the test says; it writes down what it was asked."""

    path: Path
    script: Poll
    asked: list[str] = field(default_factory=list)
    opened: list[Config] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    stop: Callable[[], bool] = lambda: False

    def __post_init__(self) -> None:
        self.service = Service(self.path, self.assemble, abandon=self.left.append)

    @contextmanager
    def assemble(self, config: Config, *, stop: Callable[[], bool]) -> Iterator["Desk"]:
        self.opened.append(config)
        self.stop = stop
        yield self

    def poll(self, box: Mailbox) -> int:
        self.asked.append(f"poll {box.name}")
        return self.script(self, box.name)

    def deliver(self, box: Mailbox) -> int:
        self.asked.append(f"deliver {box.name}")
        return 0

    def remind(self) -> None:
        """Nobody owes anything."""

    def watch(self) -> None:
        """Nothing is ever wrong."""

    def nightly(self) -> tuple[object, ...]:
        return ()

    def end(self) -> int:
        self.service.receive(signal.SIGTERM)
        return 0


def quiet(_desk: Desk, _name: str) -> int:
    return 0


def test_one_pass_reads_every_mailbox_and_then_delivers(tmp_path: Path) -> None:
    desk = Desk(two_mailboxes(tmp_path), quiet)
    assert desk.service.run_once() == 0
    assert desk.asked == [
        "poll zuzhibu",
        "poll xuanchuanbu",
        "deliver zuzhibu",
        "deliver xuanchuanbu",
    ]


@pytest.mark.parametrize(
    "fault",
    [
        Unavailable("connecting to imap.example.cn", "timed out"),
        LoginRefused("logging in", "NO"),
        ConfigError([Problem("file", "gone meanwhile")]),
    ],
)
def test_a_mailbox_that_fails_never_stops_the_other(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, fault: Exception
) -> None:
    def script(_desk: Desk, name: str) -> int:
        if name == "zuzhibu":
            raise fault
        return 1

    desk = Desk(two_mailboxes(tmp_path), script)
    with caplog.at_level(logging.INFO):
        assert desk.service.run_once() == UNAVAILABLE
    assert desk.asked[1:] == ["poll xuanchuanbu", "deliver zuzhibu", "deliver xuanchuanbu"]
    assert f"zuzhibu: {fault}; next attempt in" in caplog.text
    assert "xuanchuanbu: 1 new" in caplog.text


def test_sigterm_during_one_pass_ends_after_the_message_in_hand(tmp_path: Path) -> None:
    desk = Desk(two_mailboxes(tmp_path), lambda desk, _name: desk.end())
    assert desk.service.run_once() == 0
    assert desk.asked == ["poll zuzhibu"]
    assert desk.stop()


def test_a_password_that_is_not_there_keeps_the_service_from_starting(tmp_path: Path) -> None:
    path = two_mailboxes(tmp_path)
    imap = '[mailbox.imap]\nhost = "localhost"\nusername = "u"\npassword = { env = "NO_WORD" }'
    text = path.read_text(encoding="utf-8").replace('[mailbox.maildir]\n  path = "mail"', imap)
    path.write_text(text, encoding="utf-8")
    desk = Desk(path, quiet)
    with pytest.raises(ConfigError) as refusal:
        desk.service.run()
    assert [p.key for p in refusal.value.problems] == [
        "mailbox.0.imap.password.env",
        "mailbox.1.imap.password.env",
    ]
    assert desk.opened == []


def test_serving_reads_every_mailbox_at_once_and_ends_with_sigterm(tmp_path: Path) -> None:
    both = Event()

    def script(desk: Desk, _name: str) -> int:
        if {"poll zuzhibu", "poll xuanchuanbu"} <= set(desk.asked):
            both.set()
            desk.end()
        return 0

    desk = Desk(two_mailboxes(tmp_path), script)
    assert desk.service.run() == 0
    assert both.is_set()
    assert desk.left == []


def test_a_mailbox_that_hangs_does_not_keep_the_other_from_being_read(tmp_path: Path) -> None:
    read_twice = Event()

    def script(desk: Desk, name: str) -> int:
        if name == "zuzhibu":
            read_twice.wait(30)
        elif desk.asked.count("poll xuanchuanbu") == 2:
            read_twice.set()
            desk.end()
        return 0

    desk = Desk(two_mailboxes(tmp_path), script)
    assert desk.service.run() == 0
    assert desk.asked.count("poll zuzhibu") == 1


def test_a_mailbox_is_read_again_when_the_world_is_back(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def script(desk: Desk, name: str) -> int:
        if name == "zuzhibu":
            if desk.asked.count("poll zuzhibu") == 1:
                raise Unavailable("connecting", "refused")
            desk.end()
        return 0

    with caplog.at_level(logging.INFO):
        assert Desk(two_mailboxes(tmp_path), script).service.run() == 0
    assert "zuzhibu: can be read again" in caplog.text


@pytest.mark.parametrize(("once", "status"), [(False, 0), (True, UNAVAILABLE)])
def test_a_pass_that_does_not_end_is_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, once: bool, status: int
) -> None:
    monkeypatch.setattr(daemon.service, "DRAIN", 0.2)
    freed = Event()
    left: list[int] = []

    def leave(status: int) -> None:
        left.append(status)
        freed.set()

    def script(desk: Desk, _name: str) -> int:
        desk.end()
        freed.wait(30)
        return 0

    desk = Desk(two_mailboxes(tmp_path), script)
    desk.service = Service(desk.path, desk.assemble, abandon=leave)
    assert (desk.service.run_once() if once else desk.service.run()) == 0
    assert left == [status]


def test_a_reload_waits_for_a_long_pass_and_does_not_leave(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(daemon.service, "DRAIN", 0.1)
    path = two_mailboxes(tmp_path)

    def script(desk: Desk, name: str) -> int:
        if len(desk.opened) > 1:
            return desk.end()
        if name == "zuzhibu":
            desk.service.receive(signal.SIGHUP)
            while not desk.stop():
                time.sleep(0.01)
            time.sleep(0.5)  # longer than an ending may take
        return 0

    desk = Desk(path, script)
    assert desk.service.run() == 0
    assert desk.left == []


def test_sighup_serves_the_new_file(tmp_path: Path) -> None:
    path = two_mailboxes(tmp_path)

    def script(desk: Desk, _name: str) -> int:
        if desk.opened[-1].language == "en":
            return desk.end()
        text = path.read_text(encoding="utf-8")
        path.write_text(text if "language" in text else 'language = "en"\n' + text, "utf-8")
        desk.service.receive(signal.SIGHUP)
        return 0

    desk = Desk(path, script)
    assert desk.service.run() == 0
    assert [c.language for c in desk.opened][:1] == ["zh"]
    assert desk.opened[-1].language == "en"


def test_sighup_with_a_bad_file_keeps_the_old_one_and_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = two_mailboxes(tmp_path)

    def script(desk: Desk, name: str) -> int:
        if name == "zuzhibu":
            if desk.asked.count("poll zuzhibu") == 2:
                return desk.end()
            path.write_text('colour = "red"', "utf-8")
            desk.service.receive(signal.SIGHUP)
        return 0

    desk = Desk(path, script)
    assert desk.service.run() == 0
    assert len(desk.opened) == 1
    assert "the old configuration stays: colour: there is no such key" in caplog.text


def test_the_handlers_that_were_there_are_put_back(tmp_path: Path) -> None:
    before = [signal.getsignal(n) for n in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)]
    Desk(two_mailboxes(tmp_path), quiet).service.run_once()
    assert [signal.getsignal(n) for n in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)] == before


def test_the_night_has_its_hour_and_the_watch_its_minute(tmp_path: Path) -> None:
    desk = Desk(two_mailboxes(tmp_path), quiet)
    scheduler = desk.service._schedule(load(desk.path), desk)
    jobs = {job.func.__name__: str(job.trigger) for job in scheduler.get_jobs()}
    assert jobs["_nightly"] == "cron[hour='3', minute='17']"
    assert jobs["_watch"] == "interval[0:01:00]"
    [zone] = {str(j.trigger.timezone) for j in scheduler.get_jobs() if "cron" in str(j.trigger)}
    assert zone == "Asia/Shanghai"


def test_what_the_night_finds_is_in_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    desk = Desk(two_mailboxes(tmp_path), quiet)
    monkeypatch.setattr(Desk, "nightly", lambda _: ("raw copy: message 7: is not there",))
    with caplog.at_level(logging.INFO):
        desk.service._nightly(desk)
    assert "found 1 differences" in caplog.text
    assert "message 7" in caplog.text


@pytest.mark.parametrize("work", ["watch", "nightly"])
def test_a_full_disk_ends_neither_the_watch_nor_the_night(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, work: str
) -> None:
    def fail(_desk: Desk) -> tuple[object, ...]:
        raise Unavailable("writing the ledger", "disk full")

    desk = Desk(two_mailboxes(tmp_path), quiet)
    monkeypatch.setattr(Desk, work, fail)
    getattr(desk.service, f"_{work}")(desk)
    assert "disk full" in caplog.text
