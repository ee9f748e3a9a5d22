"""A message that cannot be taken holds up nobody, and is not forgotten."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from daemon.config import Config
from daemon.errors import Unavailable
from daemon.office import Office
from daemon.spool import Spool, Unsettled
from tests.daemon.offices import NOON, Clock, answers, configured, post
from tests.letters import letter

UNITS = ("农学院党委", "园艺学院党委", "资源环境学院党委", "动物科学学院党委", "机关党委")
BAD = b"\r\ncannot be read\r\n"


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return configured(tmp_path)


@pytest.fixture
def stumbling(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Every raw mail that says BAD fails as a fault of the world, until this is called."""
    write = Spool.write

    def refuse(self: Spool, chunks: Iterator[bytes]) -> Unsettled:
        whole = b"".join(chunks)
        if BAD in whole:
            raise Unavailable("fetching", "cut")
        return write(self, iter([whole]))

    monkeypatch.setattr(Spool, "write", refuse)
    return monkeypatch.undo


def mailed(root: Path, number: int, *, bad: bool = False) -> None:
    unit = UNITS[number % len(UNITS)]
    sender = f"{unit} <p{number}@example.edu.cn>"
    raw = letter(subject=f"{unit}+战疫故事汇+20200701", sender=sender, date=NOON)
    post(root, f"{number:03}", raw + BAD if bad else raw)


def numbers(office: Office) -> list[int]:
    return [row["uid"] for row in office.ledger.messages()]


def test_the_others_are_read_in_the_same_pass_and_it_comes_back_in_the_next(
    tmp_path: Path, config: Config, stumbling: Callable[[], None]
) -> None:
    for number in range(4):
        mailed(tmp_path, number, bad=number == 1)
    box = config.mailboxes[0]
    with Office(config, clock=Clock()) as office:
        with pytest.raises(Unavailable, match="cut"):
            office.poll(box)
        assert sorted(numbers(office)) == [1, 3, 4]
        assert office.poll(box) == 0
        stumbling()
        assert office.poll(box) == 0, "put off for two minutes by now"
    clock = Clock(NOON + timedelta(minutes=2))
    with Office(config, clock=clock) as office:
        assert office.poll(box) == 1
        assert sorted(numbers(office)) == [1, 2, 3, 4]
        assert office.ledger.skipped.of(box.name, "", row_validity(office)) == {}
        office.deliver(box)
    assert len(answers(tmp_path)) == 4


def row_validity(office: Office) -> str:
    return str(next(iter(office.ledger.messages()))["uidvalidity"])


@pytest.mark.usefixtures("stumbling")
def test_many_such_messages_side_by_side_hide_none_behind_them(
    tmp_path: Path, config: Config
) -> None:
    for number in range(12):
        mailed(tmp_path, number, bad=number < 10)
    box, clock = config.mailboxes[0], Clock()
    with Office(config, clock=clock) as office:
        for _ in range(3):
            with pytest.raises(Unavailable):
                office.poll(box)
            assert numbers(office) == []
        with pytest.raises(Unavailable):
            office.poll(box)
        assert sorted(numbers(office)) == [11, 12]
        office.poll(box)


@pytest.mark.usefixtures("stumbling")
def test_a_message_that_always_fails_does_not_slow_its_mailbox(
    tmp_path: Path, config: Config
) -> None:
    mailed(tmp_path, 0, bad=True)
    box, clock = config.mailboxes[0], Clock()
    with Office(config, clock=clock) as office:
        with pytest.raises(Unavailable):
            office.poll(box)
        for number in range(1, 6):
            mailed(tmp_path, number)
            clock.pass_(timedelta(hours=1))
            assert office.poll(box) == 1
