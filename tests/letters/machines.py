"""Mail that no person wrote: absence notes, bounces, recalls."""

from tests.letters.header import words
from tests.letters.letter import NOON, ORGANISATION, OURS, SENDER, letter, multipart


def out_of_office(*, sender: str = SENDER, subject: str = "自动回复: 报送通知") -> bytes:
    """As RFC 3834 asks."""
    return letter(
        subject=subject,
        sender=sender,
        text="您好，我正在出差，7月20日返校后尽快回复。",
        headers=[("Auto-Submitted", "auto-replied"), ("In-Reply-To", f"<{OURS}>")],
    )


def qq_vacation() -> bytes:
    """QQ's absence note: no Auto-Submitted, its own header, a sender with a tag."""
    return letter(
        subject="自动回复: 报送通知",
        sender="某某 <10001+auto_=zzbdj=scau.edu.cn@qq.com>",
        text="您好，我已收到您的邮件，稍后回复。",
        headers=[("X-QQ-AUTO-REPLY", "true"), ("X-Mailer", "QQMail 2.x")],
    )


def qq_forwarded_by_rule() -> bytes:
    """`X-QQ-AUTO-FWD` marks genuine mail that a rule of the mailbox passed on."""
    return letter(subject="农学院党委+战疫故事汇+20200710", headers=[("X-QQ-AUTO-FWD", "true")])


def bounce_163(*, original: str = OURS) -> bytes:
    return letter(
        subject="系统退信",
        sender="Postmaster <Postmaster@163.com>",
        text="抱歉，您的邮件被退回来了。收件人邮件地址不存在。",
        headers=[("X-CM-Original-Message-ID", f"<{original}>"), ("Return-Path", "<>")],
    )


def bounce_qq() -> bytes:
    return letter(
        subject="来自qq.com的退信",
        sender="PostMaster <PostMaster@qq.com>",
        text="",
        html="<p>无法发送到 10001@qq.com：Mailbox unavailable</p>",
        headers=[("Return-Path", "<>"), ("Auto-Submitted", "auto-generated")],
    )


def delivery_report(*, original: str = OURS, status: str = "5.1.1") -> bytes:
    """A multipart/report of RFC 3464."""
    report = (
        "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.com\r\n\r\n"
        f"Final-Recipient: rfc822; nobody@example.edu.cn\r\nAction: failed\r\nStatus: {status}\r\n"
    )
    returned = f"Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{original}>\r\n"
    note = b"Content-Type: text/plain\r\n\r\nThe address does not exist.\r\n"
    body = multipart("report", [note, report.encode("ascii"), returned.encode("ascii")])
    body = body.replace(b"multipart/report;", b"multipart/report; report-type=delivery-status;", 1)
    return _plain_top("Undelivered Mail Returned to Sender", "MAILER-DAEMON@mx.example.com") + body


def _plain_top(subject: str, sender: str) -> bytes:
    lines = (
        b"Return-Path: <>",
        b"From: " + sender.encode("ascii"),
        b"To: " + ORGANISATION.encode("ascii"),
        b"Subject: " + words(subject, "utf-8"),
        b"Date: " + NOON.strftime("%a, %d %b %Y %H:%M:%S +0800").encode("ascii"),
        b"MIME-Version: 1.0\r\n",
    )
    return b"\r\n".join(lines)


def calendar_reply(*, method: str = "REPLY", typed: bool = True, depth: int = 1) -> bytes:
    """As Exchange and Outlook answer an invitation: the calendar stands beside the text, in
    `depth` multiparts. Not `typed`: only the calendar itself says what it wants."""
    said = f"; method={method}" if typed else ""
    calendar = f"Content-Type: text/calendar; charset=utf-8{said}\r\n\r\nBEGIN:VCALENDAR\r\n"
    calendar += f"METHOD:{method}\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    note = b"Content-Type: text/plain\r\n\r\nAccepted\r\n"
    body = multipart("alternative", [note, calendar.encode("ascii")])
    for _ in range(depth - 1):
        body = multipart("mixed", [body])
    top = _plain_top("已接受: 报送工作会", "teacher@example.edu.cn")
    return top.replace(b"Return-Path: <>", b"Return-Path: <teacher@example.edu.cn>") + body


def recall(*, subject: str = "农学院党委+战疫故事汇+20200710") -> bytes:
    """The note that a sender's recall leaves in the mailbox."""
    return letter(subject=f"发信方已撤回邮件：{subject}", text="发信方已撤回该邮件。")


def newsletter() -> bytes:
    return letter(
        subject="每周精选",
        sender="推荐 <news@example.com>",
        headers=[("List-Unsubscribe", "<https://example.com/u>"), ("Precedence", "bulk")],
    )
