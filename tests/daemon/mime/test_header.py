"""Header blocks, whole and broken."""

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
