"""A drill goes the whole way and counts for nothing; nobody else can make one."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from daemon import drill
from daemon.config import Config
from daemon.drill import Drill, Step
from daemon.errors import Unavailable
from daemon.office import Office
from daemon.outbox import Maildir, Refused
from daemon.seal import HEADER, KEY, seal
from tests import material
from tests.daemon.offices import NOON, Clock, answers, configured, post
from tests.letters import letter

MINUTE = timedelta(minutes=1)
SUBJECT = "农学院党委+战疫故事汇+20200701"
SECRETARY = "农学院党务秘书 <nxy@example.edu.cn>"


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return configured(tmp_path)


@pytest.fixture
def office(config: Config) -> Iterator[Office]:
    with Office(config, clock=Clock()) as opened:
        yield opened


def drilled(office: Office, *, polls: bool = True) -> list[Step]:
    clock, box = Clock(), office.config.mailboxes[0]
    send = drill.way(box, None)
    assert send

    def look() -> None:
        clock.pass_(MINUTE)
        if polls:
            office.poll(box)

    return list(
        Drill(
            config=office.config, box=box, ledger=office.ledger, send=send, clock=clock, look=look
        ).steps(3 * MINUTE)
    )


def test_a_drill_shows_every_step_and_leaves_a_row_alone(tmp_path: Path, office: Office) -> None:
    steps = drilled(office)
    assert all(step.well for step in steps), steps
    assert len(steps) == 6
    [row] = office.ledger.messages()
    assert (row["status"], row["version"], row["reply"]) == ("ignored", None, None)
    assert office.ledger.history(1)[0].why == "演练"
    office.deliver(office.config.mailboxes[0])
    assert answers(tmp_path) == []
    assert {place.state for place in office.ledger.status()} == {"missing"}


def test_a_drill_that_nobody_reads_says_so(office: Office) -> None:
    steps = drilled(office, polls=False)
    assert [step.well for step in steps] == [True, True, False]
    assert "not read within 0:03:00" in steps[-1].said
    assert steps[-1].at - steps[1].at == 3 * MINUTE


def test_two_drills_are_two_letters(office: Office) -> None:
    drilled(office)
    assert all(step.well for step in drilled(office))
    assert [row["status"] for row in office.ledger.messages()] == ["ignored", "ignored"]


def forged(config: Config, mark: str) -> bytes:
    assert seal(config.state, "someone@example.org", "x")
    files = [("1.jpg", material.jpeg())]
    headers = [(HEADER, mark)]
    return letter(subject=SUBJECT, sender=SECRETARY, files=files, headers=headers, date=NOON)


@pytest.mark.parametrize("kind", ["invented", "of another address", "cut short", "not ASCII"])
def test_mail_with_a_seal_that_is_not_ours_is_mail_like_any(
    tmp_path: Path, config: Config, office: Office, kind: str
) -> None:
    others = seal(config.state, "xcb@scau.edu.cn", "x")
    marks = {
        "invented": f"x; {'0' * 64}",
        "of another address": others,
        "cut short": "x",
        "not ASCII": "x; 假的",
    }
    post(tmp_path, "1", forged(config, marks[kind]))
    office.poll(config.mailboxes[0])
    [row] = office.ledger.messages()
    assert (row["status"], row["version"]) == ("returned", 1)


def test_a_seal_is_nothing_where_no_drill_was_ever_made(tmp_path: Path, office: Office) -> None:
    raw = letter(subject=SUBJECT, headers=[(HEADER, f"x; {'0' * 64}")], date=NOON)
    post(tmp_path, "1", raw)
    office.poll(office.config.mailboxes[0])
    assert [row["status"] for row in office.ledger.messages()] == ["returned"]


def test_only_the_service_may_read_the_key(config: Config) -> None:
    config.state.mkdir()
    seal(config.state, "a@example.org", "x")
    assert (config.state / KEY).stat().st_mode & 0o777 == 0o600


def test_a_server_that_strips_the_seal_makes_no_submission_of_it(
    tmp_path: Path, config: Config, office: Office
) -> None:
    raw = drill.letter(config.mailboxes[0], "ab12", "mark", NOON)
    bare = b"".join(line for line in raw.splitlines(True) if not line.startswith(b"X-Baosong"))
    post(tmp_path, "1", bare)
    office.poll(config.mailboxes[0])
    [row] = office.ledger.messages()
    assert (row["version"], row["reply"]) == (None, None)


class Closed(Maildir):
    def send(self, reply: object) -> None:
        raise Refused("550 not to ourselves")


def test_a_way_out_that_is_closed_is_the_worlds_fault(config: Config, office: Office) -> None:
    clock = Clock()
    attempt = Drill(
        config=config,
        box=config.mailboxes[0],
        ledger=office.ledger,
        send=Closed(config.state / "out"),
        clock=clock,
        look=lambda: None,
    )
    with pytest.raises(Unavailable, match="not to ourselves"):
        list(attempt.steps(MINUTE))
