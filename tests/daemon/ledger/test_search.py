"""Full-text search: short Chinese words, phrases, hostile questions; written with the message."""

import importlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from daemon.grams import grams
from daemon.ledger import Filter, Ledger
from daemon.ledger.record import _message
from daemon.ledger.search import changing, conditions, document
from daemon.migrations.search import APART, DOCUMENT, WIDE, fill, tokens
from daemon.migrations.steps import MIGRATIONS
from rules.notice import Unit
from rules.submission import Attachment, Link, Message
from tests.daemon.ledger.entries import (
    a_claim,
    a_file,
    a_ledger,
    a_submission,
    a_verdict,
    an_entry,
)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with a_ledger(tmp_path) as opened:
        yield opened


def receive(ledger: Ledger, uid: int, *files: Attachment, **message: str) -> int:
    submission = a_submission(*(files or (a_file(),)))
    letter = replace(submission.message, message_id=f"m{uid}@x", **message)  # type: ignore[arg-type]
    verdict = a_verdict(submission=replace(submission, message=letter))
    return ledger.record(an_entry(uid, verdict))


def found(ledger: Ledger, words: str) -> set[int]:
    return {line.id for line in ledger.browse.page(Filter(words=words))}


@pytest.mark.parametrize(
    "words",
    [
        "格",  # one character, in the middle of a word
        "控",  # the last one of a run
        "防控",
        "疫情防控",
        "ＷＥＣＨＡＴ",
        "wech",
        "10月底前",
        "防控 社区",
        '"社区网格员登记体温"',
    ],
)
def test_a_word_of_the_letter_is_found(ledger: Ledger, words: str) -> None:
    text = "疫情防\n控：10月底前，社区网格员登记体温。WeChat: abc"
    wanted = receive(ledger, 1, text=text)
    receive(ledger, 2, text="别的事")
    assert found(ledger, words) == {wanted}


@pytest.mark.parametrize(
    "words", ["情疫", "区社", '"体温登记"', "防控 没有", '"wech"', "社 控 无", "1月底"]
)
def test_what_was_not_written_is_not_found(ledger: Ledger, words: str) -> None:
    receive(ledger, 1, text="疫情防控：10月底前，社区网格员登记体温。WeChat: abc")
    assert found(ledger, words) == set()


def test_subject_sender_files_links_and_forms_are_searched(ledger: Ledger) -> None:
    form = replace(a_file("推荐表.docx"), filled=(("材料题目", "一面党旗"),))
    wanted = receive(
        ledger, 1, form, subject="荔枝", sender="li.si@example.cn", sender_name="李四", text=""
    )
    for words in ("荔枝", "li.si", "example.cn", "李四", "推荐表", "党旗", "一面党旗 李四 荔枝"):
        assert found(ledger, words) == {wanted}, words
    submission = a_submission(links=(Link(provider="qq", url="https://x", name="微党课"),))
    linked = ledger.record(an_entry(2, a_verdict(submission=submission)))
    assert found(ledger, "微党") == {linked}


def test_no_phrase_reaches_from_one_field_into_the_next(ledger: Ledger) -> None:
    receive(ledger, 1, subject="甲乙", sender="", sender_name="丙丁", text="")
    assert found(ledger, "甲乙丙") == set()


def test_a_unit_is_found_by_the_name_it_was_put_to(ledger: Ledger) -> None:
    submission = a_submission(claim=a_claim(Unit(name="园艺学院党委")))
    letter = Message(message_id="m@x", subject="稿子")
    verdict = a_verdict(submission=replace(submission, message=letter))
    wanted = ledger.record(an_entry(1, verdict))
    assert found(ledger, "园艺") == found(ledger, "战疫 园艺 稿子") == {wanted}
    with ledger._store.writing() as connection:  # as when the office corrects it
        connection.execute("update message set unit = '机关党委'")
    assert found(ledger, "园艺") == set()
    assert found(ledger, "机关") == {wanted}


def test_a_change_of_words_is_followed(ledger: Ledger) -> None:
    message = receive(ledger, 1, text="旧的说法")
    with ledger._store.writing() as connection, changing(connection, message):
        connection.execute("update message set body = '新的说法'")
    assert found(ledger, "旧的") == set()
    assert found(ledger, "新的说法") == {message}
    with ledger._store.writing() as connection:
        connection.execute("insert into search (search) values ('integrity-check')")


def test_rows_of_an_older_ledger_are_found_too(ledger: Ledger) -> None:
    wanted = [receive(ledger, uid, text=f"第{uid}号信") for uid in range(1, 4)]
    with ledger._store.writing() as connection:
        connection.execute("insert into search (search) values ('delete-all')")
    assert found(ledger, "号信") == set()
    with ledger._store.writing() as connection:
        fill(connection)
    assert found(ledger, "号信") == set(wanted)
    assert found(ledger, "第2号") == {wanted[1]}


def test_the_words_of_a_message_are_written_with_it_or_not_at_all(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    writing = importlib.import_module("daemon.ledger.record")
    monkeypatch.setattr(writing, "note", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        receive(ledger, 1, text="半途")
    monkeypatch.undo()
    assert found(ledger, "半途") == set()
    assert receive(ledger, 1, text="再来") in found(ledger, "再来")


def test_a_question_with_nothing_to_look_for_leaves_the_list_open(ledger: Ledger) -> None:
    wanted = receive(ledger, 1)
    assert found(ledger, "+++ *** ()") == {wanted}


HOSTILE = (
    '"',
    '""',
    "a OR",
    "NEAR(a b)",
    "words:x",
    "-x",
    "^x",
    "'; drop table message; --",
    "x*y*",
    "\0",
    "{a}",
    "é" * 500,
    '" AND "',
    "\ud800",
    "字" * 10_000,
    "a\u0301",
)


@pytest.mark.parametrize("words", HOSTILE)
def test_a_hostile_question_is_an_answer_of_nothing(ledger: Ledger, words: str) -> None:
    receive(ledger, 1, text="无关")
    shown = ledger.browse.page(Filter(words=words))
    assert len(tuple(shown)) == ledger.browse.count(Filter(words=words))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(st.characters(), max_size=60), st.text('"*()-+:^{}ANDORNEAR 党委', max_size=40))
def test_any_question_is_answered(ledger: Ledger, anything: str, syntax: str) -> None:
    ledger.browse.page(Filter(words=anything))
    ledger.browse.page(Filter(words=syntax))


def test_the_index_is_made_by_a_migration() -> None:
    db = Database(memory=True)
    MIGRATIONS.apply(db)
    assert "search" in db.table_names()


def test_a_word_of_a_name_and_of_a_letter_finds_both(ledger: Ledger) -> None:
    named = receive(ledger, 1, text="别的事")
    written = a_submission(claim=a_claim(Unit(name="机关党委")))
    letter = Message(message_id="m2@x", subject="致农学院党委")
    other = a_verdict(submission=replace(written, message=letter))
    told = ledger.record(an_entry(2, other))
    neither = a_verdict(submission=replace(written, message=replace(letter, subject="稿子")))
    ledger.record(an_entry(3, neither))
    assert found(ledger, "农学院党委") == {named, told}
    assert found(ledger, "农学 致") == {told}


def test_what_the_names_settle_the_index_is_not_asked_for(ledger: Ledger) -> None:
    with ledger._store.reading() as connection:
        ((sql, values),) = conditions(connection, "农学")
    assert sql.index("message.unit") < sql.index("search match")
    assert values == ("农学院党委", '"农学"')


@pytest.mark.parametrize("most", [0, 1, 2, 3])
@pytest.mark.parametrize("words", ["防控", "防控 农学院", "控", "wech", "防控 党委"])
def test_common_words_are_listed_and_counted_as_rare_ones_are(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, words: str, most: int
) -> None:
    for uid in range(1, 4):
        receive(ledger, uid, text="疫情防控，农学院。WeChat: abc")
    receive(ledger, 4, text="别的事")
    monkeypatch.setattr("daemon.ledger.browse.MANY", most)
    lines, count = ledger.browse.first(Filter(words=words), size=most + 1)
    assert [line.id for line in lines] == [3, 2, 1][: most + 1]
    assert count == min(3, most + 1)


def test_common_words_of_another_department_are_not_counted(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive(ledger, 1, text="疫情防控")
    receive(ledger, 2, text="疫情防控")
    monkeypatch.setattr("daemon.ledger.browse.MANY", 1)
    assert ledger.browse.first(Filter(words="防控"))[1] == 2
    theirs = Filter(words="防控", mailboxes=frozenset({"xuanchuanbu"}))
    assert ledger.browse.first(theirs) == ((), 0)


ODD = st.text(
    st.sampled_from(
        "农学a1 \n\0\ud800\u0301\u3099か…，．①Å\u00a0\u3000\U00010000\uffff"
        + "".join(w for w, _ in WIDE)
    )
)


@given(text=st.one_of(ODD, st.text()))
def test_the_commonest_signs_become_what_they_become_in_any_case(text: str) -> None:
    one = dict.fromkeys(("subject", "sender", "sender_name", "files", "links", "filled"), "")
    assert tokens({**one, "body": text}) == grams(text)
    twice = tokens({**one, "files": text, "body": text})
    assert twice == (APART.join([grams(text)] * 2) if grams(text) else "")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(words=st.lists(ODD, min_size=4, max_size=4), labels=st.lists(ODD, unique=True, max_size=4))
def test_what_goes_in_is_what_would_be_read_to_take_it_out(
    ledger: Ledger, words: list[str], labels: list[str]
) -> None:
    stored = {label.replace("\0", "\ufffd").encode(errors="replace").decode() for label in labels}
    filled = tuple((label, words[0]) for label in labels) if len(stored) == len(labels) else ()
    files = (a_file(words[1]), replace(a_file(words[2]), filled=filled), a_file())
    link = Link(provider="p", url="u", name=words[3])
    submission = a_submission(*files, links=(link, link))
    letter = replace(
        submission.message, subject=words[0], sender=words[1], sender_name=words[2], text=words[3]
    )
    entry = an_entry(verdict=a_verdict(submission=replace(submission, message=letter)))
    with ledger._store.writing() as connection:
        uid = connection.execute("select count(*) + 1 from message").fetchone()[0]
        entry = replace(entry, key=replace(entry.key, uid=uid), reply=None)
        ours = document(_message(connection, entry), entry.verdict.submission)
        row = connection.execute(DOCUMENT, (ledger.record(entry), 1)).fetchone()
    assert ours == {name: row[name] or "" for name in ours}
