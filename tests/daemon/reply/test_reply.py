"""The letter on the wire."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from daemon.reply import Reply, compose
from rules.verdict import Status
from tests.daemon.reply.verdicts import a_context, a_message, a_submission, a_verdict


def a_reply(**headers: str) -> Reply:
    return Reply(
        subject="Re: x",
        text="正文\n",
        html="<p>正文</p>\n",
        headers=headers,
        to="a@b",
        message_id="1@b",
    )


def opened(raw: bytes) -> EmailMessage:
    mail = message_from_bytes(raw, policy=SMTP)
    assert isinstance(mail, EmailMessage)
    return mail


def test_what_is_written_reads_back() -> None:
    reply = compose(a_verdict(status=Status.ACCEPTED), context=a_context())
    mail = opened(reply.as_bytes())
    assert mail["Subject"] == reply.subject == "Re: 农学院党委+战疫故事汇+20200710"
    assert mail["From"] == "组织部 <zzbdj@scau.edu.cn>"
    bodies = {part.get_content_type(): part.get_content() for part in mail.iter_parts()}
    assert list(bodies) == ["text/plain", "text/html"]
    assert bodies["text/plain"].replace("\r\n", "\n") == reply.text
    assert bodies["text/html"].replace("\r\n", "\n") == reply.html


def test_equal_letters_are_equal_bytes() -> None:
    first, second = (compose(a_verdict(), context=a_context()).as_bytes() for _ in range(2))
    assert first == second


def test_only_utf_8_is_declared() -> None:
    raw = compose(a_verdict(), context=a_context()).as_bytes().lower()
    assert raw.count(b'charset="utf-8"') == 2
    assert b"gb2312" not in raw
    assert b"=?utf-8?" in raw


def test_lines_end_in_crlf_and_are_short_and_ascii() -> None:
    long = a_message(
        subject="很长的主题" * 60, references=tuple(f"{'x' * 200}{n}@a" for n in range(9))
    )
    raw = compose(a_verdict(submission=a_submission(message=long)), context=a_context()).as_bytes()
    assert raw.isascii()
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert max(map(len, raw.split(b"\r\n"))) < 998


def test_long_identifiers_stay_identifiers() -> None:
    long = f"{'A' * 120}@outlook.example.com"
    message = a_message(message_id=long)
    raw = compose(
        a_verdict(submission=a_submission(message=message)), context=a_context()
    ).as_bytes()
    assert raw.count(f"<{long}>".encode()) == 2


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\0"])
def test_a_header_cannot_bring_another(end: str) -> None:
    with pytest.raises(ValueError, match="line end"):
        a_reply(Subject=f"x{end}Bcc: all@example.com").as_bytes()


def test_no_two_letters_share_a_boundary() -> None:
    first = compose(a_verdict(), context=a_context())
    second = compose(a_verdict(), context=a_context(message_id="other@scau.edu.cn"))
    assert opened(first.as_bytes()).get_boundary() != opened(second.as_bytes()).get_boundary()
