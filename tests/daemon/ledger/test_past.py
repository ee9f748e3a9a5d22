"""What earlier messages left behind."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from daemon.ledger import Asking, Ledger, reply_message_id
from rules.mending import Mended
from rules.submission import Claim
from rules.verdict import Status
from tests.daemon.ledger.entries import (
    NOTICE,
    UNITS,
    WALL,
    a_claim,
    a_draft,
    a_file,
    a_finding,
    a_ledger,
    a_submission,
    a_verdict,
    an_entry,
    digest,
)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with a_ledger(tmp_path) as opened:
        yield opened


def test_versions_count_for_each_place_alone(ledger: Ledger) -> None:
    other = a_submission(a_file(), claim=a_claim(UNITS[1]))
    for uid, submission in enumerate((None, other, None), start=1):
        ledger.record(an_entry(uid, a_verdict(submission=submission)))
    assert [m["version"] for m in ledger.messages()] == [1, 1, 2]
    assert len(ledger.before(a_claim(UNITS[1]))) == 1
    assert ledger.before(a_claim(UNITS[0], WALL)) == ()


@pytest.mark.parametrize("claim", [a_claim(None), a_claim(category=None)])
def test_a_claim_without_a_place_has_no_past(ledger: Ledger, claim: Claim) -> None:
    ledger.record(an_entry(1, a_verdict(submission=a_submission(claim=claim))))
    assert ledger.before(claim) == ()
    assert ledger.extended(claim) is None
    assert [m["version"] for m in ledger.messages()] == [None]


def test_good_files_of_all_versions_come_back_each_once_newest_first(ledger: Ledger) -> None:
    first = a_submission(a_file("文.docx"), a_file("坏.jpg"))
    second = a_submission(a_file("好.jpg"), a_file("文.docx"))
    ledger.record(
        an_entry(1, a_verdict(Status.RETURNED, first, [a_finding("image-damaged", "坏.jpg")]))
    )
    ledger.record(an_entry(2, a_verdict(Status.RETURNED, second)))
    assert [a.name for a in ledger.before(a_claim())] == ["好.jpg", "文.docx"]


def test_two_pictures_of_one_name_are_two_pictures(ledger: Ledger) -> None:
    for uid, picture in enumerate((b"one", b"two"), start=1):
        file = a_file("image.jpg", sha256=picture.hex())
        ledger.record(an_entry(uid, a_verdict(Status.RETURNED, a_submission(file))))
    assert len(ledger.before(a_claim())) == 2


def test_logos_and_opened_archives_are_not_good_files(ledger: Ledger) -> None:
    logo = replace(a_file("logo.png"), ignored="logo", role="ignored")
    archive = replace(a_file("a.zip"), role="container")
    ledger.record(an_entry(1, a_verdict(Status.RETURNED, a_submission(logo, archive))))
    assert ledger.before(a_claim()) == ()


def test_an_answer_to_our_reply_is_put_where_its_message_was(ledger: Ledger) -> None:
    entry = an_entry(1, a_verdict(Status.RETURNED))
    message = ledger.record(entry)
    assert entry.reply is not None
    ids = ["stranger@example.com", f"<{entry.reply.message_id}>"]
    place = Mended(notice=NOTICE.id, unit="农学院党委", category="战疫故事汇", window="7月15日前")
    assert ledger.mended(ids) == place
    assert ledger.answered_by(ids) == message
    assert ledger.mended(["stranger@example.com"]) is None
    assert ledger.mended([]) is None
    assert ledger.mended(["", "<>"]) is None


def test_of_several_replies_the_newest_counts(ledger: Ledger) -> None:
    claims = (a_claim(UNITS[0]), a_claim(UNITS[1]))
    entries = [
        an_entry(uid, a_verdict(submission=a_submission(claim=claim)))
        for uid, claim in enumerate(claims, start=1)
    ]
    for entry in entries:
        ledger.record(entry)
    ids = [a_draft(entry.key).message_id for entry in reversed(entries)]
    assert (ledger.mended(ids) or Mended()).unit == "园艺学院党委"


def test_ten_thousand_references_are_one_question(ledger: Ledger) -> None:
    entry = an_entry(1)
    ledger.record(entry)
    assert entry.reply is not None
    assert ledger.mended([*(f"{n}@x" for n in range(10_000)), entry.reply.message_id])


def test_the_same_bytes_are_recognised_with_who_sent_them(ledger: Ledger) -> None:
    ledger.record(an_entry(1))
    (seen,) = ledger.sightings([digest("故事.docx"), digest("故事.docx"), "ff"])
    assert (seen.unit, seen.name) == ("农学院党委", "故事.docx")


@pytest.mark.parametrize(
    ("sender", "subject", "found"),
    [
        ("Zhang@example.com", "农学院党委+战疫故事汇+20200701", 1),
        ("li@example.com", "农学院党委+战疫故事汇+20200701", 0),
        ("zhang@example.com", "农学院党委+战疫故事汇", 0),
        ("zhang@example.com", "", 0),
    ],
)
def test_only_who_was_told_a_subject_mends_what_stands_nowhere(
    ledger: Ledger, sender: str, subject: str, found: int
) -> None:
    nowhere = a_submission(a_file(), claim=a_claim(category=None))
    ledger.record(an_entry(1, a_verdict(Status.RETURNED, nowhere)))
    letter = replace(nowhere.message, sender=sender, subject=subject)
    asked: list[str] = []
    with ledger._store.reading() as connection:
        connection.set_trace_callback(asked.append)
        assert len(ledger.before(a_claim(), Asking(letter=letter))) == found
        connection.set_trace_callback(None)
    assert sum("with recursive" in statement for statement in asked) == found


def test_digests_that_begin_alike_are_told_apart(ledger: Ledger) -> None:
    """The index holds twelve characters of each."""
    ours = digest("故事.docx")
    other = ours[:12] + digest("其他")[12:]
    for uid, file in enumerate((other, ours, other, ours), start=1):
        names = {other: "别的.docx", ours: "故事.docx"}
        submission = a_submission(a_file(names[file], sha256=file))
        ledger.record(an_entry(uid, a_verdict(submission=submission), sha256=file, reply=None))
    assert [s.name for s in ledger.sightings([ours])] == ["故事.docx"] * 2
    assert [s.name for s in ledger.again.sightings(4, [ours])] == ["故事.docx"]
    assert ledger.sightings([ours[:12]]) == ()
    found = ledger.by_digest("zuzhibu", ours)
    assert found is not None
    assert found[1].uid == 2, "the first of them"
    assert ledger.by_digest("zuzhibu", ours[:12] + "0" * 52) is None
    assert ledger.by_digest("xuanchuanbu", ours) is None


def test_what_is_no_file_of_the_submission_is_not_seen_again(ledger: Ledger) -> None:
    logo = replace(a_file("logo.png"), ignored="logo", role="ignored")
    ledger.record(an_entry(1, a_verdict(submission=a_submission(logo, a_file()))))
    assert [s.name for s in ledger.sightings([digest("logo.png"), digest("故事.docx")])] == [
        "故事.docx"
    ]


def test_a_blank_form_that_everybody_sends_gives_few_sightings(ledger: Ledger) -> None:
    for uid in range(1, 31):
        ledger.record(an_entry(uid, reply=None, shelf=""))
    assert len(ledger.sightings([digest("故事.docx")])) == 20


def test_the_message_id_of_a_reply_is_the_same_whenever_it_is_computed() -> None:
    key = an_entry(1).key
    ours = reply_message_id(key, "ab", "example.cn")
    assert ours == reply_message_id(key, "ab", "example.cn")
    others = {
        reply_message_id(replace(key, uid=2), "ab", "example.cn"),
        reply_message_id(replace(key, folder="junk"), "ab", "example.cn"),
        reply_message_id(key, "ac", "example.cn"),
    }
    assert ours not in others
    assert len(others) == 3
