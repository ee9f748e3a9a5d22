"""What a person decided, and what is true, stays so whatever is done afterwards."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from daemon.acts import Faults
from daemon.config import load
from daemon.office import Office
from tests import material
from tests.daemon.acts.mail import STORY, TEXT, WHOLE, comes, hand, later, replies, row, standing
from tests.daemon.offices import Clock, configured

DUE = datetime(2020, 7, 15, 16, tzinfo=UTC)
UNTIL = DUE + timedelta(days=5)


def at(office: Office, time: datetime) -> None:
    assert isinstance(office.clock, Clock)
    office.clock.time = time


def test_an_undone_verdict_does_not_take_back_what_was_granted_since(office: Office) -> None:
    at(office, DUE + timedelta(hours=1))
    comes(office, [TEXT], at=DUE + timedelta(hours=1))
    done = office.acts.accept(1, hand())
    assert done.act is not None
    office.acts.extend(STORY, hand(), UNTIL)
    office.acts.undo(done.act, hand())
    assert (row(office)["status"], row(office)["late"]) == ("returned", False)
    assert "late" not in row(office)["codes"]


def test_mail_held_for_another_reason_stays_held_when_the_due_time_changes(
    office: Office,
) -> None:
    at(office, DUE + timedelta(hours=1))
    comes(office, WHOLE, at=DUE + timedelta(hours=1))
    with office.ledger._store.writing() as connection:  # as a robot's whole submission is
        connection.execute("update message set status = 'held', reason = '群发邮件'")
    office.acts.extend(STORY, hand(), UNTIL)
    assert (row(office)["status"], row(office)["late"]) == ("held", False)


def test_a_queued_reply_that_speaks_of_another_due_time_waits_for_a_person(
    tmp_path: Path,
) -> None:
    configured(tmp_path)
    [path] = (tmp_path / "notices").glob("*ones.toml")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('late = "accept"', 'late = "return"', 1), encoding="utf-8")
    with Office(load(tmp_path / "config.toml"), clock=Clock(DUE + timedelta(hours=1))) as office:
        office.ledger.caps.pause("zuzhibu", office.clock(), UNTIL, "the server is away")
        comes(office, WHOLE, at=DUE + timedelta(hours=1))
        done = office.acts.extend(STORY, hand(), UNTIL)
        assert "waits until a person" in done.notes[0].en
        office.ledger.caps.resume("zuzhibu")
        office.deliver(office.config.mailboxes[0])
        assert replies(office) == []
        answer = office.ledger.again.answer(1)
        assert answer is not None
        assert [reply.held for reply in office.ledger.drafts.listing()] == [True]
        assert standing(office).state == "accepted"


def test_an_alias_does_not_judge_accepted_mail_anew(office: Office) -> None:
    comes(office, WHOLE)
    before = office.ledger.again.findings(1)
    with office.ledger._store.writing() as connection:  # the notice was milder then
        connection.execute("update attachment set form = '' where form <> ''")
    office.acts.alias(1, hand(), ("农学院党委", "蓬莱书院党委"))
    assert (row(office)["status"], office.ledger.again.findings(1)) == ("accepted", before)
    assert office.ledger.aliases.of(STORY.notice) == {"农学院党委": ("蓬莱书院党委",)}


def test_a_failed_reply_of_a_verdict_that_no_longer_is_cannot_be_sent(tmp_path: Path) -> None:
    with Office(configured(tmp_path, replies="receipts = false"), clock=Clock()) as office:
        comes(office)
        with office.ledger._store.writing() as connection:
            connection.execute("update reply set state = 'failed', sent_at = null")
        done = office.acts.accept(1, hand())
        answer = office.ledger.again.answer(1)
        assert answer is not None
        assert answer.state == "dropped"
        assert done.act is not None
        office.acts.undo(done.act, hand())
        answer = office.ledger.again.answer(1)
        assert answer is not None
        assert answer.state == "failed"


def test_the_same_files_once_more_do_not_overrule_a_person(office: Office) -> None:
    comes(office, WHOLE)
    later(office)
    office.acts.return_(1, hand(), Faults(words="内容与主题不符"))
    office.deliver(office.config.mailboxes[0])
    count = len(replies(office))
    later(office)
    comes(office, WHOLE)
    assert row(office, 2)["status"] == "held"
    assert len(replies(office)) == count, "nobody is told what no person has decided"
    assert standing(office).state == "held"


def test_something_new_after_a_return_by_hand_is_judged_by_the_rules(office: Office) -> None:
    comes(office, WHOLE)
    later(office)
    office.acts.return_(1, hand(), Faults(words="图片不清楚"))
    later(office)
    text, _, two, form = WHOLE
    comes(office, (text, ("1.jpg", material.jpeg(seed=9)), two, form))
    assert row(office, 2)["status"] == "accepted"
