"""Who is answered, and why the others are not."""

from datetime import UTC, datetime, timedelta

import pytest

from rules.answering import (
    Answer,
    answer,
    before_go_live,
    last_before_cap,
    over_cap,
    recalled,
    too_old,
)
from rules.submission import Message

NOON = datetime(2020, 7, 10, 4, tzinfo=UTC)
SUBJECT = "农学院+战疫故事汇+20200710"


def a_message(
    *headers: tuple[str, str],
    subject: str = SUBJECT,
    sender: str = "teacher@example.edu.cn",
    name: str = "",
    report: bool = False,
) -> Message:
    return Message(subject=subject, sender=sender, sender_name=name, headers=headers, report=report)


def test_a_header_is_found_however_its_name_is_written_and_the_first_of_several() -> None:
    message = a_message(("X-b", "1"), ("x-A", "2"), ("X-B", "3"), ("", "4"))
    assert [message.header(name) for name in ("x-B", "X-a", "X-C", "")] == ["1", "2", "", "4"]
    assert {k: list(v) for k, v in message.named.items()} == {
        "x-b": ["1", "3"],
        "x-a": ["2"],
        "": ["4"],
    }


def test_of_several_marks_the_first_is_told_as_it_is_written() -> None:
    said = answer(a_message(("Subject", "x"), ("LIST-unsubscribe", ""), ("List-Id", "")))
    assert said.reason == "邮件列表或群发标记（LIST-unsubscribe）"


@pytest.mark.parametrize("sender", ["nxy@例子.cn", "农学院@example.edu.cn", "nxy@`.cn", "a b@c.cn"])
def test_an_address_that_no_answer_reaches_is_not_answered(sender: str) -> None:
    said = answer(a_message(sender=sender))
    assert (said.allowed, said.automatic) == (False, False)
    assert answer(a_message(sender="n.x-y+1@mail.example.edu.cn")).allowed


@pytest.mark.parametrize(
    "header",
    [
        ("Return-Path", "<>"),
        ("Auto-Submitted", "auto-replied"),
        ("Auto-Submitted", "auto-generated; owner-email=a@example.cn"),
        ("X-QQ-AUTO-REPLY", "true"),
        ("X-QQ-HolidayReply", "1"),
        ("X-Autoreply", "yes"),
        ("X-Autorespond", "yes"),
        ("Precedence", "Bulk"),
        ("Precedence", "auto_reply"),
        ("Precedence", "list"),
        ("Precedence", "junk"),
        ("List-Id", "<list.example.cn>"),
        ("list-unsubscribe", "<mailto:a@example.cn>"),
        ("List-Post", "<mailto:a@example.cn>"),
        ("Feedback-ID", "1:2:3"),
        ("X-Failed-Recipients", "a@example.cn"),
        ("Hmm-Notify", "1"),
        ("X-CM-Original-Message-ID", "<1@example.cn>"),
        ("X-Mailer", "Coremail MTA server"),
        ("Content-Type", "text/calendar; method=REPLY"),
        ("Content-Class", "urn:content-classes:calendarmessage"),
    ],
)
def test_a_machine_betrays_itself_by_a_header(header: tuple[str, str]) -> None:
    given = answer(a_message(header))
    assert (given.allowed, given.automatic) == (False, True)
    assert given.reason


@pytest.mark.parametrize(
    "header",
    [
        ("Return-Path", "<teacher@example.edu.cn>"),
        ("Auto-Submitted", "no"),
        ("Auto-Submitted", "No (a person wrote this)"),
        ("X-QQ-AUTO-FWD", "1"),
        ("Precedence", "normal"),
        ("X-Mailer", "Coremail Webmail Server"),
        ("X-Auto-Response-Suppress", "OOF, DR"),
        ("Content-Type", "multipart/mixed"),
    ],
)
def test_a_person_with_an_odd_header_is_answered(header: tuple[str, str]) -> None:
    assert answer(a_message(header)) == Answer(True)


@pytest.mark.parametrize(
    "sender",
    [
        "postmaster@example.cn",
        "MAILER-DAEMON@example.cn",
        "noreply@example.cn",
        "no-reply@example.cn",
        "no_reply@example.cn",
        "do-not-reply@example.cn",
        "noreply+123@example.cn",
        "系统管理员@example.cn",
        "10001+auto_=zzbdj=example.cn@qq.com",
    ],
)
def test_a_system_address_is_not_answered(sender: str) -> None:
    assert answer(a_message(sender=sender)).automatic


@pytest.mark.parametrize(
    "sender", ["norah.reply@example.cn", "postmasters-office@example.cn", "reply@example.cn"]
)
def test_an_address_that_only_resembles_one_is_answered(sender: str) -> None:
    assert answer(a_message(sender=sender)).allowed


def test_a_system_name_is_not_answered() -> None:
    assert answer(a_message(name="系统管理员")).automatic


@pytest.mark.parametrize(
    "subject",
    [
        "自动回复: 报送",
        "自动答复：报送",
        "（自动回复）报送",
        "来自张老师的自动回复",
        "Automatic reply: x",
        "系统退信",
        "来自qq.com的退信",
        "Undeliverable: x",
        "Out of Office: x",
    ],
)
def test_a_leading_marker_is_automatic(subject: str) -> None:
    given = answer(a_message(subject=subject))
    assert given.automatic
    assert "主题" in given.reason


@pytest.mark.parametrize(
    "subject",
    [
        "回复: 自动答复: 报送",
        "Re: Automatic reply: x",
        "农学院+战疫故事汇+关于自动回复",
        "农学院+红色防火墙+一封不该有的退信",
    ],
)
def test_a_marker_behind_a_persons_words_is_a_person(subject: str) -> None:
    assert answer(a_message(subject=subject)).allowed


def test_a_delivery_report_is_automatic() -> None:
    assert "multipart/report" in answer(a_message(report=True)).reason


@pytest.mark.parametrize("said", ["All", "DR, AutoReply", "all"])
def test_a_mail_may_ask_for_silence_without_being_a_machines(said: str) -> None:
    given = answer(a_message(("X-Auto-Response-Suppress", said)))
    assert (given.allowed, given.automatic) == (False, False)


def test_our_own_addresses_and_marker_are_not_answered() -> None:
    ours = answer(a_message(sender="ZZBDJ@example.cn"), ours={"zzbdj@example.cn"})
    marked = answer(a_message(("X-Baosong", "instance-1")))
    assert not ours.allowed
    assert not marked.allowed


def test_nobody_to_answer_is_not_answered() -> None:
    assert not answer(a_message(sender="")).allowed


def test_junk_is_judged_but_not_answered() -> None:
    given = answer(a_message(), junk=True)
    assert (given.allowed, given.automatic) == (False, False)


def test_a_recall_is_no_automatic_mail_but_waits_for_a_person() -> None:
    message = a_message(
        ("Auto-Submitted", "auto-generated"), subject="发信方已撤回邮件：农学院+战疫故事汇"
    )
    assert recalled(message)
    assert answer(message) == Answer(False, "来件撤回了先前的邮件")
    assert not recalled(a_message())


def test_a_good_word_that_the_sender_added_hides_no_bad_one() -> None:
    both = ("mx.example.cn; dmarc=pass", "mx.example.cn; dmarc=fail")
    for results in (both, both[::-1]):
        message = a_message(*(("Authentication-Results", value) for value in results))
        assert not answer(message, authserv="mx.example.cn").allowed


@pytest.mark.parametrize(
    ("results", "allowed"),
    [
        ("mx.example.cn; dmarc=fail (p=none)", False),
        ("mx.example.cn; dmarc=pass; spf=fail; dkim=fail", True),
        ("mx.example.cn; spf=fail; dkim=fail", False),
        ("mx.example.cn; spf=fail; dkim=pass", True),
        ("mx.attacker.cn; dmarc=fail", True),
        ("mx.example.cn 1; dmarc=fail", False),
        ("MX.Example.CN; DMARC = Fail", False),
        ("mx.example.cn; dmarc=fail; spf=pass smtp.mailfrom=dmarc=pass@x.cn", False),
        ('mx.example.cn; spf=pass smtp.mailfrom="; dmarc=pass"@x.cn; dmarc=fail', False),
        ("mx.example.cn; spf=fail (dkim=pass); dkim=fail", False),
        ("mx.example.cn; dkim=fail; dkim=pass; spf=fail", True),
        ("mx.example.cn; spf=pass smtp.mailfrom=dmarc=fail@x.cn", True),
        ("mx.example.cn; none", True),
    ],
)
def test_only_our_own_server_says_what_is_forged(results: str, allowed: bool) -> None:
    message = a_message(("Authentication-Results", results))
    assert answer(message, authserv="mx.example.cn").allowed is allowed
    assert answer(message).allowed


def test_mail_from_before_go_live_is_not_answered() -> None:
    assert before_go_live(NOON, NOON).allowed
    assert before_go_live(NOON, None).allowed
    assert not before_go_live(NOON - timedelta(seconds=1), NOON).allowed


def test_mail_older_than_the_limit_is_not_answered() -> None:
    week = timedelta(days=7)
    assert too_old(NOON, NOON + week, week).allowed
    assert not too_old(NOON, NOON + week + timedelta(seconds=1), week).allowed


def test_the_cap_allows_as_many_as_it_says() -> None:
    assert over_cap(2, 3, "今天给这位发件人").allowed
    assert over_cap(3, 3, "今天给这位发件人").reason == "今天给这位发件人的回复已达 3 封"
    assert over_cap(99, 0, "今天给这位发件人").allowed


def test_the_last_reply_before_the_cap_is_known() -> None:
    assert [last_before_cap(sent, 3) for sent in range(4)] == [False, False, True, False]
