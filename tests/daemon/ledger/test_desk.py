"""What people decide: drafts, dead addresses, waivers and extensions."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from daemon.ledger import Event, Ledger, Place
from tests.daemon.ledger.entries import NOTICE, a_draft, a_ledger, an_entry, at

HERE = Place(notice=NOTICE.id, unit="农学院党委", category="战疫故事汇", window="7月15日前")
NOWHERE = replace(HERE, unit="无此单位")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with a_ledger(tmp_path) as opened:
        yield opened


def waiting(ledger: Ledger, count: int, *, approval: bool = True) -> None:
    for uid in range(1, count + 1):
        entry = an_entry(uid)
        ledger.record(replace(entry, reply=a_draft(entry.key, approval=approval)))


def test_the_desk_lists_what_waits_oldest_first_over_many_pages(ledger: Ledger) -> None:
    waiting(ledger, 450)
    listed = list(ledger.drafts.listing())
    assert [draft.message for draft in listed] == list(range(1, 451))
    assert all(draft.held for draft in listed)
    assert list(ledger.drafts.listing("sent")) == []


def test_a_reply_that_will_go_by_itself_is_not_held(ledger: Ledger) -> None:
    waiting(ledger, 1, approval=False)
    assert [draft.held for draft in ledger.drafts.listing()] == [False]


def test_a_draft_can_be_read_and_changed_until_it_goes(ledger: Ledger) -> None:
    waiting(ledger, 1)
    event = Event(at=at(1), what="reply edited", who="张老师")
    assert (ledger.drafts.raw(1) or b"").startswith(b"To: zhang@example.com")
    assert ledger.drafts.edit(1, b"another text", event)
    assert ledger.drafts.raw(1) == b"another text"
    assert ledger.drafts.approve(1, at(2), "张老师")
    assert not ledger.drafts.edit(1, b"too late", event)
    assert ledger.drafts.raw(1) == b"another text"
    assert [e.what for e in ledger.history(1)] == ["accepted", "reply edited", "reply approved"]


def test_a_draft_that_is_not_there_is_none(ledger: Ledger) -> None:
    assert ledger.drafts.raw(1) is None
    assert not ledger.drafts.approve(1, at(1), "张老师")


def test_a_reply_in_the_act_of_sending_is_out_of_reach(ledger: Ledger) -> None:
    waiting(ledger, 1, approval=False)
    assert ledger.replies.sending(1, at(1))
    assert not ledger.drafts.drop(1, Event(at=at(1), what="reply dropped"))
    ledger.replies.later(1, at(2), "450")
    assert ledger.drafts.drop(1, Event(at=at(2), what="reply dropped"))


def test_a_bounce_of_our_reply_buries_its_address(ledger: Ledger) -> None:
    waiting(ledger, 1)
    ours = a_draft(an_entry(1).key).message_id
    assert ledger.caps.bounced(f"<{ours}>", at(1), "550 no such user") == "zhang@example.com"
    assert ledger.caps.dead("Zhang@example.com") == "550 no such user"
    assert ledger.history(1)[-1].what == "reply bounced"


def test_a_bounce_of_a_strangers_mail_buries_nobody(ledger: Ledger) -> None:
    waiting(ledger, 1)
    assert ledger.caps.bounced("stranger@example.com", at(1), "550") == ""
    assert ledger.caps.dead("zhang@example.com") == ""


def test_a_waiver_stands_in_the_table_and_survives_a_new_reading_of_the_notice(
    ledger: Ledger,
) -> None:
    assert ledger.concessions.waive(HERE, "机关不报")
    ledger.sync(NOTICE, at(1))
    assert [s.waived for s in ledger.status() if s.waived] == ["机关不报"]
    assert ledger.concessions.waive(HERE, "")
    assert not any(s.waived for s in ledger.status())
    assert not ledger.concessions.waive(NOWHERE, "x")


def test_an_extension_is_an_instant_and_can_be_taken_back(ledger: Ledger) -> None:
    assert ledger.concessions.extension(HERE) is None
    assert ledger.concessions.extend(HERE, at(100))
    assert ledger.concessions.extension(HERE) == at(100)
    assert ledger.concessions.extend(HERE, None)
    assert ledger.concessions.extension(HERE) is None
    assert not ledger.concessions.extend(NOWHERE, at(1))
    assert ledger.concessions.extension(NOWHERE) is None
