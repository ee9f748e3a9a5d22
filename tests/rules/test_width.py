"""Folding width letter by letter gives what NFKC gives of the whole."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.width import folded


@given(st.text())
def test_any_text_is_folded_as_nfkc_folds_it(text: str) -> None:
    assert folded(text) == unicodedata.normalize("NFKC", text)


@pytest.mark.parametrize(
    "text",
    [
        "联系人：张三，１３８００１３８０００",
        "cafe\u0301",
        "中\u0301",
        "，\u0338＜\u0338",
        "ｶﾞ",
        "㏠①ﬁ",
    ],
)
def test_wide_letters_accents_and_signs(text: str) -> None:
    assert folded(text) == unicodedata.normalize("NFKC", text)
