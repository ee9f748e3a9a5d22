"""A place is waived, does not apply, or has longer time."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from daemon.acts import Overtaken, Place, Refused
from daemon.config import load
from daemon.office import Office
from tests.daemon.acts.mail import (
    STORY,
    TEXT,
    WHOLE,
    comes,
    hand,
    passes,
    replies,
    row,
    shelves,
    standing,
    whole,
)
from tests.daemon.offices import Clock, configured

DUE = datetime(2020, 7, 15, 16, tzinfo=UTC)  # the end of 15 July in Guangzhou
UNTIL = DUE + timedelta(days=5)


def late(office: Office, by: timedelta = timedelta(hours=1)) -> None:
    """A whole submission that comes after the due time."""
    clock = office.clock
    assert isinstance(clock, Clock)
    clock.time = DUE + by
    comes(office, WHOLE, at=DUE + by)


def test_a_waived_place_expects_nothing(office: Office) -> None:
    office.acts.waive(STORY, hand("该院本年度整体免报"))
    here = standing(office)
    assert (here.state, here.waived, here.waived_as) == ("missing", "该院本年度整体免报", "waived")
    [act] = office.ledger.acts.at(STORY)
    assert (act.kind, act.who, act.mailbox) == ("waive", "陈老师", "zuzhibu")


def test_not_applicable_is_another_word_for_it(office: Office) -> None:
    office.acts.not_applicable(STORY, hand("没有抗疫任务"))
    assert (standing(office).waived, standing(office).waived_as) == (
        "没有抗疫任务",
        "not-applicable",
    )
    office.acts.waive(STORY, hand("改为免报"))
    assert (standing(office).waived, standing(office).waived_as) == ("改为免报", "waived")


def test_each_is_taken_back_in_the_reverse_order(office: Office) -> None:
    one = office.acts.waive(STORY, hand("一")).act
    two = office.acts.not_applicable(STORY, hand("二")).act
    assert one is not None
    assert two is not None
    with pytest.raises(Refused, match="undo that first"):
        office.acts.undo(one, hand())
    office.acts.undo(two, hand())
    assert standing(office).waived == "一"
    office.acts.undo(one, hand())
    assert (standing(office).waived, standing(office).waived_as) == ("", "")


@pytest.mark.parametrize("why", ["", "  "])
def test_a_place_is_not_waived_without_a_reason(office: Office, why: str) -> None:
    with pytest.raises(Refused):
        office.acts.waive(STORY, hand(why))
    assert standing(office).waived == ""


def test_a_place_that_is_not_there_is_refused(office: Office) -> None:
    nowhere = Place(notice=STORY.notice, unit="没有这个单位", category="战疫故事汇", window="x")
    with pytest.raises(Refused):
        office.acts.waive(nowhere, hand())
    assert office.ledger.acts.listing() == ()


def test_the_second_at_a_place_sees_the_first(office: Office) -> None:
    seen = office.ledger.acts.seen(STORY)
    office.acts.extend(STORY, hand(who="甲", seen=seen), UNTIL)
    with pytest.raises(Overtaken) as refused:
        office.acts.waive(STORY, hand(who="乙", seen=seen))
    assert (refused.value.by.who, refused.value.by.what) == ("甲", "deadline extended")
    assert standing(office).waived == ""


def test_what_came_late_is_in_time_by_a_later_due_time(office: Office) -> None:
    late(office)
    assert (row(office)["late"], "late" in row(office)["codes"]) == (True, True)
    count = len(replies(office))
    done = office.acts.extend(STORY, hand("该院隔离"), UNTIL)
    assert (row(office)["late"], "late" in row(office)["codes"]) == (False, False)
    assert (standing(office).late, standing(office).extended[:10]) == (False, "2020-07-20")
    passes(office)
    assert len(replies(office)) == count
    assert done.act is not None
    office.acts.undo(done.act, hand())
    assert (row(office)["late"], "late" in row(office)["codes"]) == (True, True)
    assert standing(office).extended == ""


@pytest.mark.parametrize(
    ("by", "is_late"), [(timedelta(milliseconds=-1), False), (timedelta(), True)]
)
def test_the_later_due_time_has_two_edges(office: Office, by: timedelta, *, is_late: bool) -> None:
    office.acts.extend(STORY, hand(), UNTIL)
    clock = office.clock
    assert isinstance(clock, Clock)
    clock.time = UNTIL + timedelta(hours=1)
    comes(office, WHOLE, at=UNTIL + by)
    assert row(office)["late"] is is_late


@pytest.mark.parametrize("until", [DUE, DUE - timedelta(days=1)])
def test_a_due_time_is_only_put_later(office: Office, until: datetime) -> None:
    with pytest.raises(Refused):
        office.acts.extend(STORY, hand(), until)
    assert standing(office).extended == ""


def test_a_mail_that_came_while_it_was_extended_is_late_when_that_is_undone(
    office: Office,
) -> None:
    done = office.acts.extend(STORY, hand(), UNTIL)
    late(office)
    assert row(office)["late"] is False
    assert done.act is not None
    office.acts.undo(done.act, hand())
    assert (row(office)["late"], "late" in row(office)["codes"]) == (True, True)


def test_where_late_mail_is_returned_a_later_due_time_accepts_it(tmp_path: Path) -> None:
    configured(tmp_path)
    [path] = (tmp_path / "notices").glob("*ones.toml")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('late = "accept"', 'late = "return"', 1), encoding="utf-8")
    with Office(load(tmp_path / "config.toml"), clock=Clock()) as office:
        late(office)
        assert (row(office)["status"], shelves(office)) == ("returned", set())
        office.acts.extend(STORY, hand(), UNTIL)
        assert (row(office)["status"], row(office)["late"]) == ("accepted", False)
        assert shelves(office) == {"农学院党委/2020-07-16-1"}


def test_a_verdict_by_hand_stands_when_the_due_time_changes(office: Office) -> None:
    clock = office.clock
    assert isinstance(clock, Clock)
    clock.time = DUE + timedelta(hours=1)
    comes(office, [TEXT], at=clock.time)
    office.acts.accept(1, hand())
    office.acts.extend(STORY, hand(), UNTIL)
    assert (row(office)["status"], row(office)["late"]) == ("accepted", False)
    assert standing(office).decided_by == "陈老师"


def test_a_refused_extension_leaves_everything_as_it_was(office: Office) -> None:
    late(office)
    before = whole(office)
    with pytest.raises(Refused):
        office.acts.extend(STORY, hand(""), UNTIL)
    assert whole(office) == before
