"""A reply is sent once more."""

from email import message_from_bytes
from email.message import Message as Mime
from pathlib import Path

import pytest

from daemon.acts import Refused
from daemon.office import Office
from daemon.reply import again, text_of
from tests.daemon.acts.mail import comes, hand, in_order, later, passes, replies, row
from tests.daemon.offices import NOON, Clock, configured


def identity(mail: Mime) -> str:
    return str(mail["Message-ID"])


def test_one_that_went_goes_as_another_mail_that_names_the_first(office: Office) -> None:
    comes(office)
    [first] = replies(office)
    later(office)
    office.acts.resend(1, hand("对方说没收到"))
    passes(office)
    one, two = in_order(office)
    assert identity(one) == identity(first) != identity(two)
    assert identity(one) in str(two["References"])
    assert text_of(one.as_bytes()) == text_of(two.as_bytes())
    assert one["Subject"] == two["Subject"]
    assert row(office)["reply"]["state"] == "sent"


def test_an_answer_to_either_of_them_mends_the_message(office: Office) -> None:
    comes(office)
    later(office)
    office.acts.resend(1, hand())
    passes(office)
    for mail in replies(office):
        assert office.ledger.answered_by([identity(mail).strip("<>")]) == 1


def test_both_count_for_the_senders_cap(office: Office) -> None:
    comes(office)
    for _ in range(4):
        later(office)
        office.acts.resend(1, hand())
        passes(office)
        if row(office)["reply"]["state"] == "waiting":
            break
    assert len(replies(office)) == 3


def test_one_that_failed_goes_again_under_its_own_name(office: Office) -> None:
    comes_unsent(office)
    [waiting] = office.ledger.drafts.listing("waiting")
    office.ledger.replies.failed(waiting.id, office.clock(), "550 no")
    done = office.acts.resend(1, hand())
    assert done.act is not None
    office.acts.undo(done.act, hand())
    [failed] = office.ledger.drafts.listing("failed")
    assert failed.error == "550 no"
    office.acts.resend(1, hand())
    passes(office)
    [mail] = replies(office)
    assert identity(mail) == f"<{waiting.message_id}>"


def comes_unsent(office: Office) -> None:
    from tests.daemon.offices import post
    from tests.letters import letter

    raw = letter(subject="农学院党委+战疫故事汇+20200701", message_id="m0@example.org")
    post(office.config.state.parent, "1", raw)
    office.poll(office.config.mailboxes[0])


@pytest.mark.parametrize("state", ["waiting", "dropped"])
def test_one_that_is_still_to_go_or_is_dropped_is_not_sent_again(
    office: Office, state: str
) -> None:
    comes_unsent(office)
    if state == "dropped":
        [waiting] = office.ledger.drafts.listing("waiting")
        office.ledger.replies.drop(waiting.id, office.clock(), "no")
    with pytest.raises(Refused):
        office.acts.resend(1, hand())


def test_to_a_dead_address_only_when_it_is_said_twice(office: Office) -> None:
    comes(office)
    later(office)
    office.ledger.caps.bury("nxy@example.edu.cn", office.clock(), "550 5.1.1")
    with pytest.raises(Refused, match="came back"):
        office.acts.resend(1, hand())
    office.acts.resend(1, hand(), revive=True)
    passes(office)
    assert len(replies(office)) == 2


def test_sending_again_is_taken_back_before_it_went_and_not_after(office: Office) -> None:
    comes(office)
    later(office)
    before = row(office)
    done = office.acts.resend(1, hand())
    assert done.act is not None
    office.acts.undo(done.act, hand())
    passes(office)
    assert len(replies(office)) == 1
    assert row(office) == before
    done = office.acts.resend(1, hand())
    passes(office)
    assert done.act is not None
    with pytest.raises(Refused, match="has gone"):
        office.acts.undo(done.act, hand())


def test_it_goes_at_once_also_where_replies_are_approved(tmp_path: Path) -> None:
    config = configured(tmp_path, replies='mode = "approve"')
    with Office(config, clock=Clock()) as office:
        comes(office)
        [waiting] = office.ledger.drafts.listing("waiting")
        office.ledger.drafts.approve(waiting.id, office.clock(), "陈老师")
        passes(office)
        later(office)
        office.acts.resend(1, hand())
        passes(office)
        assert len(replies(office)) == 2


def test_the_mail_is_the_same_but_for_its_name_and_date(office: Office) -> None:
    comes(office)
    answer = office.ledger.again.answer(1)
    assert answer is not None
    raw = again(answer.raw, "new@example.org", NOON)
    one, two = message_from_bytes(answer.raw), message_from_bytes(raw)
    changed = {"Message-ID", "Date", "References"}
    assert {k: v for k, v in one.items() if k not in changed} == {
        k: v for k, v in two.items() if k not in changed
    }
    assert raw.count(b"\r\nMessage-ID:") == 1
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
