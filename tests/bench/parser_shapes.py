"""Hostile shapes: mails that cost a careless parser minutes, gigabytes or its life."""

import base64
import struct
from collections.abc import Callable, Iterator

Chunks = Iterator[bytes]

_HEAD = b"From: a@example.cn\r\nSubject: x\r\n"
_MIXED = _HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
_HTML = _HEAD + b"Content-Type: text/html; charset=utf-8\r\n\r\n"
_BOMBS = ("zlib", "bz2", "hex", "punycode", "idna", "utf-7", "unicode_escape", "iso-2022-jp", "hz")


def words_10000() -> Chunks:
    word = b"=?gb2312?B?" + base64.b64encode("农学院".encode("gbk")) + b"?="
    yield b"From: a@example.cn\r\nSubject: " + b"\r\n ".join([word] * 10_000) + b"\r\n\r\nx"


def nested_1000() -> Chunks:
    yield _HEAD
    for n in range(1000):
        yield b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
    yield b"\r\nx\r\n" + b"".join(b"--b%d--\r\n" % n for n in reversed(range(1000)))


def nested_1000_alike() -> Chunks:
    yield _HEAD
    yield b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" * 1000 + b"\r\nx\r\n"


def parts_100000() -> Chunks:
    yield _MIXED
    yield b"--b\r\nContent-Type: image/png\r\n\r\nx\r\n" * 100_000 + b"--b--\r\n"


def header_50_mb() -> Chunks:
    yield _HEAD + b"X-Long: "
    yield from [b"a" * 998 + b"\r\n " for _ in range(50_000)]
    yield b"\r\n\r\nx"


def headers_1000000() -> Chunks:
    yield _HEAD + b"X: y\r\n" * 1_000_000 + b"\r\nx"


def boundary_1000000() -> Chunks:
    yield _MIXED + b"--b\r\n" * 1_000_000


def closing_boundary_1000000() -> Chunks:
    yield _MIXED + b"--b\r\n\r\nx\r\n" + b"--b--\r\n" * 1_000_000


def almost_boundary_1000000() -> Chunks:
    yield _MIXED + b"--b\r\nContent-Type: image/png\r\n\r\n" + b"--bx\r\n" * 1_000_000


def line_100_mb() -> Chunks:
    yield _HEAD + b"Content-Type: text/plain\r\n\r\n"
    yield from [b"a" * (1 << 20) for _ in range(100)]


def base64_line_100_mb() -> Chunks:
    yield _HEAD + b"Content-Type: video/mp4\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    yield from [b"QUJD" * (1 << 18) for _ in range(100)]


def charset_bombs() -> Chunks:
    data = base64.b64encode(b"\x78\x9c" + b"A" * 40)
    yield b"From: a@example.cn\r\nSubject: "
    yield b" ".join(b"=?%s?B?%s?=" % (c.encode(), data) for c in _BOMBS * 500)
    yield b"\r\nContent-Type: text/plain; charset=punycode\r\n\r\n" + b"a-" * 400_000


def half_words() -> Chunks:
    yield b"From: a@example.cn\r\nSubject: " + b"=?a?b?" * 150_000 + b"\r\n\r\nx"


def parameters_100000() -> Chunks:
    rows = b"".join(b";name*%d*=%%41" % n for n in range(60_000))
    yield _HEAD + b"Content-Type: image/png" + rows + b"\r\n\r\nx"


def unclosed_tags() -> Chunks:
    yield _HTML + b"<a " * 600_000


def unclosed_quotes() -> Chunks:
    yield _HTML + b"<a b=\"'" * 250_000


def open_elements() -> Chunks:
    yield _HTML + b"<div id=x class='a b c'>" * 50_000 + b"</p>" * 49_000


def entities() -> Chunks:
    yield _HTML + b"&#99999999999999999999;&aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" * 35_000


def equals_signs() -> Chunks:
    yield _HEAD + b"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    yield b"A=" * 10_000_000


def soft_breaks() -> Chunks:
    yield _HEAD + b"Content-Type: image/png\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    yield b"=  " * 5_000_000


def text_of_emoji() -> Chunks:
    yield _HEAD + b"Content-Type: text/plain; charset=utf-8\r\n\r\n"
    yield "😀".encode() + b"a" * ((4 << 20) - 4)


def text_of_rows() -> Chunks:
    yield _HEAD + b"Content-Type: text/plain; charset=utf-8\r\n\r\n"
    yield "农\n".encode() * (1 << 20)


def html_of_rows() -> Chunks:
    yield _HTML + "农<p>".encode() * 99_000 + "农&amp;\n".encode() * 300_000


def pictures_in_html() -> Chunks:
    yield _HTML + b"<img src='data:image/png;base64," + b"QUJD" * (3 << 20) + b"'>"


def uu_begins() -> Chunks:
    yield _HEAD + b"\r\n" + b"begin 644 a\r\n#0V%T\r\n" * 95_000


def addresses_100000() -> Chunks:
    yield b"From: " + b"a <a@example.cn>, " * 50_000 + b"\r\n\r\nx"


def tnef_attributes() -> Chunks:
    yield _HEAD + b"Content-Type: application/ms-tnef; name=winmail.dat\r\n\r\n"
    yield b"\x78\x9f\x3e\x22\x01\x00" + struct.pack("<BHHIH", 1, 1, 0, 0, 0) * 1_000_000


def mails_in_mails() -> Chunks:
    yield _MIXED
    inner = b"Content-Type: multipart/mixed; boundary=c\r\n\r\n" + b"--c\r\nX: y\r\n\r\nx\r\n" * 900
    yield (b"--b\r\nContent-Type: message/rfc822\r\n\r\n" + inner) * 900


SHAPES: tuple[Callable[[], Chunks], ...] = (
    words_10000,
    nested_1000,
    nested_1000_alike,
    parts_100000,
    header_50_mb,
    headers_1000000,
    boundary_1000000,
    closing_boundary_1000000,
    almost_boundary_1000000,
    line_100_mb,
    base64_line_100_mb,
    charset_bombs,
    half_words,
    parameters_100000,
    unclosed_tags,
    unclosed_quotes,
    open_elements,
    entities,
    equals_signs,
    soft_breaks,
    text_of_emoji,
    text_of_rows,
    html_of_rows,
    pictures_in_html,
    uu_begins,
    addresses_100000,
    tnef_attributes,
    mails_in_mails,
)
