"""FETCH answers as servers write them, and as they should not."""

from contextlib import suppress
from datetime import UTC, date, datetime

import pytest

from daemon.mailbox import Item
from daemon.mailbox.metadata import items

NOON = datetime(2020, 7, 10, 4, tzinfo=UTC)


def read(*answers: object, after: int = 0) -> list[Item]:
    return list(items(answers, after=after))


def test_fields_are_read_in_any_order() -> None:
    date = b'INTERNALDATE "10-Jul-2020 12:00:00 +0800"'
    assert read(
        b"1 (UID 5 " + date + b" RFC822.SIZE 99 FLAGS (\\Seen \\Answered))",
        b"2 (FLAGS () RFC822.SIZE 1 " + date + b" UID 6)",
    ) == [Item(5, 99, NOON, ("\\Seen", "\\Answered")), Item(6, 1, NOON)]


def test_a_day_with_a_blank_before_it_is_read() -> None:
    [item] = read(b'1 (UID 5 INTERNALDATE " 1-Jul-2020 00:00:00 +0000")')
    assert item.received == datetime(2020, 7, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "said",
    [
        *(f"09-{date(2020, number, 1):%b}-2020 23:59:59 +0800" for number in range(1, 13)),
        *("29-Feb-2020 00:00:00 -0330", "29-Feb-2019 00:00:00 +0000", "31-Apr-2020 00:00:00 +0000"),
        *("01-Jul-2020 24:00:00 +0000", "01-Jul-2020 23:59:60 +0000", "01-Jul-0000 00:00:00 +0000"),
        *("01-Jul-2020 00:00:00 +2359", "01-Jul-2020 00:00:00 +2400", "01-Jul-2020 00:00:00 +0860"),
        *("01-JUL-2020 00:00:00 +0000", "01-jul-2020 00:00:00 +0000", "01-Jux-2020 00:00:00 +0000"),
        *("1-Jul-2020 00:00:00 +0000", " 1-Jul-2020 1:2:3 +0000 ", "01-Jul-2020  00:00:00  +0000"),
        *("01-Jul-2020 00:00:00 Z", "01-Jul-2020 00:00:00 +08:00", "01-Jul-2020 00:00:00 +080030"),
        *("01-Jul-2020 00:00:00", "01-Jul-20 00:00:00 +0000", "2020-07-01T00:00:00+0000", ""),
        *("٠١-Jul-2020 00:00:00 +0000", "01-Jul-2020 00:00:00 +0000\n"),
    ],
)
def test_the_quick_way_reads_a_date_as_the_standard_library_does(said: str) -> None:
    [item] = read(f'1 (UID 5 INTERNALDATE "{said}")'.encode("latin-1", "replace"))
    right = None
    with suppress(ValueError):
        right = datetime.strptime(said.strip(), "%d-%b-%Y %H:%M:%S %z").isoformat()
    assert (item.received and item.received.isoformat()) == right


def test_one_malformed_date_hides_neither_its_message_nor_the_others() -> None:
    rows = read(b'1 (UID 5 INTERNALDATE "00-Jan-0000 99:00:00 +0000")', b"2 (UID 6)")
    assert rows == [Item(5), Item(6)]


def test_a_keyword_that_looks_like_a_field_is_not_taken_for_one() -> None:
    assert read(b"1 (FLAGS (UID 77 RFC822.SIZE 3) UID 5)") == [
        Item(5, None, None, ("UID", "77", "RFC822.SIZE", "3"))
    ]


def test_answers_at_or_below_the_last_known_uid_are_dropped() -> None:
    assert read(b"1 (UID 4)", b"2 (UID 5)", b"3 (UID 6)", after=5) == [Item(6)]


def test_what_names_no_uid_is_no_message() -> None:
    assert read(None, b"", b"1 (FLAGS (\\Seen))", 7, (b"x", None)) == []


def test_a_literal_inside_an_answer_is_read_on() -> None:
    assert read((b"1 (UID 5 RFC822.SIZE {2}", b"12")) == [Item(5)]
