"""What a mail carries: files, pictures, mails inside mails."""

import base64
import binascii
from hashlib import sha256
from pathlib import Path

import pytest

from daemon.message import File, Opened
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
        ("text/html", "ATT00001.htm", "system"),
        ("text/html", "ATT.htm", ""),
        ("application/octet-stream", "a.docx", ""),
    ],
)
def test_what_is_never_a_submission_is_listed_and_ignored(
    kind: str, name: str, ignored: str, tmp_path: Path
) -> None:
    found = opened(mail(parts=[text("x"), file(name, kind=kind)]), tmp_path)
    assert named(found, name).ignored == ignored


FOOTER = b"_______________\r\ndangwu mailing list\r\nhttps://lists.example.edu.cn/dangwu\r\n"


@pytest.mark.parametrize(
    ("name", "data", "ignored"),
    [
        ("", b"", "system"),
        ("", b"\r\n \r\n", "system"),
        ("", b"x", ""),
        ("a.docx", b"", ""),
        ("ATT00001.bin", b"", "system"),
        ("ATT00001.bin", FOOTER, "system"),
        ("ATT00001.bin", "发自我的手机".encode("gb18030"), "system"),
        ("ATT00001.c", b"\r\n", "system"),
        ("ATT00001..txt", FOOTER, "system"),
        ("Untitled attachment 00003.txt", FOOTER, "system"),
        ("ATT00001.bin", b"PK\x03\x04\x14", ""),
        ("ATT00001.bin", b"\xff\xfe\xff", ""),
        ("ATT00001.bin", b"word " * 500, ""),
        ("ATT学院.txt", FOOTER, ""),
        ("ATT00001.docx", FOOTER, ""),
        ("signature.txt", FOOTER, ""),
        ("IMG_0012.AAE", b"<?xml version='1.0'?><plist/>", "system"),
        ("oledata.mso", b"x" * 5000, "system"),
        (".DS_Store", b"x", "system"),
        ("aae.docx", b"", ""),
    ],
)
def test_what_programs_add_is_ignored_and_what_a_person_named_is_not(
    name: str, data: bytes, ignored: str, tmp_path: Path
) -> None:
    unnamed = part("Content-Type: application/octet-stream", body=data)
    found = opened(mail(parts=[text("x"), file(name, data) if name else unnamed]), tmp_path)
    assert [f.ignored for f in found.files] == [ignored]


@pytest.mark.parametrize(
    ("name", "data", "ignored"),
    [
        ("signature.txt", "张三 农学院".encode(), "system"),
        ("signature.txt", "事迹".encode() * 1000, ""),
        ("稿件.txt", "张三 农学院".encode(), ""),
    ],
)
def test_a_signature_that_the_mail_shows_at_its_end_is_ignored(
    name: str, data: bytes, ignored: str, tmp_path: Path
) -> None:
    shown = part(
        "Content-Type: text/plain",
        f'Content-Disposition: inline; filename="{name}"',
        body=data,
    )
    found = opened(mail(parts=[text("x"), shown]), tmp_path)
    assert [f.ignored for f in found.files] == [ignored]


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


def test_the_multipart_of_one_file_needs_no_last_boundary(tmp_path: Path) -> None:
    body = mixed(text("x"), file("a.doc", b"data"), last=False)
    raw = part("Subject: x", "Content-Type: multipart/mixed; boundary=b1", body=body)
    found = opened(raw, tmp_path)
    assert [(f.name, f.disk.read_bytes()) for f in found.files] == [("a.doc", b"data")]
    assert found.message.unreadable == ""


def test_what_was_inside_a_file_follows_that_file(tmp_path: Path) -> None:
    inner = mail("Subject: x", parts=[file("in.doc")], mark="b2")
    parts = [text("x"), letter_part(inner, "8bit"), file("a.doc"), letter_part(inner, "base64")]
    found = opened(mail(parts=parts), tmp_path)
    assert [f.name for f in found.files] == [
        "未命名附件1.eml",
        "in.doc",
        "a.doc",
        "未命名附件3.eml",
        "in.doc",
    ]
    assert len({f.disk for f in found.files}) == 5
