"""Header blocks, whole and broken."""

from hypothesis import given
from hypothesis import strategies as st

from daemon.mime.header import Field, fields, first, measure


def test_fields_are_unfolded_and_stay_raw() -> None:
    block = b"Subject: a\r\n b\r\nX-Raw: \xc5\xa9\r\nempty:\r\n"
    assert fields(block) == (
        Field("Subject", b"a b"),
        Field("X-Raw", b"\xc5\xa9"),
        Field("empty", b""),
    )


def test_the_first_of_a_repeated_header_counts() -> None:
    assert first(fields(b"Subject: one\nsubject: two\n"), "subject") == b"one"


def test_the_blank_line_ends_the_header() -> None:
    assert measure(b"A: 1\r\n\r\nbody", whole=True) == (6, 8)
    assert measure(b"A: 1\n\nbody", whole=True) == (5, 6)
    assert measure(b"\r\nbody", whole=True) == (0, 2)


def test_a_body_may_begin_without_a_blank_line() -> None:
    assert measure(b"A: 1\r\nno header here\r\n", whole=True) == (6, 6)
    assert measure(b"--b1--\r\n", whole=True) == (0, 0)


def test_a_fold_that_lost_its_indentation_is_still_part_of_its_header() -> None:
    block = b"Subject: first half\r\nsecond half\r\nFrom: a@example.cn\r\n"
    assert measure(block + b"\r\nbody", whole=True) == (len(block), len(block) + 2)
    assert first(fields(block), "subject") == b"first halfsecond half"
    assert first(fields(block), "from") == b"a@example.cn"


def test_the_separator_line_of_a_mail_folder_is_no_body() -> None:
    block = b"From a@example.cn Fri Jul 10 2020\nSubject: x\n"
    assert measure(block + b"\n", whole=True) == (len(block), len(block) + 1)
    assert [f.name for f in fields(block)] == ["Subject"]


def test_more_bytes_are_asked_for_while_the_end_is_unknown() -> None:
    assert measure(b"A: 1\r\n", whole=False) is None
    assert measure(b"A: 1\r\n", whole=True) == (6, 6)


def test_a_first_header_that_is_indented_is_still_a_header() -> None:
    assert first(fields(b" From: a@example.cn\r\nSubject: x\r\n"), "from") == b"a@example.cn"


def test_a_fold_inside_a_raw_character_leaves_no_blank() -> None:
    raw = "农学院党委+战疫故事汇".encode("gbk")
    for cut in range(1, len(raw)):
        (field,) = fields(b"Subject: " + raw[:cut] + b"\r\n " + raw[cut:] + b"\r\n")
        assert field.value.replace(b" ", b"") == raw
        assert field.value.decode("gb18030").replace(" ", "") == "农学院党委+战疫故事汇"


def test_a_byte_order_mark_hides_no_header() -> None:
    assert first(fields(b"\xef\xbb\xbfFrom: a@example.cn\r\n"), "from") == b"a@example.cn"


_LONG = [b"y" * 999, b"y" * 1000, b"y" * 1001]
_SHORT = [
    b"A: 1",
    b"A : 1",
    b"Subject:",
    b" fold",
    b"\t",
    b"",
    b"words",
    b">From x",
    b"From x",
    b":",
]
_ROWS = st.lists(st.sampled_from(_SHORT + _LONG), max_size=8)


@given(_ROWS, st.sampled_from([b"\n", b"\r\n"]), st.booleans())
def test_a_short_header_ends_where_a_long_one_does(
    rows: list[bytes], end: bytes, whole: bool
) -> None:
    """A short one is looked at as a whole first; a fold of 70,000 characters puts that off."""
    window = b"X: 1" + end + end.join(rows)
    fold = b" " + b"x" * 70_000 + end
    long = measure(window[: 4 + len(end)] + fold + window[4 + len(end) :], whole=whole)
    expected = long and (long[0] - len(fold), long[1] - len(fold))
    assert measure(window, whole=whole) == expected
