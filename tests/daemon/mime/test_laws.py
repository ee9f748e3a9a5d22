"""Laws of the whole parser: it never raises, and what it says is clean."""

import re
import unicodedata
from base64 import b64encode
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daemon.message import Opened
from daemon.mime import params, words
from tests.daemon.mime.raw import opened

_HEADERS = [
    b"From: =?gb2312?B?1cXI/Q==?= <a@example.cn>",
    b"From: \xd5\xc5\xc8\xfd, <a@example.cn>",
    b"Subject: =?gbk?B?xanR",
    b"Subject: \xc5\xa9\xd1\xa7\xd4\xba+\x00\xe2\x80\xae",
    b"Date: Fri, 10 Jul 2020 09:00:00 +0800",
    b"Date: 99 Foo 99999 99:99:99 +9999",
    b"Received: from a ([1.2.3.4]) by b with ESMTP id 1; Fri, 10 Jul 2020 09:00:00 +0800",
    b"Received: from (((( by ;;;;",
    b"References: <a@b> <c@d> e",
    b"Content-Type: multipart/mixed; boundary=b",
    b'Content-Type: multipart/related; boundary="c',
    b"Content-Type: multipart/report; boundary=b; report-type=delivery-status",
    b"Content-Type: text/html; charset=utf-7",
    b"Content-Type: text/plain; charset=hz",
    b"Content-Type: message/rfc822",
    b"Content-Type: message/delivery-status",
    b"Content-Type: application/ms-tnef; name=winmail.dat",
    b"Content-Type: image/png; name*0*=gbk''%c5; name*1*=%a9",
    b"Content-Disposition: attachment; filename*=utf-8''%ff%",
    b'Content-Disposition: inline; filename="..\\..\\\xe2\x80\xaea.exe',
    b"Content-ID: <1@x>",
    b"Content-Transfer-Encoding: base64",
    b"Content-Transfer-Encoding: quoted-printable",
    b"Content-Transfer-Encoding: x-uuencode",
    b" folded",
    b"no header",
]
_LINES = [
    b"",
    b"--b",
    b"--c",
    b"--b--",
    b"--c--",
    b"eJ8+IgEA",
    b'x\x9f>"\x01\x00',
    b"=E5=86=9C=",
    b"<img src=\"cid:1@x\"><a href='http://pan.baidu.com/s/1'>",
    b"<blockquote type=cite>&#99999999999;</blockquote><!-- <",
    b"data:image/png;base64,%%%%",
    b"begin 644 a.doc",
    b"#0V%T",
    b"end",
    b"Original-Message-ID: <1@x>",
    b"https://mail.qq.com/cgi-bin/ftnExs_download?k=1 (1.5G, 2020\xe5\xb9\xb413\xe6\x9c\x88)",
    b"\xff\xfe\x00",
    b"~{abc~}+AGE-",
]
_STRUCTURED = st.lists(
    st.sampled_from(_HEADERS) | st.sampled_from(_LINES) | st.binary(max_size=30), max_size=40
).map(b"\r\n".join)
_FREELY = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)


def said(found: Opened) -> list[str]:
    message = found.message
    one_line = [message.subject, message.sender, message.sender_name, message.message_id]
    one_line += [value for _, value in message.headers]
    return one_line + [name for f in found.files for name in (f.name, *f.path)]


@_FREELY
@given(_STRUCTURED)
def test_broken_mail_is_read_without_raising(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    check(raw, tmp_path_factory.mktemp("law"))


@_FREELY
@given(st.binary(max_size=2000))
def test_arbitrary_bytes_are_read_without_raising(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    check(raw, tmp_path_factory.mktemp("law"))


def check(raw: bytes, folder: Path) -> None:
    found = opened(raw, folder)
    for text in (*said(found), found.message.text.replace("\t", "")):
        assert not any(unicodedata.category(c) in {"Cc", "Cs"} for c in text.replace("\n", ""))
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", text)
    assert all("\n" not in text for text in said(found))
    for file in found.files:
        assert file.name == file.name.rpartition("/")[2].rpartition("\\")[2] != ""
        assert file.disk.stat().st_size == file.size
        assert file.disk.parent == folder / "files"
    assert all(d is None or d.tzinfo for d in (found.message.date, found.message.received))


@_FREELY
@given(_STRUCTURED)
def test_the_same_mail_is_read_the_same_way_twice(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    folder = tmp_path_factory.mktemp("law")
    assert opened(raw, folder) == opened(raw, folder)


_NAMES = st.text(
    st.characters(exclude_categories=["Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"]), min_size=1
)
_CHARSETS = ["gb2312", "gbk", "gb18030", "big5", "utf-8", "shift_jis", "euc-kr", "koi8-r"]


def written(text: str, label: str) -> bytes:
    """As much of the text as the charset has."""
    codec = "gb18030" if label.startswith("gb") else label
    return text.encode(codec, "ignore")


@given(_NAMES, st.sampled_from(_CHARSETS), st.integers(1, 40))
def test_what_the_declared_charset_can_decode_holds_no_replacement(
    text: str, label: str, width: int
) -> None:
    data = written(text, label)
    pieces = [data[i : i + width] for i in range(0, len(data), width)]
    value = b" ".join(b"=?%s?B?%s?=" % (label.encode(), b64encode(p)) for p in pieces)
    assert "\ufffd" not in words.decode(value) or "\ufffd" in text


@given(_NAMES, st.sampled_from(_CHARSETS), st.integers(1, 40))
def test_an_extended_name_holds_no_replacement(text: str, label: str, width: int) -> None:
    coded = f"{label}''{quote(written(text, label), safe='')}"
    pieces = [coded[i : i + width] for i in range(0, len(coded), width)]
    rows = ";".join(f"filename*{n}*={p}" for n, p in enumerate(pieces))
    name = params.read(b"attachment;" + rows.encode())["filename"]
    assert "\ufffd" not in name or "\ufffd" in text


@given(_NAMES)
def test_a_name_in_utf8_is_read_as_it_was_written(text: str) -> None:
    value = f"attachment; filename*=utf-8''{quote(text, safe='')}".encode()
    assert params.read(value)["filename"] == text
