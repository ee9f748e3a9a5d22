"""Boundaries in a window: the quick search finds what one pattern over the whole file finds."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daemon.mime.window import Delimiter, Window

_MARKS = st.lists(
    st.sampled_from([b"b1", b"b11", b"b1--", b"--", b"b 2", b"x"]), min_size=1, max_size=5
)
_LINES = st.lists(
    st.sampled_from(
        [b"--b1", b"--b11", b"--b1--", b"--b1-- \t", b"--b1 x", b"----", b"--b 2", b"-", b"text"]
    ),
    max_size=12,
)


def window(data: bytes, folder: Path) -> Window:
    path = folder / "mail"
    path.write_bytes(data)
    held = Window(len(data) + 10)
    with path.open("rb", buffering=0) as file:
        held.fill(file, 0)
    return held


def by_pattern(data: bytes, marks: tuple[bytes, ...], *, whole: bool) -> Delimiter | None:
    names = b"|".join(map(re.escape, reversed(marks)))
    ends = rb"(?:\r?\n|\Z)" if whole else rb"\r?\n"
    found = re.search(rb"\r?\n--(" + names + rb")(--)?[ \t]{0,60}" + ends, data)
    return found and Delimiter(found.start(), found.end(), found[1], found[2] is not None)


@given(_LINES, _MARKS, st.sampled_from([b"\n", b"\r\n"]), st.booleans())
def test_any_boundaries_are_found_where_a_pattern_finds_them(
    tmp_path_factory: pytest.TempPathFactory,
    lines: list[bytes],
    marks: list[bytes],
    end: bytes,
    whole: bool,
) -> None:
    data = b"text" + end + end.join(lines)
    held = window(data, tmp_path_factory.mktemp("window"))
    expected = by_pattern(data, tuple(marks), whole=whole)
    assert held.delimiter(0, tuple(marks), whole=whole) == expected


def test_what_is_not_in_the_window_is_not_read_from_it(tmp_path: Path) -> None:
    held = window(b"0123456789", tmp_path)
    assert held.read(2, 5) == b"234"
    assert held.read(5, 11) is None
    assert held.read(6, 5) is None


def test_what_an_earlier_stretch_left_behind_is_not_found(tmp_path: Path) -> None:
    path = tmp_path / "mail"
    path.write_bytes(b"text\n--b1\n")
    held = Window(100)
    with path.open("rb", buffering=0) as file:
        held.fill(file, 0)
        held.fill(file, 6)
    assert held.delimiter(6, (b"b1",), whole=True) is None
