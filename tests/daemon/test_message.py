"""From a raw mail to what it says and carries."""

import base64
import binascii
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path

import pytest

from daemon.message import File, Opened, read
from tests import letters
from tests.daemon.mime.raw import file, mail, mixed, opened, part, text

SUBJECT = "中国语言文学学院党委+战疫故事汇+20200710"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + (64).to_bytes(4) + (64).to_bytes(4) + b"\x08\x02"


def named(found: Opened, name: str) -> File:
    return next(f for f in found.files if f.name == name)


def picture(cid: str, data: bytes, disposition: str = "inline") -> bytes:
    return part(
        'Content-Type: image/png; name="image.png"',
        f"Content-Disposition: {disposition}",
        f"Content-ID: <{cid}>",
        "Content-Transfer-Encoding: base64",
        body=base64.encodebytes(data),
    )


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
    ],
)
def test_the_sender_is_found(header: str, sender: str, name: str, tmp_path: Path) -> None:
    message = opened(f"From: {header}\r\n\r\n".encode(), tmp_path).message
    assert (message.sender, message.sender_name) == (sender, name)


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


def test_attachments_are_found_whatever_their_disposition(tmp_path: Path) -> None:
    parts = [
        text("正文"),
        part('Content-Type: application/msword; name="a.doc"', body=b"1"),
        part("Content-Type: image/jpeg", "Content-Disposition: inline", body=b"2"),
        part('Content-Type: text/plain; name="c.txt"', "Content-Disposition: inline", body=b"3"),
        part("Content-Type: text/plain", "Content-Disposition: attachment", body=b"4"),
        part("Content-Type: application/pdf", body=b"5"),
    ]
    found = opened(mail(parts=parts), tmp_path)
    assert [f.name for f in found.files] == [
        "a.doc",
        "正文图片2.jpg",
        "c.txt",
        "未命名附件4.txt",
        "未命名附件5.pdf",
    ]
    assert found.message.text == "正文"


def test_a_body_that_has_a_name_is_still_the_body(tmp_path: Path) -> None:
    raw = part('Content-Type: text/html; charset=utf-8; name="mail.html"', body=b"<p>x</p>")
    found = opened(raw, tmp_path)
    assert (found.message.text, found.files) == ("x", ())


def test_a_mail_that_is_nothing_but_a_file_is_read(tmp_path: Path) -> None:
    found = opened(b"Subject: x\r\n" + file("a.docx", b"data"), tmp_path)
    assert [(f.name, f.disk.read_bytes()) for f in found.files] == [("a.docx", b"data")]


@pytest.mark.parametrize(
    ("data", "shown", "ignored", "inline"),
    [
        (PNG, True, "logo", True),
        (PNG, False, "", False),
        (PNG + b"x" * (20 << 10), True, "logo", True),  # small sides
        (b"x" * (20 << 10), True, "logo", True),
        (b"x" * ((20 << 10) + 1), True, "", True),
        (PNG + b"x" * (200 << 10), True, "", True),
    ],
)
def test_a_logo_is_shown_by_the_html_and_small(
    data: bytes, shown: bool, ignored: str, inline: bool, tmp_path: Path
) -> None:
    html = text('<img src="cid:1@x">' if shown else "<p>x</p>", "html")
    found = opened(mail(parts=[html, picture("1@x", data)], kind="related"), tmp_path)
    (attached,) = found.files
    assert (attached.ignored, attached.inline) == (ignored, inline)


def test_a_picture_pasted_into_the_html_itself_is_listed(tmp_path: Path) -> None:
    data = b"\xff\xd8" + b"x" * 30_000
    html = f'<p>a</p><img src="data:image/jpeg;base64,{base64.b64encode(data).decode()}">'
    found = opened(text(html, "html"), tmp_path)
    (pasted,) = found.files
    assert (pasted.name, pasted.inline, pasted.ignored) == ("正文图片1.jpg", True, "")
    assert pasted.disk.read_bytes() == data
    assert found.message.text == "a"


@pytest.mark.parametrize(
    ("kind", "name", "ignored"),
    [
        ("application/pkcs7-signature", "smime.p7s", "signature"),
        ("application/octet-stream", "smime.p7s", "signature"),
        ("text/calendar", "invite.ics", "calendar"),
        ("text/x-vcard", "card.vcf", "vcard"),
        ("application/applefile", "a.docx", "system"),
        ("application/octet-stream", "a.docx", ""),
    ],
)
def test_what_is_never_a_submission_is_listed_and_ignored(
    kind: str, name: str, ignored: str, tmp_path: Path
) -> None:
    found = opened(mail(parts=[text("x"), file(name, kind=kind)]), tmp_path)
    assert named(found, name).ignored == ignored


@pytest.mark.parametrize("encoding", ["8bit", "base64"])
def test_a_forwarded_mail_is_opened_one_level(encoding: str, tmp_path: Path) -> None:
    deepest = mail("Subject: third", parts=[text("三"), file("third.doc")], mark="b3")
    inner = mail(
        "Subject: second",
        parts=[text("联系人：张老师"), file("second.doc"), letter_part(deepest, "8bit")],
        mark="b2",
    )
    raw = mail("Subject: first", parts=[text(""), letter_part(inner, encoding)])
    found = opened(raw, tmp_path)
    assert [(f.name, f.path, f.ignored) for f in found.files] == [
        ("未命名附件1.eml", (), "opened"),
        ("second.doc", ("未命名附件1.eml",), ""),
        ("未命名附件2.eml", ("未命名附件1.eml",), ""),
    ]
    assert (found.message.subject, found.message.text) == ("first", "联系人：张老师")


def letter_part(raw: bytes, encoding: str) -> bytes:
    body = base64.encodebytes(raw) if encoding == "base64" else raw
    head = f"Content-Transfer-Encoding: {encoding}"
    return part("Content-Type: message/rfc822", head, body=body)


def test_an_eml_sent_as_any_file_is_opened(tmp_path: Path) -> None:
    inner = mail("Subject: x", parts=[text("x"), file("in.doc")])
    found = opened(mail(parts=[text("x"), file("转发.eml", inner)]), tmp_path)
    assert named(found, "in.doc").path == ("转发.eml",)


def test_links_of_a_forwarded_mail_are_found(tmp_path: Path) -> None:
    inner = text("https://pan.baidu.com/s/1abc 提取码: ab12")
    found = opened(mail(parts=[text("x"), letter_part(inner, "8bit")]), tmp_path)
    assert [link.code for link in found.links] == ["ab12"]


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


def test_a_part_that_cannot_be_decoded_keeps_its_raw_bytes(tmp_path: Path) -> None:
    broken = part(
        'Content-Type: application/msword; name="a.doc"',
        "Content-Transfer-Encoding: base64",
        body=b"\xd0\xcf\x11\xe0" * 50,
    )
    (attached,) = opened(mail(parts=[text("x"), broken]), tmp_path).files
    assert attached.undecodable
    assert attached.disk.read_bytes() == b"\xd0\xcf\x11\xe0" * 50
    assert attached.sha256 == sha256(b"\xd0\xcf\x11\xe0" * 50).hexdigest()


def test_a_body_that_is_wrongly_labelled_base64_is_read_as_it_stands(tmp_path: Path) -> None:
    raw = part(
        "Content-Type: text/plain; charset=gbk",
        "Content-Transfer-Encoding: base64",
        body="联系人：张老师。".encode("gbk"),
    )
    assert opened(raw, tmp_path).message.text == "联系人：张老师。"


def test_a_uuencoded_file_in_the_text_is_a_file(tmp_path: Path) -> None:
    rows = b"begin 644 a.doc\r\n" + binascii.b2a_uu(b"data").replace(b"\n", b"\r\n")
    body = b"see file\r\n" + rows + b"`\r\nend\r\nbye"
    found = opened(part("Subject: x", body=body), tmp_path)
    assert [(f.name, f.disk.read_bytes()) for f in found.files] == [("a.doc", b"data")]
    assert found.message.text == "see file\n\nbye"


def test_names_are_washed(tmp_path: Path) -> None:
    parts = [file("../..\\报告\u202ecod.exe"), file("C:\\x\\a.doc"), file("a\x00b.doc")]
    found = opened(mail(parts=parts), tmp_path)
    assert [f.name for f in found.files] == ["报告cod.exe", "a.doc", "ab.doc"]


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


def test_the_multipart_of_one_file_needs_no_last_boundary(tmp_path: Path) -> None:
    body = mixed(text("x"), file("a.doc", b"data"), last=False)
    raw = part("Subject: x", "Content-Type: multipart/mixed; boundary=b1", body=body)
    found = opened(raw, tmp_path)
    assert [(f.name, f.disk.read_bytes()) for f in found.files] == [("a.doc", b"data")]
    assert found.message.unreadable == ""


def test_a_multipart_without_a_boundary_is_its_text(tmp_path: Path) -> None:
    raw = part("Subject: x", "Content-Type: multipart/mixed; boundary=b1", body=b"words")
    found = opened(raw, tmp_path)
    assert (found.message.text, found.files) == ("words", ())
