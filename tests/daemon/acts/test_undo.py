"""Each act is taken back: what was before is there again, and the history names both."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from daemon.acts import Correction, Done, Faults, Refused
from daemon.office import Office
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
    row,
    shelves,
    whole,
)

Act = Callable[[Office], Done]
ACTS: dict[str, Act] = {
    "accept": lambda office: office.acts.accept(1, hand()),
    "return": lambda office: office.acts.return_(2, hand(), Faults(words="请改")),
    "correct": lambda office: office.acts.correct(1, hand(), Correction(unit="园艺学院党委")),
    "alias": lambda office: office.acts.alias(3, hand(), ("园艺学院党委", "蓬莱书院党委")),
    "waive": lambda office: office.acts.waive(STORY, hand()),
    "not-applicable": lambda office: office.acts.not_applicable(STORY, hand()),
    "extend": lambda office: office.acts.extend(STORY, hand(), datetime(2020, 8, 1, tzinfo=UTC)),
    "resend": lambda office: office.acts.resend(1, hand()),
    "select": lambda office: office.acts.select(2, hand()),
}


@pytest.fixture
def busy(office: Office) -> Office:
    """A faulty message, a good one of another unit, one of an unknown unit."""
    comes(office, [TEXT])
    comes(
        office, WHOLE, subject="林学与风景园林学院党委+战疫故事汇+20200701", sender="b@example.org"
    )
    comes(office, WHOLE, subject=UNKNOWN, sender="c@example.org")
    later(office)
    return office


@pytest.mark.parametrize("kind", ACTS)
def test_what_was_before_is_there_again(busy: Office, kind: str) -> None:
    before, shelved, selected = whole(busy), shelves(busy), busy.ledger.selections.all()
    done = ACTS[kind](busy)
    assert done.act is not None
    busy.acts.undo(done.act, hand("误操作", who="李老师"))
    after = whole(busy)
    # a folder that comes back has a number of its own
    assert {s.rpartition("-")[0] for s in shelves(busy)} == {s.rpartition("-")[0] for s in shelved}
    assert after[:3] == before[:3]
    assert busy.ledger.selections.all() == selected
    undone = busy.ledger.acts.find(done.act)
    assert undone is not None
    assert undone.undone_by is not None
    undoing = busy.ledger.acts.find(undone.undone_by)
    assert undoing is not None
    assert (undoing.kind, undoing.undoes, undoing.who, undoing.why) == (
        "undo",
        done.act,
        "李老师",
        "误操作",
    )


@pytest.mark.parametrize("kind", ACTS)
def test_nothing_is_undone_twice_and_no_undo_is_undone(busy: Office, kind: str) -> None:
    done = ACTS[kind](busy)
    assert done.act is not None
    undoing = busy.acts.undo(done.act, hand())
    assert undoing.act is not None
    for act in (done.act, undoing.act):
        with pytest.raises(Refused):
            busy.acts.undo(act, hand())


@pytest.mark.parametrize("kind", ACTS)
def test_it_can_be_done_once_more_after_it_was_undone(busy: Office, kind: str) -> None:
    first = ACTS[kind](busy)
    done = whole(busy)
    assert first.act is not None
    busy.acts.undo(first.act, hand())
    later(busy)
    ACTS[kind](busy)
    one, two = done, whole(busy)
    assert one[1] == two[1]


def test_a_reply_that_has_gone_is_named(busy: Office) -> None:
    done = busy.acts.accept(1, hand())
    passes(busy)
    count = len(replies(busy))
    assert done.act is not None
    undone = busy.acts.undo(done.act, hand())
    assert "nxy@example.edu.cn" in undone.notes[0].en
    assert row(busy)["status"] == "returned"
    passes(busy)
    assert len(replies(busy)) == count


def test_a_later_act_stands_in_the_way(busy: Office) -> None:
    first = busy.acts.accept(1, hand(who="甲"))
    busy.acts.select(1, hand(who="乙"))
    assert first.act is not None
    with pytest.raises(Refused) as refused:
        busy.acts.undo(first.act, hand())
    assert "乙" in refused.value.words.zh
    assert row(busy)["status"] == "accepted"


def test_a_later_version_stands_in_the_way(busy: Office) -> None:
    done = busy.acts.accept(1, hand())
    later(busy)
    comes(busy, WHOLE)
    assert done.act is not None
    with pytest.raises(Refused, match="version 2"):
        busy.acts.undo(done.act, hand())


def test_only_accepted_material_is_selected(busy: Office) -> None:
    with pytest.raises(Refused):
        busy.acts.select(1, hand())
    busy.acts.select(2, hand(""))
    assert busy.ledger.selections.all() == {2}
    with pytest.raises(Refused):
        busy.acts.select(2, hand())
    busy.acts.select(2, hand(), on=False)
    assert busy.ledger.selections.all() == frozenset()


def test_an_act_that_is_not_there_is_refused(busy: Office) -> None:
    with pytest.raises(Refused):
        busy.acts.undo(99, hand())


def test_the_history_is_listed_by_kind_author_and_department(busy: Office) -> None:
    busy.acts.accept(1, hand(who="甲"))
    busy.acts.waive(STORY, hand(who="乙"))
    listed = busy.ledger.acts.listing
    assert [a.kind for a in listed()] == ["waive", "accept"]
    assert [a.kind for a in listed(kind="accept")] == ["accept"]
    assert [a.kind for a in listed(who="乙")] == ["waive"]
    assert listed(mailboxes=frozenset({"xuanchuanbu"})) == ()
    assert [a.kind for a in listed(before=2)] == ["accept"]
    assert busy.ledger.acts.authors() == ("乙", "甲") or set(busy.ledger.acts.authors()) == {
        "甲",
        "乙",
    }
