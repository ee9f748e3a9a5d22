"""Which mails say that ours came back, and when that is for good."""

from dataclasses import replace

import pytest

from rules.bounce import bounce
from rules.submission import Message

REPORT = Message(
    sender="MAILER-DAEMON@mx.example.com",
    subject="Undelivered Mail Returned to Sender",
    report=True,
    report_status="5.1.1",
    reported_message_id="baosong.ab@example.edu.cn",
)
COREMAIL = Message(
    sender="Postmaster@163.com",
    subject="系统退信",
    text="抱歉，您的邮件被退回来了。收件人 nobody@163.com 不存在。",
    reported_message_id="baosong.ab@example.edu.cn",
)


@pytest.mark.parametrize(
    ("status", "dead"),
    [
        ("5.1.1", True),
        ("5.1.10", True),
        ("5.1.2", True),
        ("5.2.1", True),
        ("5.4.4", True),
        ("5.0.0", True),
        ("5.2.2", False),  # the mailbox is full
        ("5.2.3", False),
        ("5.1.7", False),  # the sender is refused
        ("5.1.8", False),
        ("5.3.4", False),
        ("5.6.0", False),
        ("5.7.1", False),  # taken for spam
        ("4.4.1", False),
        ("4.1.1", False),
        ("4.4.7", False),  # given up after days, though the address may be there
    ],
)
def test_only_an_address_that_is_gone_for_good_is_dead(status: str, dead: bool) -> None:
    found = bounce(replace(REPORT, report_status=status))
    assert found is not None
    assert found.dead is dead
    assert found.why == f"{status} Undelivered Mail Returned to Sender"
    assert found.ids == ("baosong.ab@example.edu.cn",)


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        ("收件人邮件地址不存在。", True),
        ("Mailbox unavailable", True),
        ("host mx.example.com said: 550 User not found", True),
        ("550 5.1.1 no such user", True),
        ("552 5.2.2 over quota", False),
        ("550 Mailbox full", False),
        ("收件人邮箱已满，地址不存在的可能也有", False),
        ("450 4.2.0 greylisted", False),
        ("421 try again, user unknown yet", False),
        ("邮件延迟，系统仍在尝试投递，对方服务器暂时不存在响应", False),
        ("一封退信", False),
        ("", False),
    ],
)
def test_a_bounce_without_a_report_is_read_by_its_words(text: str, dead: bool) -> None:
    found = bounce(replace(COREMAIL, text=text))
    assert found is not None
    assert found.dead is dead


def test_the_addresses_that_failed_are_those_it_names() -> None:
    found = bounce(replace(COREMAIL, text="给 A@qq.com 和 a@QQ.com 的信；postmaster@163.com"))
    assert found is not None
    assert found.addresses == ("a@qq.com",)
    header = (("X-Failed-Recipients", "b@example.com"),)
    found = bounce(replace(COREMAIL, headers=header))
    assert found is not None
    assert found.addresses == ("b@example.com",)


@pytest.mark.parametrize(
    "message",
    [
        replace(REPORT, report_status="", sender="nxy@example.edu.cn", subject="已读：回复"),
        replace(COREMAIL, sender="nxy@example.edu.cn"),
        replace(COREMAIL, subject="邮箱扩容通知"),
        Message(),
    ],
)
def test_other_mail_is_no_bounce(message: Message) -> None:
    assert bounce(message) is None
