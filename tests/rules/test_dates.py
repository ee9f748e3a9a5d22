"""Dates in a subject: nothing is overlooked where the search ends early."""

from dataclasses import replace

from hypothesis import example, given, settings
from hypothesis import strategies as st

from rules import dates

PIECES = st.sampled_from(
    ["20200710", "2020", "7", "10", "年", "月", "日", ".", "-", "/", " ", "二十", "七", "+", "１"]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=12).map("".join), st.text("017./- 月", max_size=6))
ALWAYS_ON = "月\n"  # with a 月 in it, no text is given up before its last pattern


@settings(max_examples=400)
@example("7.1")
@example("七月一日")
@given(TEXTS)
def test_a_search_that_ends_early_finds_what_a_whole_one_finds(text: str) -> None:
    whole = dates.find(ALWAYS_ON + text, 2020)
    moved = tuple(replace(w, start=w.start - 2, end=w.end - 2) for w in whole)
    assert dates.find(text, 2020) == moved
