"""Transfer encodings, whole, broken, and cut into blocks anywhere."""

import base64 as b64
import binascii

import pybase64
import pytest
from hypothesis import given
from hypothesis import strategies as st

from daemon.mime import transfer
from daemon.mime.transfer import Undecodable, decode, token

DATA = bytes(range(256)) * 40


def blocks(data: bytes, size: int) -> list[bytes]:
    return [data[i : i + size] for i in range(0, len(data), size)]


def run(encoding: str, data: bytes, size: int = 1 << 18) -> bytes:
    return b"".join(decode(encoding, blocks(data, size)))


def wrapped(data: bytes, width: int, end: bytes) -> bytes:
    digits = b64.b64encode(data)
    return b"".join(digits[i : i + width] + end for i in range(0, len(digits), width))


@pytest.mark.parametrize("width", [4, 60, 72, 75, 76, 77, 1000, 1 << 20])
@pytest.mark.parametrize("end", [b"\r\n", b"\n", b"\r"])
@pytest.mark.parametrize("size", [1, 7, 100, 4096, 1 << 18])
def test_base64_of_any_line_length_is_read(width: int, end: bytes, size: int) -> None:
    assert run("base64", wrapped(DATA, width, end), size) == DATA


@pytest.mark.parametrize("length", range(8))
def test_missing_padding_is_mended(length: int) -> None:
    assert run("base64", b64.b64encode(DATA[:length]).rstrip(b"=")) == DATA[:length]


def test_pieces_encoded_one_by_one_are_joined() -> None:
    pieces = b"\r\n".join(map(b64.b64encode, [b"one", b"seven77", b"last"]))
    assert run("base64", pieces) == b"oneseven77last"


def test_the_footer_of_a_mailing_list_is_no_data() -> None:
    footer = b"_______________\r\nlist mailing list\r\nSubscribe\r\n"
    assert run("base64", b64.b64encode(b"seven77") + b"\r\n" + footer) == b"seven77"
    assert run("base64", b64.b64encode(b"seven77") + b" words\r\nmore") == b"seven77"


def test_stray_characters_are_passed_over() -> None:
    digits = wrapped(DATA, 76, b"\r\n")
    assert run("base64", digits[:500] + b"!" + digits[500:]) == DATA


ROWS = wrapped(DATA, 76, b"\r\n")


@pytest.mark.parametrize("size", [100, 4000, 1 << 18])
@pytest.mark.parametrize("foreign", [b"!", b"!!!!", b"\xff", b"?*"])
@pytest.mark.parametrize("at", [500, 78 * 3, len(ROWS) - 78 * 2])
def test_characters_that_were_replaced_are_lost(at: int, foreign: bytes, size: int) -> None:
    with pytest.raises(Undecodable):
        run("base64", ROWS[:at] + foreign + ROWS[at + len(foreign) :], size)


@pytest.mark.parametrize(
    "odd",
    [
        ROWS.replace(b"\r\n", b" \r\n"),
        ROWS.replace(b"\r\n", b"\r\r\n"),
        ROWS.replace(b"\r\n", b"\r\n\r\n"),
        ROWS.replace(b"\r\n", b"!\r\n "),
        b"\r\n\r\n" + ROWS,
        b"\xef\xbb\xbf" + ROWS,
        b"> " + ROWS.replace(b"\n", b"\n> ")[:-2],
        ROWS + b"\x00\x1a",
    ],
)
def test_odd_base64_that_lacks_nothing_is_read(odd: bytes) -> None:
    assert run("base64", odd) == DATA


@pytest.mark.parametrize("rule", [47, 76])
def test_a_footer_below_base64_without_padding_spoils_nothing(rule: int) -> None:
    data = DATA[:5700]  # lines of 76, and no padding at their end
    footer = b"_" * rule + b"\r\ndangwu mailing list -- dangwu@example.edu.cn\r\n"
    assert run("base64", wrapped(data, 76, b"\r\n") + footer).startswith(data)


@pytest.mark.parametrize(
    "data", ["你好，世界。".encode("gbk"), b"!!!", b"(((a)))" * 99, b"words stand here\r\n" * 9]
)
def test_what_is_not_base64_is_not_decoded(data: bytes) -> None:
    with pytest.raises(Undecodable, match="base64"):
        run("base64", data)


def test_base64_that_ends_everywhere_is_not_decoded() -> None:
    with pytest.raises(Undecodable):
        run("base64", b"AA=" * 10_001)


@pytest.mark.parametrize("size", [1, 2, 3, 5, 1 << 18])
def test_quoted_printable_is_read(size: int) -> None:
    body = b"a=3Db=E5=86=9C=\r\nnext  =\nlast= \r\nend"
    assert run("quoted-printable", body, size) == "a=b农next  lastend".encode()


def test_quoted_printable_keeps_what_is_no_escape() -> None:
    assert run("quoted-printable", b"1=2, =ZZ") == b"1=2, =ZZ"


def uu(data: bytes) -> bytes:
    rows = b"".join(binascii.b2a_uu(data[i : i + 45]) for i in range(0, len(data), 45))
    return b"begin 644 a.bin\n" + rows + b"`\nend\n"


@pytest.mark.parametrize("size", [80, 1000, 1 << 18])
@pytest.mark.parametrize("encoding", ["x-uuencode", "uuencode", "x-uue"])
def test_uuencode_is_read(encoding: str, size: int) -> None:
    assert run(encoding, uu(DATA), size) == DATA


def test_uuencode_survives_stripped_and_added_blanks() -> None:
    stripped = b"\n".join(row.rstrip() + b" " for row in uu(b"\x00" * 100).split(b"\n"))
    assert run("uuencode", stripped) == b"\x00" * 100


@pytest.mark.parametrize("data", [b"no begin", b"begin 644 a\n\xc5\xa9\xc5\xa9\n"])
def test_what_is_not_uuencode_is_not_decoded(data: bytes) -> None:
    with pytest.raises(Undecodable):
        run("uuencode", data)


@pytest.mark.parametrize("encoding", ["7bit", "8bit", "binary", "8-bit", "utf-8", ""])
def test_other_encodings_leave_the_bytes_alone(encoding: str) -> None:
    assert run(encoding, DATA, 100) == DATA


@pytest.mark.parametrize(
    ("value", "expected"),
    [(b" Base64 ; x", "base64"), (b'"base64"', "base64"), (b"", ""), (b"\xff", "")],
)
def test_the_name_of_an_encoding_is_found(value: bytes, expected: str) -> None:
    assert token(value) == expected


@given(st.binary(max_size=3000), st.integers(1, 100), st.integers(1, 500))
def test_base64_read_in_any_blocks_is_the_data(data: bytes, width: int, size: int) -> None:
    assert run("base64", wrapped(data, width, b"\r\n"), size) == data


@given(st.binary(max_size=3000), st.integers(1, 500))
def test_quoted_printable_read_in_any_blocks_is_the_data(data: bytes, size: int) -> None:
    assert run("quoted-printable", binascii.b2a_qp(data, istext=False), size) == data


@given(st.binary(max_size=500), st.integers(1, 50))
def test_blocks_of_any_size_give_the_same_bytes(data: bytes, size: int) -> None:
    for encoding in ("base64", "quoted-printable"):
        assert outcome(encoding, data, size) == outcome(encoding, data, 1 << 18)


def outcome(encoding: str, data: bytes, size: int) -> bytes | str:
    try:
        return run(encoding, data, size)
    except Undecodable as fault:
        return str(fault)


@given(
    st.binary(max_size=600),
    st.sampled_from([4, 60, 76]),
    st.lists(st.tuples(st.integers(0, 900), st.sampled_from(list(b" \t!-_.*\x00\xff\n\rAz")))),
)
def test_digits_among_other_characters_are_read_as_the_standard_library_reads_them(
    data: bytes, width: int, changes: list[tuple[int, int]]
) -> None:
    block = bytearray(wrapped(data, width, b"\r\n").replace(b"=", b"A") or b"\n")
    for place, character in changes:
        block[place % len(block) : place % len(block) + 1] = bytes([character])
    digits = bytes(block).translate(None, bytes(set(range(256)) - set(transfer._DIGITS)))
    if len(digits) % 4 == 0:
        assert pybase64.b64decode(bytes(block)) == binascii.a2b_base64(digits)
