"""Builders: a reply that is due, and its way to a server."""

from datetime import UTC, datetime

from daemon.ledger import Queued
from daemon.outbox import Server, Smtp

TO = "zhang@example.com"


def a_reply(to: str = TO, raw: bytes = b"Subject: x\r\n\r\ntext\r\n", number: int = 1) -> Queued:
    return Queued(
        id=number,
        message=number,
        message_id=f"{number}@example.edu.cn",
        mailbox="zuzhibu",
        to=to,
        subject="x",
        attempts=0,
        created=datetime(2020, 7, 1, tzinfo=UTC),
        raw=raw,
    )


def send(server: Server, *mails: Queued) -> None:
    smtp = Smtp(server)
    try:
        smtp.open()
        for mail in mails:
            smtp.send(mail)
    finally:
        smtp.close()
