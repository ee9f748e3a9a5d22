"""Promise 8: what is wrong is told once on a second channel, and once more when it is over."""

from dataclasses import replace
from datetime import timedelta

import pytest

from daemon.config.settings import Alarm
from daemon.errors import Unavailable
from rules.verdict import Status
from tests.daemon.alarm.listening import GIB, MINUTE, Scene, disk
from tests.daemon.ledger.entries import a_verdict, an_entry
from tests.daemon.offices import NOON


def test_silence_is_told_once_and_once_when_it_is_over(scene: Scene) -> None:
    scene.ledger.pulses.read("zuzhibu", scene.clock())
    scene.ledger.pulses.failed("zuzhibu", scene.clock(), "no route to host", refused=False)
    scene.minutes(30)
    assert scene.ear.heard == []
    scene.minutes(200)
    assert len(scene.ear.heard) == 1
    assert "zuzhibu 自 2020-07-01 12:00 起读不到：no route to host" in scene.ear.heard[0]
    scene.ledger.pulses.read("zuzhibu", scene.clock())
    scene.minutes(20)
    assert [line[:7] for line in scene.ear.first_lines()] == ["【报送】报警：", "【报送】解除："]
    assert scene.ledger.alarms.all() == ()


def test_a_restart_in_between_repeats_nothing(scene: Scene) -> None:
    scene.ledger.pulses.failed("zuzhibu", scene.clock(), "timed out", refused=False)
    scene.minutes(40)
    scene.restart()
    scene.minutes(40)
    assert len(scene.ear.heard) == 1


def test_a_mailbox_that_was_never_read_is_silent_from_its_first_failure(scene: Scene) -> None:
    scene.minutes(60)
    assert scene.ear.heard == []
    scene.ledger.pulses.failed("zuzhibu", scene.clock(), "timed out", refused=False)
    scene.minutes(31)
    assert len(scene.ear.heard) == 1


def test_a_channel_that_is_broken_is_tried_again_with_the_same_name(scene: Scene) -> None:
    scene.ear.deaf = True
    scene.ledger.pulses.failed("zuzhibu", scene.clock(), "wrong password", refused=True)
    scene.minutes(60)
    assert 3 <= len(scene.ear.ids) < 15
    assert len(set(scene.ear.ids)) == 1
    scene.ear.deaf = False
    scene.minutes(20)
    assert len(scene.ear.heard) == 1
    assert len(set(scene.ear.ids)) == 1


def test_a_refused_login_is_told_at_once_and_not_as_silence_too(scene: Scene) -> None:
    scene.ledger.pulses.failed("zuzhibu", scene.clock(), "NO login failed", refused=True)
    scene.minutes(60)
    assert [line for line in scene.ear.first_lines() if "拒绝登录" in line] == (
        scene.ear.first_lines()
    )
    assert len(scene.ear.heard) == 1


def test_what_began_and_ended_while_nobody_could_be_told_is_not_told(scene: Scene) -> None:
    scene.ear.deaf = True
    scene.ledger.pulses.failed("zuzhibu", scene.clock(), "NO", refused=True)
    scene.minutes(1)
    scene.ledger.pulses.read("zuzhibu", scene.clock())
    scene.ear.deaf = False
    scene.minutes(20)
    assert scene.ear.heard == []


def test_the_disk_has_to_be_clearly_better_before_it_is_over(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = []
    for free in (3 * GIB, 3 * GIB - 1, 3 * GIB + 1, int(3.2 * GIB), int(3.31 * GIB)):
        disk(monkeypatch, free)
        scene.minutes(1)
        told.append(len(scene.ear.heard))
    assert told == [0, 1, 1, 1, 2]


def test_a_mailbox_that_fills_up_is_told(scene: Scene) -> None:
    told = []
    for used in (90, 91, 90, 81, 80):
        scene.ledger.pulses.quota("zuzhibu", used << 20, 100 << 20)
        scene.minutes(1)
        told.append(len(scene.ear.heard))
    assert told == [0, 1, 1, 1, 2]
    assert "已用 91%（共 100 MiB）" in scene.ear.heard[0]


def bounded(scene: Scene, **bounds: object) -> None:
    """The office has bounds of its own."""
    alarm = Alarm.model_validate(bounds)
    scene.config = scene.config.model_copy(update={"alarm": alarm})
    scene.restart()


def test_the_office_says_how_much_room_is_little(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    bounded(scene, disk="500 MiB")
    disk(monkeypatch, 500 << 20)
    scene.minutes(1)
    assert scene.ear.heard == []
    disk(monkeypatch, (500 << 20) - 1)
    scene.minutes(1)
    assert "不足 0.488 GiB" in scene.ear.heard[0]


def test_the_office_says_how_full_is_full(scene: Scene) -> None:
    bounded(scene, quota=50)
    told = []
    for used in (50, 51, 41, 40):
        scene.ledger.pulses.quota("zuzhibu", used << 20, 100 << 20)
        scene.minutes(1)
        told.append(len(scene.ear.heard))
    assert told == [0, 1, 1, 2]


def test_the_office_says_how_long_a_reply_may_wait(scene: Scene) -> None:
    bounded(scene, queue="10 min")
    scene.ledger.record(an_entry(1, recorded=NOON))
    scene.ledger.replies.later(1, NOON + timedelta(hours=9), "SMTP is away")
    scene.minutes(10)
    assert scene.ear.heard == []
    scene.minutes(1)
    assert "没有发出的回复" in scene.ear.heard[0]


def test_a_sign_in_that_ends_within_a_week_is_told(scene: Scene) -> None:
    scene.ledger.pulses.expires("zuzhibu", scene.clock() + timedelta(days=7, minutes=1))
    scene.minutes(1)
    assert scene.ear.heard == []
    scene.minutes(1)
    assert "到期" in scene.ear.heard[0]


def test_a_reply_that_does_not_go_for_two_hours_is_told(scene: Scene) -> None:
    scene.ledger.record(an_entry(1, recorded=NOON))
    scene.ledger.replies.later(1, NOON + timedelta(hours=9), "SMTP is away")
    scene.minutes(120)
    assert scene.ear.heard == []
    scene.minutes(1)
    assert "没有发出的回复" in scene.ear.heard[0]
    scene.ledger.replies.sent(1, scene.clock())
    scene.minutes(1)
    assert len(scene.ear.heard) == 2


def test_a_reply_that_waits_for_its_address_or_a_person_is_no_trouble(scene: Scene) -> None:
    first, second = an_entry(1), an_entry(2)
    assert second.reply
    scene.ledger.record(first)
    scene.ledger.record(replace(second, reply=replace(second.reply, approval=True)))
    scene.ledger.replies.later(
        1, NOON + timedelta(hours=24), "this address has had its mails of the day"
    )
    scene.minutes(300)
    assert scene.ear.heard == []


def test_a_refused_reply_is_told(scene: Scene) -> None:
    scene.ledger.record(an_entry(1))
    scene.ledger.replies.failed(1, NOON, "554 MI:STC")
    scene.minutes(1)
    assert "1 封回复被拒收" in scene.ear.heard[0]


def test_held_mail_is_told_until_a_later_version_settles_it(scene: Scene) -> None:
    scene.ledger.record(an_entry(1, a_verdict(Status.HELD), reply=None))
    scene.minutes(5)
    assert ["待人工处理" in text for text in scene.ear.heard] == [True]
    scene.ledger.record(an_entry(2, a_verdict(Status.ACCEPTED), reply=None))
    scene.minutes(1)
    assert len(scene.ear.heard) == 2


def test_what_the_night_finds_is_told_with_its_lines(scene: Scene) -> None:
    scene.watch.found(["raw copy: message 7: is not there"])
    scene.minutes(3)
    assert "message 7" in scene.ear.heard[0]
    scene.watch.found(["raw copy: message 7: is not there"])
    scene.minutes(3)
    assert len(scene.ear.heard) == 1
    scene.watch.found([])
    scene.minutes(3)
    assert len(scene.ear.heard) == 2


def test_a_ledger_that_cannot_be_written_is_told_from_memory(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk(monkeypatch, 0)
    writable(scene, "off")
    for _ in range(5):
        scene.clock.pass_(MINUTE)
        with pytest.raises(Unavailable):
            scene.watch()
    assert ["台账写不进去" in text for text in scene.ear.heard] == [True]
    writable(scene, "on")
    scene.minutes(2)
    assert [line[:7] for line in scene.ear.first_lines()] == [
        "【报送】报警：",
        "【报送】报警：",
        "【报送】解除：",
    ]


def writable(scene: Scene, switch: str) -> None:
    only = {"on": "off", "off": "on"}[switch]
    with scene.ledger._store.reading() as connection:
        connection.execute(f"pragma query_only = {only}")


def test_without_a_channel_alarms_are_in_the_log(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    scene.watch.channels = ()
    scene.ledger.pulses.failed("zuzhibu", scene.clock(), "NO", refused=True)
    scene.minutes(5)
    assert caplog.text.count("拒绝登录") == 1


@pytest.mark.parametrize(("listen", "named"), [("127.0.0.1:8765", True), ("", False)])
def test_held_mail_is_said_to_be_on_the_page_where_there_is_one(
    scene: Scene, listen: str, *, named: bool
) -> None:
    web = scene.config.web.model_copy(update={"listen": listen})
    scene.config = scene.config.model_copy(update={"web": web})
    scene.restart()
    scene.ledger.record(an_entry(1, a_verdict(Status.HELD), reply=None))
    scene.minutes(5)
    assert ("网页“来件”" in scene.ear.heard[0]) is named
    assert "baosong messages" in scene.ear.heard[0]
