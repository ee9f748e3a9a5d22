"""What a worker says of a file arrives as it was said."""

import json
from dataclasses import asdict, fields

from hypothesis import given
from hypothesis import strategies as st

from daemon.inspection.wire import from_words, to_words
from rules.submission import Contact, Facts, Picture

LEAST = Facts(size=0, sha256="")
EVERY = Facts(
    size=1,
    sha256="ab",
    width=0,
    height=0,
    duration_ms=0,
    chars=0,
    entries=0,
    hash=0,
    exif=False,
    text_layer=False,
    page_like=False,
    pictures=(Picture(width=1, height=2, size=3), Picture(width=1, height=2, size=3, hash=0)),
    tables=(((), ("联系人", "张老师")), ()),
    contact=Contact(name="张老师", way="020-1"),
)


def carried(facts: Facts) -> Facts:
    return from_words(json.loads(json.dumps(to_words(facts))))


@given(st.from_type(Facts))
def test_any_facts_arrive_whole(facts: Facts) -> None:
    assert carried(facts) == facts
    assert repr(carried(facts)) == repr(facts)


def test_nothing_and_no_are_told_apart_from_not_known() -> None:
    assert repr(carried(EVERY)) == repr(EVERY)


def test_what_is_not_established_is_not_said() -> None:
    assert to_words(LEAST) == {"size": 0, "sha256": ""}


def test_every_field_that_is_said_is_one_of_facts() -> None:
    assert set(to_words(EVERY)) <= {f.name for f in fields(Facts)}


def test_words_that_say_everything_are_understood_too() -> None:
    assert from_words(json.loads(json.dumps(asdict(EVERY)))) == EVERY
