"""Text from strangers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daemon.mime.clean import file_name, line, lines, spaced


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("报告\u202egpj.exe", "报告gpj.exe"),
        ("a\x00b\x07c\x7f", "abc"),
        ("\u200b报\ufeff告\u2066", "报告"),
        ("a\r\n\tb", "a b"),
        ("\ud800x", "\ufffdx"),
        ("👨\u200d👩", "👨👩"),
    ],
)
def test_what_deceives_the_eye_is_removed(text: str, expected: str) -> None:
    assert line(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\用户\\报告.docx", "报告.docx"),
        ("报告/", "报告"),
        ("..", ""),
        (". /", ""),
        ("\x00", ""),
        ("a.docx", "a.docx"),
    ],
)
def test_only_the_last_component_of_a_path_is_a_name(text: str, expected: str) -> None:
    assert file_name(text) == expected


@pytest.mark.parametrize(("length", "kept"), [(195, 200), (196, 200), (500, 200)])
def test_a_long_name_keeps_its_ending(length: int, kept: int) -> None:
    name = file_name("长" * length + ".docx")
    assert len(name) == kept
    assert name.endswith("长.docx")


def test_lines_end_one_way() -> None:
    assert lines("a\r\nb\rc\nd\x00") == "a\nb\nc\nd"


@given(st.text(max_size=30))
def test_text_of_nothing_but_characters_to_be_seen_stays_as_it_is(text: str) -> None:
    seen = "".join(c for c in text if c.isprintable())
    assert spaced(seen) == seen
    assert spaced(f"{text}\x00") == spaced(text)  # the first is printable, the second never
