"""Laws of the whole line, from the bytes of a mail to its row in the ledger."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz import laws
from tests.fuzz.here import Here
from tests.fuzz.mails import raw_mails
from tests.fuzz.office import Desk
from tests.fuzz.often import often


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with Desk(Path(tmp_path_factory.mktemp("line")), Here()) as desk:
        yield desk


@often(150)
@given(raw=raw_mails(), mailbox=st.sampled_from(["zuzhibu", "xuanchuanbu"]), junk=st.booleans())
def test_every_mail_gets_a_verdict_a_row_and_a_rightful_answer(
    desk: Desk, raw: bytes, mailbox: str, *, junk: bool
) -> None:
    laws.check(desk.take(raw, mailbox=mailbox, junk=junk))


@often(50)
@given(raw_mails())
def test_the_same_mail_is_judged_the_same_way_twice(desk: Desk, raw: bytes) -> None:
    first, second = desk.take(raw).outcome, desk.take(raw).outcome
    assert first.verdict == second.verdict
    assert first.answer == second.answer
    assert (first.reply is None) == (second.reply is None)


@often(60)
@given(st.binary(max_size=3000))
def test_any_bytes_are_a_mail(desk: Desk, raw: bytes) -> None:
    laws.check(desk.take(raw))
