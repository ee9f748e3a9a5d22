"""An act that is broken off anywhere is whole or not there, and can be done again."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from daemon.acts import Correction, Faults
from daemon.config import load
from daemon.intake import Arrival, Intake, Outcome
from daemon.library import Library
from daemon.office import Office
from tests.daemon.acts.dying import broken_at, lines
from tests.daemon.acts.mail import (
    STORY,
    TEXT,
    UNKNOWN,
    WHOLE,
    comes,
    hand,
    later,
    passes,
    replies,
    shelves,
)
from tests.daemon.offices import Clock, configured

DEATHS = 12  # of each act, spread over all its lines
Act = Callable[[Office], object]
ACTS: dict[str, Act] = {
    "accept": lambda office: office.acts.accept(1, hand()),
    "return": lambda office: office.acts.return_(2, hand(), Faults(words="请改")),
    "correct": lambda office: office.acts.correct(
        2, hand(), Correction(unit="园艺学院党委"), reply=True
    ),
    "alias": lambda office: office.acts.alias(3, hand(), ("园艺学院党委", "蓬莱书院党委")),
    "extend": lambda office: office.acts.extend(STORY, hand(), datetime(2020, 8, 1, tzinfo=UTC)),
    "resend": lambda office: office.acts.resend(1, hand()),
    "undo": lambda office: office.acts.undo(1, hand()),
}


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office that has read three mails and answered them; one was accepted by hand."""
    root = tmp_path_factory.mktemp("office")
    with Office(configured(root), clock=Clock()) as office:
        comes(office, [TEXT])
        comes(office, WHOLE, subject="林学与风景园林学院党委+战疫故事汇+20200701", sender="b@e.org")
        comes(office, WHOLE, subject=UNKNOWN, sender="c@example.org")
        comes(office, [TEXT], subject="食品学院党委+战疫故事汇+20200701", sender="d@example.org")
        office.acts.accept(4, hand())
    return root


@pytest.fixture(autouse=True)
def _judged_once() -> Iterator[None]:
    """Judging changes nothing, so what it says of a message is kept between the deaths."""
    known: dict[tuple[object, ...], Outcome] = {}
    judge = Intake.judge

    def once(self: Intake, raw: Path, into: Path, arrival: Arrival) -> Outcome:
        key = (raw.name, arrival.correction, arrival.reply_id, repr(self.memory))
        if key not in known:
            known[key] = judge(self, raw, into, arrival)
        return known[key]

    with patch.object(Intake, "judge", once):
        yield


def opened(furnished: Path, folder: Path) -> Office:
    """A copy of the office, some minutes later."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(furnished, folder)
    clock = Clock()
    office = Office(load(folder / "config.toml"), clock=clock)
    later(office)
    return office


def kept(office: Office) -> tuple[Any, ...]:
    """What the ledger says."""
    ledger = office.ledger
    acts = [(a.kind, a.message, dict(a.said)) for a in ledger.acts.listing()]
    states = [(s.state, s.late, s.version, s.extended, s.decided_by) for s in ledger.status()]
    found = [ledger.again.findings(n) for n in (1, 2, 3, 4)]
    events = [ledger.history(n) for n in (1, 2, 3, 4)]
    return acts, list(ledger.messages()), states, found, events, ledger.aliases.of(STORY.notice)


def world(office: Office) -> tuple[set[str], int]:
    """What has come of it when all is made up for and sent."""
    office.catch_up()
    passes(office)
    return shelves(office), len(replies(office))


@pytest.mark.parametrize("kind", ACTS)
def test_an_act_that_is_broken_off_is_whole_or_not_there(
    furnished: Path, tmp_path: Path, kind: str
) -> None:
    with opened(furnished, tmp_path / "calm") as calm:
        before = kept(calm)
        every = lines(lambda: ACTS[kind](calm))
        after, outcome = kept(calm), world(calm)
    office, halves = opened(furnished, tmp_path / "office"), 0
    for step in range(1, every + 1, max(1, every // DEATHS)):
        broken = broken_at(step, partial(ACTS[kind], office))
        assert kept(office) in (before, after), f"{kind}, line {step}"
        if kept(office) == before:
            assert broken
            continue
        # written down: the rest follows from the ledger
        halves += 1
        assert world(office) == outcome, f"{kind}, line {step}"
        office.__exit__(None, None, None)
        office = opened(furnished, tmp_path / "office")
    ACTS[kind](office)
    assert (kept(office), world(office)) == (after, outcome)
    office.__exit__(None, None, None)
    assert halves < DEATHS


@pytest.mark.parametrize("kind", ["accept", "return", "undo"])
def test_what_a_full_disk_keeps_from_the_library_is_made_up_for(
    furnished: Path, tmp_path: Path, kind: str
) -> None:
    full = OSError(28, "No space left on device")
    with opened(furnished, tmp_path / "calm") as calm:
        ACTS[kind](calm)
        outcome = world(calm)
    with opened(furnished, tmp_path / "full") as office:
        with (
            patch.object(Library, "_file", side_effect=full),
            patch.object(Path, "rename", side_effect=full),
        ):
            ACTS[kind](office)
        assert world(office) == outcome
