"""A person overrules a verdict: accepted by hand, returned by hand."""

from pathlib import Path

import pytest

from daemon.acts import Faults, Overtaken, Refused
from daemon.office import Office
from tests.daemon.acts.mail import (
    FORM,
    ONE,
    STORY,
    TEXT,
    TWO,
    UNKNOWN,
    WHOLE,
    comes,
    hand,
    in_order,
    later,
    passes,
    replies,
    row,
    shelves,
    standing,
    texts,
    verdict,
    whole,
)
from tests.daemon.offices import Clock, configured


def test_a_returned_message_is_accepted_filed_and_receipted(office: Office) -> None:
    comes(office)
    assert row(office)["status"] == "returned"
    later(office)
    done = office.acts.accept(1, hand("纸质材料已收"))
    assert (row(office)["status"], done.notes) == ("accepted", ())
    assert shelves(office) == {"农学院党委/2020-07-01-1"}
    passes(office)
    assert len(replies(office)) == 2
    assert [verdict(reply) for reply in in_order(office)] == ["returned", "accepted"]
    assert standing(office).state == "accepted"
    last = office.ledger.history(1)[-2]
    assert (last.who, last.what, last.why) == ("陈老师", "accepted by hand", "纸质材料已收")


def test_the_status_says_who_decided(office: Office) -> None:
    comes(office)
    assert standing(office).decided_by == ""
    office.acts.accept(1, hand())
    assert standing(office).decided_by == "陈老师"


def test_a_verdict_is_overruled_only_for_a_reason(office: Office) -> None:
    comes(office)
    with pytest.raises(Refused, match="reason"):
        office.acts.accept(1, hand(" "))
    assert row(office)["status"] == "returned"


def test_a_mail_of_an_unknown_unit_is_not_accepted_before_it_is_corrected(office: Office) -> None:
    comes(office, subject=UNKNOWN)
    with pytest.raises(Refused, match="correct them first"):
        office.acts.accept(1, hand())


def test_files_accepted_by_hand_are_good_ones_for_the_next_version(office: Office) -> None:
    comes(office, [TEXT, ("照片.png", b"no picture at all"), ONE])
    office.acts.accept(1, hand())
    comes(office, [TWO, FORM])
    assert row(office, 2)["codes"] == ["file-name"] or row(office, 2)["status"] == "accepted"
    assert standing(office).version == 2


def test_a_receipt_waits_where_replies_are_approved(tmp_path: Path) -> None:
    config = configured(tmp_path, replies='mode = "approve"')
    with Office(config, clock=Clock()) as office:
        comes(office)
        office.acts.accept(1, hand())
        [waiting] = office.ledger.drafts.listing("waiting")
        assert waiting.held
        assert [d.state for d in office.ledger.drafts.listing("dropped")] == []
        passes(office)
        assert replies(office) == []


def test_without_receipts_none_is_written_and_the_waiting_draft_is_dropped(tmp_path: Path) -> None:
    config = configured(tmp_path, replies='mode = "approve"\nreceipts = false')
    with Office(config, clock=Clock()) as office:
        comes(office)
        office.acts.accept(1, hand())
        assert row(office)["reply"]["state"] == "dropped"


def test_returned_by_hand_in_the_persons_words(office: Office) -> None:
    comes(office, WHOLE)
    assert row(office)["status"] == "accepted"
    office.acts.return_(1, hand(), Faults(words="标题里的<年份>写错了", where="稿件.docx"))
    assert (row(office)["status"], row(office)["codes"][0]) == ("returned", "by-hand")
    assert shelves(office) == set()
    passes(office)
    [text] = [t for t in texts(office) if "标题里的<年份>写错了" in t]
    assert "稿件.docx" in text
    html = [m for m in replies(office) if "年份" in str(m.get_payload(1))]
    assert all("<年份>" not in str(m.get_payload(1)) for m in html)


def test_returned_by_hand_under_the_title_of_a_rule(office: Office) -> None:
    comes(office, WHOLE)
    office.acts.return_(1, hand(), Faults(words="这张太模糊", code="image-damaged", where="1.jpg"))
    assert row(office)["codes"][0] == "image-damaged"
    passes(office)
    assert any("这张太模糊" in t and "图片损坏" in t for t in texts(office))


def test_returned_for_a_finding_of_its_own(office: Office) -> None:
    comes(office)
    codes = row(office)["codes"]
    office.acts.return_(1, hand(), Faults(chosen=(1,)))
    assert row(office)["codes"][0] == codes[1]


@pytest.mark.parametrize("faults", [Faults(), Faults(chosen=(99,)), Faults(code="no-rule")])
def test_returned_for_nothing_is_refused(office: Office, faults: Faults) -> None:
    comes(office, WHOLE)
    with pytest.raises(Refused):
        office.acts.return_(1, hand(), faults)
    assert row(office)["status"] == "accepted"


def test_the_second_of_two_sees_that_the_first_has_decided(office: Office) -> None:
    comes(office)
    seen = office.ledger.acts.seen(1)
    office.acts.accept(1, hand("甲的理由", who="甲", seen=seen))
    before = whole(office)
    with pytest.raises(Overtaken) as refused:
        office.acts.return_(1, hand(who="乙", seen=seen), Faults(words="不行"))
    assert (refused.value.by.who, refused.value.by.why) == ("甲", "甲的理由")
    assert whole(office) == before


def test_what_was_accepted_by_hand_is_not_judged_again(office: Office) -> None:
    comes(office)
    office.acts.accept(1, hand())
    with pytest.raises(Refused, match="undo that first"):
        office.acts.rejudge(1, hand())
    assert office.acts.rejudge_all(STORY.notice, hand()) == ([], None)
    assert row(office)["status"] == "accepted"


def test_automatic_mail_is_not_decided_about(office: Office) -> None:
    from tests.daemon.offices import post
    from tests.letters import out_of_office

    post(office.config.state.parent, "1", out_of_office())
    passes(office)
    with pytest.raises(Refused, match="no submission"):
        office.acts.accept(1, hand())


def test_a_hostile_reason_is_kept_as_it_is_and_a_huge_one_is_refused(office: Office) -> None:
    comes(office)
    with pytest.raises(Refused):
        office.acts.accept(1, hand("长" * 2001))
    office.acts.accept(1, hand("'; drop table act; --" + "长" * 1900))
    assert office.ledger.acts.of(1)[0].why.startswith("'; drop")
