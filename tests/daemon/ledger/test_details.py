"""One message with everything that is known of it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from daemon.ledger import Ledger
from rules.submission import Link
from rules.verdict import Status
from tests.daemon.ledger.entries import (
    NOTICE,
    a_claim,
    a_draft,
    a_file,
    a_finding,
    a_ledger,
    a_submission,
    a_verdict,
    an_entry,
    at,
)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with a_ledger(tmp_path) as opened:
        yield opened


def test_a_message_is_shown_as_it_was_recorded(ledger: Ledger) -> None:
    detail = ledger.details.of(ledger.record(an_entry(1)))
    assert detail is not None
    letter = detail.letter
    assert (letter.sender, letter.sender_name) == ("zhang@example.com", "联系人")
    assert (letter.received, letter.sent, letter.recorded) == (at(0), at(0), at(0))
    assert (letter.status, letter.late, letter.version) == ("accepted", False, 1)
    assert (letter.place.unit, letter.place.category) == ("农学院党委", "战疫故事汇")
    assert (letter.body, letter.mends, letter.claim_date) == ("请查收", None, "")
    assert ledger.details.letter(letter.id) == letter
    assert [event.what for event in detail.history] == ["accepted"]


def test_files_come_in_order_with_their_facts_and_what_was_filled_in(ledger: Ledger) -> None:
    form = replace(a_file("推荐表.docx", pages=2), filled=(("作者", "张三"), ("题目", "党旗")))
    bad = a_file("照片.heic", width=4000, height=3000)
    verdict = a_verdict(
        Status.RETURNED,
        a_submission(form, bad),
        [a_finding("image-not-jpeg", "照片.heic")],
    )
    detail = ledger.details.of(ledger.record(an_entry(1, verdict)))
    assert detail is not None
    first, second = detail.files
    assert (first.attachment.name, first.attachment.facts.pages, first.good) == (
        "推荐表.docx",
        2,
        True,
    )
    assert dict(first.attachment.filled) == {"作者": "张三", "题目": "党旗"}
    assert (second.attachment.facts.width, second.good) == (4000, False)
    assert ledger.details.file(second.id) == second
    [told] = detail.findings
    assert (told.code, told.place, told.fix) == ("image-not-jpeg", "照片.heic", "补上")


def test_links_are_shown_with_what_they_say(ledger: Ledger) -> None:
    link = Link(provider="qq", url="https://x", name="微党课.mp4", size=5, expires=at(5), code="ab")
    detail = ledger.details.of(
        ledger.record(an_entry(1, a_verdict(submission=a_submission(links=(link,)))))
    )
    assert detail is not None
    assert detail.links == (link,)


def test_the_reply_is_shown_as_it_stands(ledger: Ledger) -> None:
    entry = an_entry(1, a_verdict(Status.RETURNED))
    entry = replace(entry, reply=a_draft(entry.key, approval=True))
    detail = ledger.details.of(ledger.record(entry))
    assert detail is not None
    assert detail.reply is not None
    assert (detail.reply.state, detail.reply.next, detail.reply.sent) == ("waiting", None, None)
    assert entry.reply is not None
    assert detail.reply.raw == entry.reply.raw


def test_every_version_at_the_place_is_listed_the_newest_first(ledger: Ledger) -> None:
    for uid, status in enumerate((Status.RETURNED, Status.HELD, Status.ACCEPTED), start=1):
        ledger.record(an_entry(uid, a_verdict(status)))
    detail = ledger.details.of(2)
    assert detail is not None
    assert [(v.id, v.version, v.status) for v in detail.versions] == [
        (3, 3, "accepted"),
        (2, 2, "held"),
        (1, 1, "returned"),
    ]


def test_a_message_that_belongs_nowhere_has_no_versions(ledger: Ledger) -> None:
    nowhere = a_submission(claim=a_claim(None, None))
    detail = ledger.details.of(ledger.record(an_entry(1, a_verdict(Status.IGNORED, nowhere))))
    assert detail is not None
    assert (detail.letter.notice, detail.versions) == (NOTICE.id, ())


@pytest.mark.parametrize("code", ["malware", "executable", "archive-bomb"])
def test_danger_is_known(ledger: Ledger, code: str) -> None:
    message = ledger.record(an_entry(1, a_verdict(Status.HELD, findings=[a_finding(code)])))
    harmless = ledger.record(an_entry(2, a_verdict(Status.HELD, findings=[a_finding("link-only")])))
    detail = ledger.details.of(message)
    assert detail is not None
    assert detail.dangerous
    assert ledger.details.dangerous(message)
    assert not ledger.details.dangerous(harmless)


def test_what_is_not_there_is_none(ledger: Ledger) -> None:
    assert ledger.details.of(9) is None
    assert ledger.details.letter(9) is None
    assert ledger.details.file(9) is None
