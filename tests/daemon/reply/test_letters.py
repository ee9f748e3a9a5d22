"""Whole letters, word for word. After a change that is meant: `python -m tests.daemon.reply`."""

from pathlib import Path

import pytest

from daemon.reply import Reply
from tests.daemon.reply.cases import letters

WRITTEN = Path(__file__).parent / "letters"
LETTERS = dict(letters())


@pytest.mark.parametrize("name", LETTERS)
def test_the_letter_reads_as_it_was_approved(name: str) -> None:
    assert LETTERS[name].text == (WRITTEN / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", LETTERS)
def test_the_page_looks_as_it_was_approved(name: str) -> None:
    assert LETTERS[name].html == (WRITTEN / f"{name}.html").read_text(encoding="utf-8")


def test_no_approved_letter_is_left_over() -> None:
    assert {path.stem for path in WRITTEN.iterdir()} == set(LETTERS)


@pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS)
def test_a_page_loads_nothing_from_anywhere(letter: Reply) -> None:
    page = letter.html.lower()
    assert "://" not in page
    assert not [tag for tag in ("<img", "<script", "<link", "<iframe", "url(") if tag in page]


def test_what_a_stranger_wrote_stays_one_quotation() -> None:
    letter = LETTERS["in_bad_hands"]
    assert letter.text.count("\n【需要补正】") == 1
    assert "<b>" not in letter.html.replace("<b>文件", "").replace("<b>邮件", "")
    assert "\nBcc" not in letter.as_bytes().decode()
