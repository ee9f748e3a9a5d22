"""From a raw mail to what it says and carries."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path

import pytest

from daemon.message import read
from rules.answering import answer, recalled
from tests import letters
from tests.daemon.mime.raw import file, mail, opened, part, text

SUBJECT = "中国语言文学学院党委+战疫故事汇+20200710"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + (64).to_bytes(4) + (64).to_bytes(4) + b"\x08\x02"


@pytest.mark.parametrize("style", ["utf-8", "gbk", "gb2312", "raw", "raw-utf8", "split"])
def test_a_letter_in_every_style_is_read_whole(style: letters.Style, tmp_path: Path) -> None:
    raw = letters.letter(
        subject=SUBJECT,
        sender="某某 <teacher@example.cn>",
        text="联系人：张老师\n电话：020-88880000",
        files=[("农学院+战疫故事汇+20200710.docx", b"PK\x03\x04" * 1000)],
        style=style,
    )
    found = opened(raw, tmp_path)
    message, (attached,) = found.message, found.files
    assert (message.subject, message.sender, message.sender_name) == (
        SUBJECT,
        "teacher@example.cn",
        "某某",
    )
    assert message.text == "联系人：张老师\n电话：020-88880000"
    assert attached.name == "农学院+战疫故事汇+20200710.docx"
    assert attached.disk.read_bytes() == b"PK\x03\x04" * 1000
    assert (attached.size, attached.sha256) == (4000, sha256(b"PK\x03\x04" * 1000).hexdigest())
    assert message.unreadable == ""


@pytest.mark.parametrize(
    ("header", "sender", "name"),
    [
        ("Name, <a@example.cn>", "a@example.cn", "Name"),
        ("=?gbk?B?1cXI/Q==?=<a@example.cn>", "a@example.cn", "张三"),
        ('"=?gbk?B?1cXI/Q==?=" <a@example.cn>', "a@example.cn", "张三"),
        ("=?gbk?B?1cXI/SwgPHhAeS5jbj4=?= <a@example.cn>", "a@example.cn", "张三, <x@y.cn>"),
        ("a@example.cn (Zhang San)", "a@example.cn", "Zhang San"),
        ('"b@example.com" <a@example.cn>', "a@example.cn", "b@example.com"),
        ("=?gbk?B?1cXI/TxhQGV4YW1wbGUuY24+?=", "a@example.cn", "张三"),
        ("张三 <a@example.cn>", "a@example.cn", "张三"),
        ("undisclosed-recipients:;", "", ""),
        ("=?X-" + "\x00" * 300 + "?B?bXlHbM3Y=?=<a@example.cn>", "a@example.cn", "myGl拓"),
        ("=?X-" + "y" * 300 + "?B?bXlHbM3Y=?=<a@example.cn>", "a@example.cn", None),
        ("张三＜a@example.cn＞", "a@example.cn", ""),
        ("农学院：张三;李四 <a@example.cn>", "a@example.cn", "李四"),
        ('"张三 <a@example.cn>', "a@example.cn", "张三"),
        ("张三 <系统管理员@example.cn>", "系统管理员@example.cn", "张三"),
    ],
)
def test_the_sender_is_found(header: str, sender: str, name: str | None, tmp_path: Path) -> None:
    message = opened(f"From: {header}\r\n\r\n".encode(), tmp_path).message
    assert message.sender == sender
    assert name is None or message.sender_name == name


def test_every_header_is_kept_clean_and_in_order(tmp_path: Path) -> None:
    raw = b"Received: a\r\nSubject: one\r\nX-A: \xc5\xa9\xd1\xa7\r\nSubject: two\x00\r\n\r\n"
    message = opened(raw, tmp_path).message
    assert message.headers == (
        ("Received", "a"),
        ("Subject", "one"),
        ("X-A", "农学"),
        ("Subject", "two"),
    )
    assert message.subject == "one"


def test_the_thread_of_a_mail_is_known(tmp_path: Path) -> None:
    raw = part(
        "Message-ID: <3@example.cn>",
        "In-Reply-To: <2@example.cn> (your mail)",
        "References: <1@example.cn>\r\n\t<2@example.cn>",
        "Reply-To: Office <office@example.cn>",
    )
    message = opened(raw, tmp_path).message
    assert message.message_id == "3@example.cn"
    assert message.in_reply_to == "2@example.cn"
    assert message.references == ("1@example.cn", "2@example.cn")
    assert message.reply_to == "office@example.cn"


def test_dates_are_aware_and_the_newest_hop_stands_in_for_the_server(tmp_path: Path) -> None:
    raw = part(
        "Received: from b by c; Fri, 10 Jul 2020 09:00:05 +0800",
        "Received: from a by b; Fri, 10 Jul 2020 09:00:01 +0800",
        "Date: Fri, 10 Jul 2020 09:00:00 +0800 (CST)",
    )
    message = opened(raw, tmp_path).message
    china = timezone(timedelta(hours=8))
    assert message.date == datetime(2020, 7, 10, 9, 0, 0, tzinfo=china)
    assert message.received == datetime(2020, 7, 10, 9, 0, 5, tzinfo=china)


def test_a_date_that_is_none_is_none(tmp_path: Path) -> None:
    assert opened(b"Date: yesterday\r\n\r\n", tmp_path).message.date is None


def test_the_plain_alternative_is_the_text_unless_it_is_blank(tmp_path: Path) -> None:
    html = text("<p>超文本</p>", "html")
    both = opened(mail(parts=[text("纯文本"), html], kind="alternative"), tmp_path)
    blank = opened(mail(parts=[text(" \r\n"), html], kind="alternative"), tmp_path)
    assert (both.message.text, blank.message.text) == ("纯文本", "超文本")
    assert both.files == ()


def test_text_of_html_alone_has_lines_and_no_markup(tmp_path: Path) -> None:
    html = (
        "<style>p{}</style><title>t</title><p>联系人：&nbsp;张老师</p><div>电话<br>1&lt;2</div>"
        "<table><tr><td>甲</td><td>乙</td></tr></table><!-- <b>x</b> -->"
    )
    found = opened(text(html, "html", "gb18030"), tmp_path)
    assert found.message.text == "联系人： 张老师\n\n电话\n1<2\n\n甲 乙"


def test_html_may_name_its_charset_itself(tmp_path: Path) -> None:
    html = '<meta http-equiv=Content-Type content="text/html; charset=big5"><p>國語</p>'
    raw = part("Content-Type: text/html", body=html.encode("big5"))
    assert opened(raw, tmp_path).message.text == "國語"


def test_the_mail_that_is_answered_is_no_part_of_the_text(tmp_path: Path) -> None:
    words = "已补正。\n\n------------------ 原始邮件 ------------------\n发件人: 某人\n"
    assert opened(text(words), tmp_path).message.text == "已补正。"


def test_a_forwards_history_is_its_content(tmp_path: Path) -> None:
    words = "------------------ 原始邮件 ------------------\n联系人：张老师"
    raw = b"Subject: Fw: x\r\n" + text("见下\n" + words)
    assert "张老师" in opened(raw, tmp_path).message.text


def test_text_that_is_all_quotation_is_kept(tmp_path: Path) -> None:
    words = "-----Original Message-----\n联系人：张老师"
    assert "张老师" in opened(text(words), tmp_path).message.text


def test_a_quoted_mail_in_html_is_left_out(tmp_path: Path) -> None:
    html = "<p>补正</p><blockquote type=cite><p>旧</p></blockquote><blockquote>缩进</blockquote>"
    assert opened(text(html, "html"), tmp_path).message.text == "补正\n\n缩进"


PAN = "https://pan.baidu.com/s/1AbCdEf"
OTHER = "https://pan.baidu.com/s/1ZzCdEf"


@pytest.mark.parametrize(
    ("subject", "kind", "words"),
    [
        ("Re: x", "plain", f"{OTHER}\n-----原始邮件-----\n发件人: 甲\n{PAN}"),
        ("Re: x", "plain", f"{OTHER}\n> {PAN}\n"),
        ("Re: x", "html", f"<p>{OTHER}</p><div class=gmail_quote><p>{PAN}</p></div>"),
        ("Re: x", "html", f"<blockquote type=cite><a href='{PAN}'>旧</a></blockquote>{OTHER}"),
        ("Re: x", "html", f"{OTHER}<br>-----原始邮件-----<br><a href='{PAN}'>旧</a>"),
    ],
)
def test_a_link_of_the_mail_that_is_answered_is_told_apart(
    tmp_path: Path, subject: str, kind: str, words: str
) -> None:
    raw = f"Subject: {subject}\r\n".encode() + text(words, kind)
    assert {link.url: link.quoted for link in opened(raw, tmp_path).links} == {
        PAN: True,
        OTHER: False,
    }


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("Fw: x", f"见下\n-----原始邮件-----\n发件人: 甲\n{PAN}"),
        ("Re: x", f"再发一次：{PAN}\n-----原始邮件-----\n发件人: 甲\n{PAN}"),
    ],
)
def test_a_link_that_the_sender_hands_on_or_writes_again_is_his(
    tmp_path: Path, subject: str, words: str
) -> None:
    raw = f"Subject: {subject}\r\n".encode() + text(words)
    assert [(link.url, link.quoted) for link in opened(raw, tmp_path).links] == [(PAN, False)]


def test_a_hundred_thousand_quoted_rows_are_looked_through_once(tmp_path: Path) -> None:
    raw = text(f"{OTHER}\n" + "> a\n" * 100_000 + f"> {PAN}\n")
    assert [link.quoted for link in opened(raw, tmp_path).links] == [False, True]


def test_a_delivery_report_names_the_mail_it_speaks_of(tmp_path: Path) -> None:
    status = part("Content-Type: message/delivery-status", body=b"Reporting-MTA: dns; x\r\n")
    returned = part(
        "Content-Type: message/rfc822",
        body=mail("Message-ID: <ours@example.cn>", parts=[file("a.doc")]),
    )
    found = opened(mail(parts=[text("failed"), status, returned], kind="report"), tmp_path)
    assert (found.message.report, found.message.reported_message_id) == (True, "ours@example.cn")
    assert {f.ignored for f in found.files} == {"report"}


def test_returned_headers_alone_are_enough(tmp_path: Path) -> None:
    returned = part("Content-Type: text/rfc822-headers", body=b"Message-ID: <o@example.cn>\r\n")
    found = opened(mail(parts=[text("x"), returned], kind="report"), tmp_path)
    assert found.message.reported_message_id == "o@example.cn"


def test_the_bounces_of_the_providers_are_tied_to_our_reply(tmp_path: Path) -> None:
    assert opened(letters.bounce_163(), tmp_path).message.reported_message_id == letters.OURS
    report = opened(letters.delivery_report(), tmp_path).message
    assert (report.report, report.reported_message_id) == (True, letters.OURS)


def test_a_body_that_is_wrongly_labelled_base64_is_read_as_it_stands(tmp_path: Path) -> None:
    raw = part(
        "Content-Type: text/plain; charset=gbk",
        "Content-Transfer-Encoding: base64",
        body="联系人：张老师。".encode("gbk"),
    )
    assert opened(raw, tmp_path).message.text == "联系人：张老师。"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "没有信头"),
        (b"\x00\xff binary", "没有信头"),
        (b"X: " + b"a" * (1 << 20) + b"\r\n\r\n", "信头超过"),
        (mail(parts=[text("x")] * 1001), "1000 个部分"),
        (b"Subject: x\r\nContent-Type: multipart/encrypted; boundary=b\r\n\r\n", "加密"),
        (b"Subject: x\r\nContent-Type: application/pkcs7-mime\r\n\r\nx", "S/MIME"),
        (b"Subject: x\r\nContent-Type: message/partial; id=1\r\n\r\nx", "拆成几封"),
        (b"Subject: x\r\n\r\n" + b"a" * ((4 << 20) + 1), "正文过长"),
        (b"Subject: x\r\n\r\n" + b"a" * ((16 << 20) + 1), "正文过长"),
        (part("Content-Type: text/html", body=b"<a>" * 100_001), "HTML 标签"),
    ],
)
def test_a_mail_that_cannot_be_read_whole_says_why(raw: bytes, reason: str, tmp_path: Path) -> None:
    assert reason in opened(raw, tmp_path).message.unreadable


def test_what_stands_before_a_limit_is_still_told(tmp_path: Path) -> None:
    raw = b"Subject: x\r\nFrom: a@example.cn\r\nX: " + b"a" * (1 << 20) + b"\r\n\r\n"
    message = opened(raw, tmp_path).message
    assert (message.subject, message.sender) == ("x", "a@example.cn")


def test_the_instant_of_the_server_counts(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(b"Received: from a by b; Fri, 10 Jul 2020 09:00:01 +0800\r\n\r\n")
    noon = datetime(2020, 7, 10, 4, tzinfo=UTC)
    assert read(path, tmp_path, received=noon).message.received == noon


def test_a_multipart_without_a_boundary_is_its_text(tmp_path: Path) -> None:
    raw = part("Subject: x", "Content-Type: multipart/mixed; boundary=b1", body=b"words")
    found = opened(raw, tmp_path)
    assert (found.message.text, found.files) == ("words", ())


def test_bare_carriage_returns_end_lines_too(tmp_path: Path) -> None:
    message = opened(b"From: a@example.cn\rSubject: x\r\rbody\rmore", tmp_path).message
    assert (message.sender, message.subject) == ("a@example.cn", "x")
    assert message.text == "body\nmore"


@pytest.mark.parametrize(
    "letter",
    [
        letters.bounce_163,
        letters.bounce_qq,
        letters.delivery_report,
        letters.newsletter,
        letters.out_of_office,
        letters.qq_vacation,
    ],
)
def test_machines_are_known_by_their_real_mails(
    letter: Callable[[], bytes], tmp_path: Path
) -> None:
    given = answer(opened(letter(), tmp_path).message)
    assert (given.allowed, given.automatic) == (False, True)
    assert given.reason


@pytest.mark.parametrize("method", ["REPLY", "request", "CANCEL"])
@pytest.mark.parametrize("typed", [True, False])
@pytest.mark.parametrize("depth", [1, 2, 3])
def test_a_calendar_that_writes_to_a_calendar_is_a_machine(
    method: str, typed: bool, depth: int, tmp_path: Path
) -> None:
    raw = letters.calendar_reply(method=method, typed=typed, depth=depth)
    given = answer(opened(raw, tmp_path).message)
    assert (given.allowed, given.automatic) == (False, True)
    assert f"method={method.upper()}" in given.reason


def test_a_timetable_that_is_published_is_a_persons_mail(tmp_path: Path) -> None:
    assert answer(opened(letters.calendar_reply(method="PUBLISH"), tmp_path).message).allowed


def test_mail_that_a_person_forwards_by_a_rule_is_answered(tmp_path: Path) -> None:
    assert answer(opened(letters.qq_forwarded_by_rule(), tmp_path).message).allowed


def test_a_recall_is_known_by_its_real_mail(tmp_path: Path) -> None:
    message = opened(letters.recall(), tmp_path).message
    assert recalled(message)
    assert not answer(message).automatic
