"""A claim put right, a name learnt, a message judged once more."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from daemon.acts import Correction, Refused
from daemon.config import load
from daemon.office import Office
from tests.daemon.acts.mail import (
    ONE,
    STORY,
    SUBJECT,
    TEXT,
    TWO,
    UNKNOWN,
    WHOLE,
    comes,
    hand,
    later,
    passes,
    replies,
    row,
    shelves,
    standing,
    whole,
)
from tests.daemon.offices import Clock, configured

GARDEN = "园艺学院党委"
THERE = replace(STORY, unit=GARDEN)


def test_a_unit_put_right_is_judged_as_that_unit(office: Office) -> None:
    comes(office, WHOLE, subject=UNKNOWN)
    assert (row(office)["status"], row(office)["unit"]) == ("held", None)
    office.acts.correct(1, hand(), Correction(unit=GARDEN))
    assert (row(office)["status"], row(office)["unit"]) == ("accepted", GARDEN)
    assert shelves(office) == {f"{GARDEN}/2020-07-01-1"}
    assert standing(office, THERE).state == "accepted"


def test_nobody_is_written_to_a_second_time_unless_it_is_asked_for(office: Office) -> None:
    comes(office, WHOLE)
    comes(office, WHOLE, subject="园艺学院党委+战疫故事汇+20200701", sender="b@example.edu.cn")
    passes(office)
    count = len(replies(office))
    office.acts.correct(1, hand(), Correction(unit="林学与风景园林学院党委"))
    passes(office)
    assert len(replies(office)) == count
    office.acts.correct(2, hand(), Correction(unit="食品学院党委"), reply=True)
    passes(office)
    assert len(replies(office)) == count + 1


def test_a_message_that_moves_is_numbered_by_when_it_came(office: Office) -> None:
    comes(office, [TEXT])
    comes(office, WHOLE, subject="园艺学院党委+战疫故事汇+20200701")
    comes(office, [ONE])
    assert [row(office, n)["version"] for n in (1, 2, 3)] == [1, 1, 2]
    later(office)
    done = office.acts.correct(2, hand(), Correction(unit="农学院党委"))
    assert [row(office, n)["version"] for n in (1, 2, 3)] == [1, 2, 3]
    assert standing(office).message == 2
    assert standing(office, THERE).state == "missing"
    assert done.act is not None
    office.acts.undo(done.act, hand())
    assert [row(office, n)["version"] for n in (1, 2, 3)] == [1, 1, 2]
    assert standing(office, THERE).state == "accepted"


def test_category_window_and_date_can_be_put_right(office: Office) -> None:
    comes(office, [TEXT])
    right = Correction(category="红色防火墙", window="第二批（9月30日前）", date=date(2020, 9, 1))
    office.acts.correct(1, hand(), right)
    here = row(office)
    assert (here["category"], here["window"]) == ("红色防火墙", "第二批（9月30日前）")
    known = office.ledger.again.find(1)
    assert known is not None
    assert known.claim_date == "2020-09-01"


def test_a_correction_outlasts_the_next_judging(office: Office) -> None:
    comes(office, [TEXT, ONE], subject=UNKNOWN)
    office.acts.correct(1, hand(), Correction(unit=GARDEN))
    office.acts.rejudge(1, hand())
    assert row(office)["unit"] == GARDEN


@pytest.mark.parametrize(
    "right",
    [
        Correction(),
        Correction(unit="没有这个学院"),
        Correction(category="没有这一类"),
        Correction(window="没有这一批"),
        Correction(category="战疫故事汇", window="第二批"),
    ],
)
def test_a_name_that_the_notice_does_not_know_is_refused(office: Office, right: Correction) -> None:
    comes(office)
    before = whole(office)
    with pytest.raises(Refused):
        office.acts.correct(1, hand(), right)
    assert whole(office) == before


def test_a_verdict_by_hand_stands_when_the_claim_is_put_right(office: Office) -> None:
    comes(office)
    office.acts.accept(1, hand())
    done = office.acts.correct(1, hand(), Correction(unit=GARDEN))
    assert (row(office)["status"], row(office)["unit"]) == ("accepted", GARDEN)
    assert standing(office, THERE).decided_by == "陈老师"
    assert shelves(office) == {f"{GARDEN}/2020-07-01-1"}
    assert done.act is not None
    office.acts.undo(done.act, hand())
    assert (row(office)["status"], row(office)["unit"]) == ("accepted", "农学院党委")
    assert standing(office).decided_by == "陈老师"
    assert shelves(office) == {"农学院党委/2020-07-01-2"}


def test_a_waiting_reply_is_replaced_by_the_new_verdicts(tmp_path: Path) -> None:
    config = configured(tmp_path, replies='mode = "approve"')
    with Office(config, clock=Clock()) as office:
        comes(office, [TEXT], subject=UNKNOWN)
        [before] = office.ledger.drafts.listing("waiting")
        office.acts.correct(1, hand(), Correction(unit=GARDEN))
        [after] = office.ledger.drafts.listing("waiting")
        assert after.id > before.id
        assert after.message_id != before.message_id


def test_an_alias_is_known_at_once_and_to_the_next_mail(office: Office) -> None:
    comes(office, WHOLE, subject=UNKNOWN)
    office.acts.alias(1, hand(), (GARDEN, "蓬莱书院党委"))
    assert (row(office)["status"], row(office)["unit"]) == ("accepted", GARDEN)
    comes(office, WHOLE, subject=UNKNOWN, sender="b@example.edu.cn")
    assert (row(office, 2)["unit"], row(office, 2)["version"]) == (GARDEN, 2)


@pytest.mark.parametrize(
    "name", ["农学院", "学院", "学", "战疫故事汇", "", "园艺学院党委", "农 学 院 党 委"]
)
def test_an_ambiguous_alias_is_refused(office: Office, name: str) -> None:
    comes(office, WHOLE, subject=UNKNOWN)
    with pytest.raises(Refused):
        office.acts.alias(1, hand(), (GARDEN, name))
    assert office.ledger.aliases.of(STORY.notice) == {}


def test_the_same_alias_for_a_second_unit_is_refused(office: Office) -> None:
    comes(office, WHOLE, subject=UNKNOWN)
    comes(office, [TEXT], subject="蓬莱书院+战疫故事汇+20200701")
    office.acts.alias(1, hand(), (GARDEN, "蓬莱书院党委"))
    with pytest.raises(Refused):
        office.acts.alias(2, hand(), ("农学院党委", "蓬莱书院党委"))


def test_an_alias_that_has_served_is_not_taken_back(office: Office) -> None:
    comes(office, WHOLE, subject=UNKNOWN)
    done = office.acts.alias(1, hand(), (GARDEN, "蓬莱书院党委"))
    later(office)
    comes(office, WHOLE, subject=UNKNOWN.replace("战疫故事汇", "教育素材"), sender="b@example.org")
    assert done.act is not None
    with pytest.raises(Refused, match="recognised"):
        office.acts.undo(done.act, hand())


def test_an_alias_by_which_another_mail_was_judged_again_is_not_taken_back(
    office: Office,
) -> None:
    comes(office, WHOLE, subject=UNKNOWN)
    comes(office, WHOLE, subject=UNKNOWN, sender="b@example.org")
    done = office.acts.alias(1, hand(), (GARDEN, "蓬莱书院党委"))
    office.acts.rejudge(2, hand())
    assert row(office, 2)["unit"] == GARDEN
    assert done.act is not None
    with pytest.raises(Refused, match=r"message 2|version 2"):
        office.acts.undo(done.act, hand())


def test_an_alias_taken_back_is_unknown_again(office: Office) -> None:
    comes(office, WHOLE, subject=UNKNOWN)
    before = whole(office)
    done = office.acts.alias(1, hand(), (GARDEN, "蓬莱书院党委"))
    assert done.act is not None
    office.acts.undo(done.act, hand())
    assert whole(office) == before
    assert office.ledger.aliases.of(STORY.notice) == {}


def test_judging_again_changes_nothing_when_nothing_has_changed(office: Office) -> None:
    comes(office, [TEXT, ONE, ONE])
    comes(office, [TWO, TEXT])
    before = whole(office)
    for message in (1, 2):
        assert office.acts.rejudge(message, hand(), reply=True).act is None
    assert office.acts.rejudge_all(STORY.notice, hand()) == (
        [office.acts.rejudge(1, hand())] * 2,
        None,
    )
    passes(office)
    assert whole(office) == before


def _easier(office: Office) -> Office:
    """The same office with a notice that asks for less."""
    root = office.config.state.parent
    [path] = (root / "notices").glob("*ones.toml")
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{_severities(text)}", encoding="utf-8")
    return Office(load(root / "config.toml"), clock=office.clock)


def _severities(text: str) -> str:
    assert "[severities]" not in text
    return text.replace(
        "\n[[", '\n[severities]\npart-missing = "remark"\nform-missing = "remark"\n\n[[', 1
    )


def test_a_changed_notice_judges_anew_and_tells_nobody_unasked(office: Office) -> None:
    comes(office, [TEXT])
    count = len(replies(office))
    with _easier(office) as changed:
        [done], following = changed.acts.rejudge_all(STORY.notice, hand("通知改了"))
        assert (row(changed)["status"], following) == ("accepted", None)
        assert shelves(changed) == {"农学院党委/2020-07-01-1"}
        passes(changed)
        assert len(replies(changed)) == count
        assert done.act is not None
        changed.acts.undo(done.act, hand())
        assert row(changed)["status"] == "returned"
        later(changed)
        changed.acts.rejudge(1, hand(), reply=True)
        passes(changed)
        assert len(replies(changed)) == count + 1


def test_a_message_whose_raw_copy_is_gone_keeps_nobody_else_from_being_judged(
    office: Office,
) -> None:
    comes(office, [TEXT])
    comes(office, [ONE], subject=SUBJECT.replace("农", "林"))
    known = office.ledger.again.find(1)
    assert known is not None
    known.spool.unlink()
    done, _ = office.acts.rejudge_all(STORY.notice, hand())
    assert [bool(one.notes) for one in done] == [True, False]


def test_a_version_that_rests_on_what_is_moved_is_named(office: Office) -> None:
    comes(office, [TEXT])
    later(office)
    comes(office, WHOLE)
    done = office.acts.correct(1, hand(), Correction(unit="园艺学院党委"))
    assert any(note.en.startswith("message 2: ") for note in done.notes)
    done = office.acts.correct(2, hand(), Correction(date=date(2020, 7, 2)))
    assert done.notes == ()
