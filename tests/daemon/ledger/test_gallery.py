"""Accepted material file by file."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from daemon.ledger import Filter, Ledger
from rules.submission import Attachment
from rules.verdict import Status
from tests.daemon.ledger.entries import (
    UNITS,
    WALL,
    a_claim,
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


def receive(
    ledger: Ledger, uid: int, *files: Attachment, status: Status = Status.ACCEPTED, unit: int = 0
) -> int:
    submission = a_submission(*files, claim=a_claim(UNITS[unit]))
    message = replace(submission.message, received=at(uid))
    verdict = a_verdict(status, replace(submission, message=message))
    return ledger.record(an_entry(uid, verdict))


def a_picture(name: str, **facts: object) -> Attachment:
    return replace(a_file(name, **facts), kind="image")


def a_form(**filled: str) -> Attachment:
    return replace(a_file("推荐表.docx"), kind="form", filled=tuple(filled.items()))


def names(ledger: Ledger, wanted: Filter | None = None, **more: str) -> list[str]:
    return [e.name for e in ledger.gallery.page(wanted or Filter(), **more)]  # type: ignore[arg-type]


def test_files_of_accepted_material_are_shown_the_newest_message_first(ledger: Ledger) -> None:
    receive(ledger, 1, a_file("故事.docx"), a_picture("1.jpg"))
    receive(ledger, 2, a_file("别的.docx"), unit=1)
    assert names(ledger) == ["别的.docx", "1.jpg", "故事.docx"]


@pytest.mark.parametrize("status", [Status.RETURNED, Status.HELD])
def test_what_was_not_accepted_is_not_shown(ledger: Ledger, status: Status) -> None:
    receive(ledger, 1, a_file(), status=status)
    assert names(ledger) == []


def test_good_files_of_earlier_versions_are_part_of_what_was_accepted(ledger: Ledger) -> None:
    receive(ledger, 1, a_picture("1.jpg"), status=Status.RETURNED)
    assert names(ledger) == []
    receive(ledger, 2, a_file("故事.docx"))
    assert names(ledger) == ["故事.docx", "1.jpg"]
    receive(ledger, 3, a_picture("3.jpg"), status=Status.HELD)  # nobody has decided on it yet
    assert names(ledger) == ["故事.docx", "1.jpg"]


def test_a_file_sent_again_is_shown_once_in_its_newest_version(ledger: Ledger) -> None:
    receive(ledger, 1, a_picture("1.jpg"))
    newest = receive(ledger, 2, a_picture("1.jpg"))
    assert [(e.name, e.message) for e in ledger.gallery.page(Filter())] == [("1.jpg", newest)]


def test_spoiled_and_ignored_files_and_opened_archives_are_not_shown(ledger: Ledger) -> None:
    logo = replace(a_file("logo.png"), ignored="logo", role="ignored")
    box = replace(a_file("all.zip"), role="container")
    submission = a_submission(a_picture("坏.heic"), logo, box, a_file("故事.docx"))
    verdict = a_verdict(submission=submission, findings=[a_finding("image-not-jpeg", "坏.heic")])
    ledger.record(an_entry(1, verdict))
    assert names(ledger) == ["故事.docx"]


def test_forms_give_the_title_and_are_shown_when_asked_for(ledger: Ledger) -> None:
    receive(ledger, 1, a_file("故事.docx"), a_form(作者="张三", 材料题目="一面党旗"))
    assert [(e.name, e.title) for e in ledger.gallery.page(Filter())] == [("故事.docx", "一面党旗")]
    assert names(ledger, kind="form") == ["推荐表.docx"]


def test_a_kind_a_unit_a_category_and_words_are_asked_for(ledger: Ledger) -> None:
    receive(ledger, 1, a_file("故事.docx"), a_picture("1.jpg"))
    receive(ledger, 2, a_picture("2.jpg"), unit=1)
    wall = a_submission(a_file("稿.docx"), claim=a_claim(UNITS[0], WALL))
    ledger.record(an_entry(3, a_verdict(submission=wall)))
    assert names(ledger, kind="image") == ["2.jpg", "1.jpg"]
    assert names(ledger, Filter(unit=UNITS[1].name)) == ["2.jpg"]
    assert names(ledger, Filter(category=WALL.name)) == ["稿.docx"]
    assert names(ledger, Filter(words="故事.docx")) == ["1.jpg", "故事.docx"]
    assert names(ledger, Filter(mailboxes=frozenset({"xuanchuanbu"}))) == []


def test_selected_material_is_marked_and_asked_for(ledger: Ledger) -> None:
    receive(ledger, 1, a_picture("1.jpg"))
    chosen = receive(ledger, 2, a_picture("2.jpg"), unit=1)
    with ledger._store.writing() as connection:
        connection.execute(
            "insert into event (id, message, at, who, what, why) values (99, 2, '', '', '', '')"
        )
        connection.execute(
            "insert into act (id, event, at, who, kind, why, mailbox, message, notice, unit,"
            " category, window, said, before)"
            " values (1, 99, '', '', 'select', '', '', 2, '', '', '', '', '[]', '[]')"
        )
        connection.execute("insert into selection (message, act) values (?, 1)", (chosen,))
    assert [(e.name, e.selected) for e in ledger.gallery.page(Filter())] == [
        ("2.jpg", True),
        ("1.jpg", False),
    ]
    assert [e.name for e in ledger.gallery.page(Filter(), selected=True)] == ["2.jpg"]


@pytest.mark.parametrize("size", [1, 2, 5])
def test_pages_follow_each_other_and_miss_nothing(ledger: Ledger, size: int) -> None:
    receive(ledger, 1, a_picture("1a.jpg"), a_picture("1b.jpg"), a_picture("1c.jpg"))
    receive(ledger, 2, a_picture("2a.jpg"), a_picture("2b.jpg"), unit=1)
    seen: list[str] = []
    after = ""
    while page := ledger.gallery.page(Filter(), after=after, size=size):
        seen += [e.name for e in page]
        after = page[-1].mark
    assert seen == ["2b.jpg", "2a.jpg", "1c.jpg", "1b.jpg", "1a.jpg"]


@pytest.mark.parametrize("mark", ["x", "..", "2020.1", "2020.1.x", "2020.x.1"])
def test_an_unreadable_mark_begins_anew(ledger: Ledger, mark: str) -> None:
    receive(ledger, 1, a_picture("1.jpg"))
    assert names(ledger, after=mark) == ["1.jpg"]
