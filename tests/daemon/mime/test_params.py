"""Names of files, in every form that is met."""

from urllib.parse import quote

import pytest

from daemon.mime.params import read

NAME = "农学院+战疫故事汇+20200710.docx"
GBK = quote(NAME.encode("gbk"))


def name(value: bytes) -> str:
    return read(b"attachment; " + value)["filename"]


@pytest.mark.parametrize(
    "value",
    [
        b'filename="' + NAME.encode("gbk") + b'"',
        b'filename="' + NAME.encode() + b'"',
        b"filename=" + NAME.encode("gbk"),
        b"filename*=utf-8''" + quote(NAME).encode(),
        b"filename*=gb2312''" + GBK.encode(),
        b"filename*=GBK'zh-CN'" + GBK.encode(),
        b"filename*=''" + GBK.encode(),
        b"filename*=" + quote(NAME).encode(),
        b'filename="' + quote(NAME).encode() + b'"',
        b"filename=\"utf-8''" + quote(NAME).encode() + b'"',
        b'filename = "' + NAME.encode() + b'" ; size=3',
        b'filename="' + NAME.encode(),
        b"filename='" + NAME.encode() + b"'",
    ],
)
def test_a_name_is_read_in_every_form(value: bytes) -> None:
    assert name(value) == NAME


@pytest.mark.parametrize("width", range(1, 20))
def test_continuations_are_joined_before_they_are_decoded(width: int) -> None:
    pieces = [GBK[i : i + width] for i in range(0, len(GBK), width)]
    rows = [
        f"filename*{n}*={'gbk' * (not n)}{chr(39) * 2 * (not n)}{p}" for n, p in enumerate(pieces)
    ]
    assert name(";".join(reversed(rows)).encode()) == NAME


def test_plain_continuations_of_encoded_words_are_joined() -> None:
    assert name(b'filename*0="=?gbk?B?xanR"; filename*1="p9S6?="') == "农学院"


def test_a_plain_section_keeps_its_percent_sign() -> None:
    assert name(b"filename*0*=utf-8''%E5%86%9C; filename*1=\"100%.doc\"") == "农100%.doc"


@pytest.mark.parametrize("order", [1, -1])
def test_the_starred_form_wins(order: int) -> None:
    forms = [b'filename="plain.doc"', b"filename*=utf-8''%E5%86%9C.doc"]
    assert name(b";".join(forms[::order])) == "农.doc"


def test_a_starred_form_that_is_broken_does_not_win() -> None:
    assert name(b"filename=\"good.doc\"; filename*=utf-8''%FF%FF.doc") == "good.doc"


def test_encoded_words_inside_quotes_are_read() -> None:
    assert name(b'filename="=?gb2312?B?xanRp9S6?= =?gb2312?B?LmRvY3g=?="') == "农学院.docx"


def test_a_backslash_that_is_half_of_a_character_escapes_nothing() -> None:
    # The second byte of the last character is 0x5C, just before the closing quote.
    raw = "珅昞".encode("gbk") + b"\x81\x5c"
    assert raw.endswith(b"\\")
    assert name(b'filename="' + raw + b'"; size=1') == raw.decode("gb18030")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (b'filename="a\\"b.doc"', 'a"b.doc'),
        (b'filename="C:\\dir\\a.doc"', "C:\\dir\\a.doc"),
        (b'filename="a;b.doc"', "a;b.doc"),
        (b'filename="first.doc"; filename="second.doc"', "first.doc"),
        (b'name="x" filename="y.doc"', "y.doc"),
        (b";;;filename=a.doc;;", "a.doc"),
        (b"junk; filename=a.doc", "a.doc"),
        (b"filename=", ""),
    ],
)
def test_broken_quoting_is_read_as_it_was_meant(value: bytes, expected: str) -> None:
    assert name(value) == expected


def test_the_main_value_is_lower_case_without_quotes() -> None:
    assert read(b"Text/HTML; charset=gb2312").main == "text/html"
    assert read(b"filename=a.doc")["filename"] == "a.doc"


@pytest.mark.parametrize(
    "value",
    [
        b'application/pdf name="a.pdf"',
        b"application/pdf; name=a.pdf",
        b"application/pdf;;name=a.pdf;",
    ],
)
def test_a_missing_semicolon_hides_neither_type_nor_name(value: bytes) -> None:
    found = read(value)
    assert (found.main, found["name"]) == ("application/pdf", "a.pdf")


@pytest.mark.parametrize("value", [b"", b"<html>", b";", b"=x", b"\xc5\xa9"])
def test_what_is_no_type_is_none(value: bytes) -> None:
    assert "/" not in read(value).main


@pytest.mark.parametrize("width", [1, 2, 3, 40])
def test_an_apostrophe_of_an_extended_value_is_no_quotation_mark(width: int) -> None:
    coded = "koi8-r''%86.doc"
    pieces = [coded[i : i + width] for i in range(0, len(coded), width)]
    rows = ";".join(f"filename*{n}*={piece}" for n, piece in enumerate(pieces))
    assert read(f"attachment;{rows}".encode())["filename"] == "├.doc"
    assert read(b"attachment; filename='a.doc'")["filename"] == "a.doc"


def test_parameters_are_told_by_name_however_they_are_written() -> None:
    found = read(b"x; a=1; b*=utf-8''%e5%86%9c; c*0=2; c*1=3; a*=''; b=4").parameters
    assert dict(found) == {"a": "1", "b": "农", "c": "23"}
    assert len(found) == 3
    assert "d" not in found
