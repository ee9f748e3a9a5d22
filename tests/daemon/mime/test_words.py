"""Headers as Chinese clients write them."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daemon.mime.words import decode, runs
from tests.letters import header

SUBJECT = "中国语言文学学院+战疫故事汇+朱镕基喆+20200710"


def word(label: str, data: bytes, encoding: str = "B") -> bytes:
    return f"=?{label}?{encoding}?".encode() + base64.b64encode(data) + b"?="


@pytest.mark.parametrize(
    "label",
    ["gb2312", "GB2312", "gbk", "x-gbk", "cp936", "gb18030", "gb2312_charset", "GB_2312-80"],
)
def test_every_name_of_gb_reads_all_of_gb18030(label: str) -> None:
    text = "喆𠮷朱镕基㐂"
    assert decode(word(label, text.encode("gb18030"))) == text


@pytest.mark.parametrize("label", ["utf-8", "iso-8859-1", "us-ascii", "unknown-8bit", "default"])
def test_a_label_that_lies_over_gbk_bytes_is_not_believed(label: str) -> None:
    assert decode(word(label, SUBJECT.encode("gbk"))) == SUBJECT


def test_utf8_that_is_labelled_gb2312_is_read_as_utf8() -> None:
    assert decode(word("gb2312", "农学院党委".encode())) == "农学院党委"


def test_latin_text_stays_latin() -> None:
    assert decode(word("iso-8859-1", "Grüße aus München, größer".encode("latin-1"))) == (
        "Grüße aus München, größer"
    )


@pytest.mark.parametrize("cut", range(1, 24))
def test_a_character_cut_over_two_words_is_whole_again(cut: int) -> None:
    data = "农学院党委＋战疫故事汇".encode("gbk")
    value = word("gb2312", data[:cut]) + b"\r\n " + word("GBK", data[cut:])
    assert decode(value) == "农学院党委＋战疫故事汇"


@pytest.mark.parametrize("cut", range(1, 40))
def test_base64_cut_anywhere_is_joined(cut: int) -> None:
    digits = base64.b64encode("农学院党委战疫故事汇朱镕基".encode("gbk"))
    value = b"=?gbk?B?" + digits[:cut] + b"?= =?gbk?B?" + digits[cut:] + b"?="
    assert decode(value) == "农学院党委战疫故事汇朱镕基"


@pytest.mark.parametrize("text", ["报送", "报送a", "报送ab", "报"])
def test_missing_padding_is_mended(text: str) -> None:
    digits = base64.b64encode(text.encode("gbk")).rstrip(b"=")
    assert decode(b"=?gb2312?B?" + digits + b"?=") == text


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_raw_bytes_are_utf8_or_else_gb18030(codec: str) -> None:
    assert decode(SUBJECT.encode(codec)) == SUBJECT


def test_big5_is_read_labelled_or_raw() -> None:
    text = "國立臺灣大學報送的材料"
    assert decode(word("big5", text.encode("big5"))) == text
    assert decode(text.encode("big5")) == text
    assert decode(text.encode("gb18030")) == text


@pytest.mark.parametrize("text", ["农学", "某某", "café ß", "Привет", "½", "朱镕"])
def test_short_raw_text_is_read_as_it_was_most_likely_written(text: str) -> None:
    chinese = "\u4e00" <= text[0] <= "\u9fff"
    assert decode(text.encode("gbk" if chinese else "utf-8")) == text


def test_raw_western_text_is_not_read_as_chinese() -> None:
    text = "Hasen und Frösche in steter Furcht über Größe"
    assert decode(text.encode("latin-1")) == text


def test_raw_bytes_beside_an_encoded_word_are_both_read() -> None:
    value = "转发：".encode("gbk") + word("utf-8", "农学院".encode())
    assert decode(value) == "转发：农学院"


def test_utf8_cut_by_a_length_limit_loses_only_its_last_character() -> None:
    assert decode("农学院党委战疫故事".encode()[:-1]) == "农学院党委战疫故\ufffd"


def test_a_language_behind_the_charset_is_no_part_of_its_name() -> None:
    assert decode(word("gbk*zh", "报送".encode("gbk"))) == "报送"


def test_quoted_words_read_underscores_and_hex() -> None:
    assert decode(b"=?utf-8?Q?a_b=E5=86=9C?= =?utf-8?q?=E5=AD=A6?=") == "a b农学"


def test_a_word_that_begins_with_an_equals_sign_does_not_end_there() -> None:
    assert decode(b"=?utf-8?Q?=E5=86=9C?=") == "农"


def test_white_space_between_words_is_no_text_but_beside_plain_text_it_is() -> None:
    one, two = word("utf-8", "农".encode()), word("utf-8", "学".encode())
    assert decode(one + b"  " + two + b" abc " + one) == "农学 abc 农"


def test_a_word_without_its_end_gives_way_to_the_next() -> None:
    assert decode(b"=?utf-8?B?5Yac =?utf-8?B?5a2m?=") == "农学"


def test_an_incomplete_word_is_shown_as_it_stands() -> None:
    assert decode(b"a =?utf-8?B?5Yac") == "a =?utf-8?B?5Yac"


@pytest.mark.parametrize("label", ["zlib", "bz2", "hex", "rot13", "punycode", "unicode_escape"])
def test_a_label_chooses_no_codec_that_is_no_charset(label: str) -> None:
    assert decode(word(label, b"abc")) == "abc"


def test_ten_thousand_words_are_read() -> None:
    assert decode(b"\r\n ".join([word("gb2312", "农".encode("gbk"))] * 10_000)) == "农" * 10_000


@pytest.mark.parametrize("style", ["utf-8", "gbk", "gb2312", "split", "raw", "raw-utf8"])
def test_every_style_of_the_example_letters_is_read(style: header.Style) -> None:
    assert decode(header.words(SUBJECT, style)) == SUBJECT


@given(st.lists(st.sampled_from([b"=?", b"?=", b"=", b"?", b"gbk?B?", b"\r\n ", b"\x00", b"a "])))
def test_a_header_without_encoded_words_is_read_as_any_other(pieces: list[bytes]) -> None:
    value = b"".join(pieces)
    assert decode(value) == "".join(text for _, text in runs(value))
