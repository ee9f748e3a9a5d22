"""Headers as most clients write them are read without mail-parser, and to the same end."""

from base64 import b64encode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from daemon.mime import addresses, skeleton
from daemon.mime.addresses import Address
from daemon.mime.header import fields

ADDRESS = "li.ming_1@mail.example.edu.cn"


def _word(text: str, charset: str, kind: str = "B") -> str:
    raw = text.encode(charset, "replace")
    said = b64encode(raw).decode() if kind == "B" else "".join(f"={byte:02X}" for byte in raw)
    return f"=?{charset}?{kind}?{said}?="


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (ADDRESS, ""),
        (f"<{ADDRESS}>", ""),
        (f"Li Ming <{ADDRESS}>", "Li Ming"),
        (f'"Li Ming"<{ADDRESS}>', "Li Ming"),
        (f"{_word('李明', 'gb2312')} <{ADDRESS}>", "李明"),
        (f'"{_word("李明", "gb18030", "Q")}" <{ADDRESS}>', "李明"),
        (f"{_word('外国语', 'utf-8')} {_word('学院', 'gbk')} <{ADDRESS}>", "外国语学院"),
    ],
)
def test_what_nearly_all_clients_write_is_usual(value: str, name: str) -> None:
    assert addresses.usual(value.encode()) == Address(name, ADDRESS)


@pytest.mark.parametrize("charset", ["utf-8", "gbk"])
def test_a_name_in_raw_bytes_is_usual(charset: str) -> None:
    value = f"外国语学院 <{ADDRESS}>".encode(charset)
    assert addresses.usual(value) == Address("外国语学院", ADDRESS)


@pytest.mark.parametrize(
    "value",
    [
        b"",
        b"Li Ming",
        b"a@localhost",
        b"a@example.cn, b@example.cn",
        b"group: a@example.cn;",
        b"Li, Ming <a@example.cn>",
        b'"Li, Ming" <a@example.cn>',
        b'"Li <a@example.cn>',
        b'Li" <a@example.cn>',
        b"Li <a@example.cn> (office)",
        b"Li <<a@example.cn>>",
        b"Li <a..b@example.cn>",
        b"Li <a@example.cn",
        b"a@example.cn>",
        b"Li <a@example.cn> <b@example.cn>",
        b"=?utf-8?B?YSw8YkBjLmQ+?= <a@example.cn>",
        b"=?utf-8?B?TGk=?= Ming <a@example.cn>",
        b"\xd5\xc5, <a@example.cn>",
        b"\xff\xfe <a@example.cn>",
        b"=?utf-8?B?xanRpw==?= <a@example.cn>",
        b"L" * 1_000 + b" <a@example.cn>",
    ],
)
def test_anything_else_is_looked_at_closer(value: bytes) -> None:
    assert addresses.usual(value) is None


_NAMES = st.text(st.sampled_from('李明 Ab1,.<>@"\\ũѧ()'), max_size=4) | st.text(max_size=4)
_SPOTS = st.sampled_from(["a@b.cn", "<a@b.cn>", " <a@b.cn>", "<a@b.cn> ", "<a.@b.cn>", "<a@b.cn>,"])
_SHAPES = st.sampled_from(["{}", '"{}"', "{0} {0}", "{}, ", "{}\t", '"{}', " {}", '" {} "'])
_WRITTEN = st.sampled_from(["utf-8", "gbk", "big5", "utf-7", "us-ascii", "unknown"])


@st.composite
def _values(draw: st.DrawFn) -> bytes:
    name, charset = draw(_NAMES), draw(_WRITTEN)
    codec = "utf-8" if charset == "unknown" else charset
    ways = st.sampled_from(["B", "Q", ""])
    way = draw(ways)
    told = _word(name, codec, way).replace(f"?{codec}?", f"?{charset}?") if way else name
    return (draw(_SHAPES).format(told) + draw(_SPOTS)).encode(codec, "replace")


_DATES = st.sampled_from([
    "Fri, 10 Jul 2020 09:00:00 +0800", "10 jul 2020 09:00:00 -0030", "Mon, 31 Jun 2020 9:00 CST",
    "31 Jun 2020 09:00:00 +0800", "Sat, 31 Dec 2016 23:59:60 +0000", "1 Jan 1899 00:00:00 +0000",
    "31 Dec 9999 23:59:59 -1400", "1 Jan 1900 00:00:00 +1459", "2 Feb 2020 24:00:00 +0000", "",
])  # fmt: skip


@given(_values(), st.none() | _values(), _DATES)
@example(b"=?utf-8?B?xanRpw==?= <a@b.cn>", b"<a@b.cn>", "Fri, 10 Jul 2020 09:00:00 +0800")
@example(b'" =?gbk?B?ssjP?= =?gbk?B?uw==?= " <a@b.cn>', None, "")
def test_mail_parser_says_the_same_of_what_is_usual(
    author: bytes, answers: bytes | None, date: str
) -> None:
    rows = [b"From: " + author, b"Subject: x"]
    rows += [] if answers is None else [b"Reply-To: " + answers]
    rows += [b"Date: " + date.encode()] if date else []
    block = fields(b"\r\n".join(rows))
    usual = skeleton.usual(block)
    assert usual in {None, skeleton.parsed(block, traced=False)}
