"""Many messages in one transaction: the search index takes them all at once, and none too many."""

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from daemon.ledger import Act, Entry, Filter, Ledger
from daemon.ledger.search import LONG
from tests.daemon.ledger.entries import (
    a_draft,
    a_file,
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


def a_letter(uid: int, text: str) -> Entry:
    submission = a_submission(a_file())
    letter = replace(submission.message, message_id=f"m{uid}@x", text=text)
    return an_entry(uid, a_verdict(submission=replace(submission, message=letter)))


def found(ledger: Ledger, words: str) -> set[int]:
    return {line.id for line in ledger.browse.page(Filter(words=words))}


def test_each_of_a_group_is_found_by_its_own_words(ledger: Ledger) -> None:
    with ledger.together():
        rows = [ledger.record(a_letter(uid, f"第{uid}号信")) for uid in range(1, 41)]
    assert found(ledger, "号信") == set(rows)
    assert found(ledger, "第7号") == {rows[6]}


def test_one_that_fails_leaves_none_of_its_words(ledger: Ledger) -> None:
    first = a_letter(1, "一号信")
    clash = replace(a_letter(2, "二号信"), reply=a_draft(first.key))
    with ledger.together():
        kept = ledger.record(first)
        with pytest.raises(sqlite3.IntegrityError):
            ledger.record(clash)
        third = ledger.record(a_letter(3, "三号信"))
    assert found(ledger, "号信") == {kept, third}
    assert found(ledger, "二号") == set()


def test_a_group_that_is_undone_leaves_nothing_for_the_next_one(ledger: Ledger) -> None:
    with suppress(KeyError), ledger.together():
        ledger.record(a_letter(1, "撤回的信"))
        raise KeyError
    assert ledger.record(a_letter(2, "留下的信")) in found(ledger, "留下")
    assert found(ledger, "撤回") == set()


def test_very_long_letters_are_not_held_in_memory_until_the_end(ledger: Ledger) -> None:
    with ledger.together():
        row = ledger.record(a_letter(1, "长信" * LONG))
        assert ledger._store._last == []
        short = ledger.record(a_letter(2, "短信"))
        assert len(ledger._store._last) == 1
    assert found(ledger, "长信") == {row}
    assert found(ledger, "短信") == {short}


def test_what_is_decided_in_the_same_transaction_finds_the_index_up_to_date(
    ledger: Ledger,
) -> None:
    entry = a_letter(1, "原来的话")
    with ledger.together():
        message = ledger.record(entry)
        act = Act(kind="rejudge", who="li", at=at(1), message=message)
        with ledger.acts.doing(act) as deed:
            deed.rewrite(
                message, an_entry(1, a_verdict(submission=a_submission(a_file("新.docx"))))
            )
    assert found(ledger, "原来") == found(ledger, "新") == {message}
    assert found(ledger, "故事.docx") == set()
    with ledger._store.writing() as connection:
        connection.execute("insert into search (search) values ('integrity-check')")
