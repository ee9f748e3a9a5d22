"""Text as tokens: every word that people look for is found in it, however it was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daemon.grams import MOST_CHARS, MOST_WORDS, grams, match, words


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("战疫故事", "战疫 疫故 故事 事"),
        ("党", "党"),
        ("7月15日前", "7 月 15 日前 前"),
        ("Zhang San <zhang@SCAU.edu.cn>", "zhang san zhang scau edu cn"),
        ("ＷＯＲＤ格式（２０２０）", "word 格式 式 2020"),
        ("IMG_2031.JPG", "img 2031 jpg"),
        ("疫情防\n控", "疫情 情防 防控 控"),
        ("！？…… ——", ""),
        ("", ""),
    ],
)
def test_a_text_becomes_tokens(text: str, tokens: str) -> None:
    assert grams(text) == tokens


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("农学院 战疫", ("农学院", "战疫")),
        ('"农学院 党委" 照片', ('"农学院 党委"', "照片")),
        ("“红色防火墙”", ('"红色防火墙"',)),
        ('没有关上 "引号', ("没有关上", '"引号"')),
        ('* OR ^ "" - ()', ("OR",)),
        ("", ()),
    ],
)
def test_a_question_becomes_words(asked: str, expected: tuple[str, ...]) -> None:
    assert words(asked) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("战疫", '"战疫"'),
        ("战疫故事", '"战疫 疫故 故事"'),
        ("党", '"党" *'),
        ("zhang", '"zhang" *'),
        ('"zhang"', '"zhang"'),
        ("7月15日", '"7 月 15 日" *'),
        ("农学院+红色防火墙", '"农学 学院 院 红色 色防 防火 火墙"'),
        ("a@b.cn", '"a b cn" *'),
    ],
)
def test_a_word_becomes_a_question(word: str, expected: str) -> None:
    assert match(word) == expected


def test_a_long_question_is_cut() -> None:
    assert len(words("字 " * 10_000)) == MOST_WORDS
    [word] = words("字" * 10_000)
    assert len(word) == MOST_CHARS


@given(st.text())
def test_no_token_holds_anything_that_fts5_could_misread(text: str) -> None:
    assert all(c.isalnum() or ord(c) > 127 for token in grams(text).split() for c in token)


@given(st.text())
def test_every_question_can_be_asked(asked: str) -> None:
    for word in words(asked):
        assert match(word).startswith('"')
