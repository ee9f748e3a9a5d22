"""Names that senders chose, made safe."""

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daemon.filenames import distinct, safe


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("农学院党委+战疫故事汇+20200701.docx", "农学院党委+战疫故事汇+20200701.docx"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("..\\..\\boot.ini", "_.._boot.ini"),
        ("C:\\照片\\1.jpg", "C__照片_1.jpg"),
        ("..", "未命名"),
        ("", "未命名"),
        ("   ", "未命名"),
        ("\u3000.", "未命名"),
        (".bashrc", "bashrc"),
        ("~$故事.docx", "$故事.docx"),
        ("-rf", "rf"),
        ("a\0b\nc\x1b[31m.txt", "abc[31m.txt"),
        ("gpj.\N{RIGHT-TO-LEFT OVERRIDE}exe", "gpj.exe"),
        ("看\N{ZERO WIDTH SPACE}不见\ufeff.docx", "看不见.docx"),
        ("con", "_con"),
        ("CON.tar.gz", "_CON.tar.gz"),
        ("Lpt9 .txt", "_Lpt9 .txt"),
        ("com0.txt", "com0.txt"),
        ("console.txt", "console.txt"),
        ("end. . ", "end"),
        ("e\u0301.txt", "é.txt"),
        ("e\u200d\u0301.txt", "é.txt"),
        ("\ud800.txt", "txt"),
    ],
)
def test_a_name_becomes_safe(name: str, made: str) -> None:
    assert safe(name) == made


@pytest.mark.parametrize("count", [66, 67, 100, 1000])
def test_a_long_name_keeps_its_extension(count: int) -> None:
    made = safe("长" * count + ".docx")
    assert made.endswith("长.docx")
    assert len(made.encode()) <= 200


def test_a_name_of_just_two_hundred_bytes_is_left_alone() -> None:
    name = "x" * 195 + ".docx"
    assert safe(name) == name
    assert safe("x" + name) == name


def test_an_endless_extension_is_cut_with_the_rest() -> None:
    assert len(safe("a." + "b" * 500).encode()) == 200


@settings(deadline=None)
@given(st.text(max_size=400))
def test_any_text_becomes_one_visible_component(name: str) -> None:
    made = safe(name)
    assert 0 < len(made.encode()) <= 200
    assert "/" not in made
    assert made not in {".", ".."}
    assert Path("root", made).parts == ("root", made)
    assert not made.startswith((".", "-", "~", " "))
    assert all(unicodedata.category(c)[0] != "C" for c in made)


@settings(deadline=None)
@given(st.text(max_size=300))
def test_a_safe_name_is_left_alone(name: str) -> None:
    assert safe(safe(name)) == safe(name)


@settings(deadline=None)
@given(st.lists(st.text(alphabet="aAäÄ.ßs/", max_size=4), max_size=12))
def test_no_two_names_are_equal_where_case_is_ignored(names: list[str]) -> None:
    made = distinct(names)
    assert len({name.casefold() for name in made}) == len(names)
    assert all(len(os.fsencode(name)) <= 255 for name in made)


def test_later_ones_are_numbered() -> None:
    assert distinct(["1.jpg", "1.JPG", "1.jpg", "1 (2).jpg"]) == [
        "1.jpg",
        "1 (2).JPG",
        "1 (3).jpg",
        "1 (2) (2).jpg",
    ]
