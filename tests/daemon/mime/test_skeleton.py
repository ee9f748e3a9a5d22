"""What mail-parser is given, and that it is asked for no more than is needed."""

from datetime import UTC, datetime
from email.message import Message

import mailparser  # type: ignore[import-untyped]  # ships no types
import pytest
from hypothesis import given
from hypothesis import strategies as st

from daemon.mime import skeleton
from daemon.mime.header import fields
from daemon.mime.parser import Skeleton

_HOP = b"Received: from a by b with SMTP id %d; Fri, 10 Jul 2020 09:0%d:00 +0800\r\n"
_HEADERS = [
    b"From: =?gb2312?B?1cXI/Q==?= <a@example.cn>",
    b"From: \xe5\xbc\xa0\xe4\xb8\x89 <a@example.cn>, b@example.cn",
    b'From: "a, \xd5\xc5" (x) <a@example.cn>',
    b"From: =?utf-8?q?a=22=2C=3Cb=40c=3E?= <<a@example.cn>",
    b"From:",
    b"Sender: b@example.cn",
    b"Reply-To: group: c@example.cn, d@\xe4\xb8\xad.cn;",
    b"Date: Fri, 10 Jul 2020 09:00:00 +0800",
    b"Date: 99 Foo 99999 99:99:99 +9999 \xff",
    _HOP[:-2] % (1, 1),
    b"Received: from (((( by ;;;;",
    b"Received: from \xe5\xbc\xa0 by b; Fri, 10 Jul 2020 09:00:00 +0800",
]


def test_the_newest_hop_dates_a_mail_unless_the_server_has() -> None:
    block = fields(_HOP % (2, 2) + _HOP % (1, 1) + b"From: a@example.cn\r\n")
    traced, untraced = skeleton.envelope(block), skeleton.envelope(block, traced=False)
    assert traced.received == datetime(2020, 7, 10, 1, 2, tzinfo=UTC)
    assert untraced.received is None
    assert untraced.sender == traced.sender == "a@example.cn"


@pytest.mark.parametrize("traced", [True, False])
def test_no_number_of_hops_hides_who_wrote_when_and_where_to_answer(traced: bool) -> None:
    hops = b"".join(_HOP % (n, 9 - n % 10) for n in range(200))
    odd = (  # mail-parser reads them
        b'From: "a, \xd5\xc5" (x) <a@example.cn>\r\nReply-To: group: c@example.cn;\r\n'
        b"Date: Fri, 10 Jul 20 09:00 +0800\r\n"
    )
    plain = (
        b"From: a@example.cn\r\nReply-To: c@example.cn\r\nDate: Fri, 10 Jul 2020 09:00:00 +0800\r\n"
    )
    for said in (odd, plain):
        near = skeleton.envelope(fields(said + hops), traced=traced)
        assert skeleton.envelope(fields(hops + said), traced=traced) == near
        assert (near.sender, near.reply_to) == ("a@example.cn", "c@example.cn")
        assert near.date
        assert near.received == (datetime(2020, 7, 10, 1, 9, tzinfo=UTC) if traced else None)


def test_a_mail_without_an_author_is_by_who_sent_it() -> None:
    hops = _HOP % (1, 1) * 60
    said = {
        b"Sender: b@example.cn": ("", "b@example.cn"),
        b"From:\r\nSender: =?utf-8?b?5byg5LiJ?= <b@example.cn>": ("张三", "b@example.cn"),
        b"Sender: b@example.cn\r\nFrom: a@example.cn": ("", "a@example.cn"),
    }
    for block, (name, address) in said.items():
        for where in (fields(block + b"\r\n"), fields(hops + block + b"\r\n")):
            found = skeleton.envelope(where)
            assert (found.sender_name, found.sender) == (name, address)


@given(st.lists(st.sampled_from(_HEADERS), max_size=6))
def test_mail_parser_says_the_same_of_the_whole_as_of_what_it_is_asked(rows: list[bytes]) -> None:
    """The whole: the skeleton as bytes, read with its body and every view."""
    given_headers = skeleton.rows(fields(b"\r\n".join(rows)))
    whole = mailparser.parse_from_bytes(written(given_headers))
    asked = Skeleton(given_headers)
    for name in ("from_", "sender", "reply_to", "date", "received"):
        assert getattr(asked, name) == getattr(whole, name)


def written(headers: Message) -> bytes:
    rows = "".join(f"{name}: {value}\r\n" for name, value in headers.raw_items())
    return f"{rows}\r\n".encode("ascii", "surrogateescape")
