"""A reply that comes back: its address is written to no more, and both rows say so."""

from collections.abc import Callable, Iterator
from email import message_from_bytes
from pathlib import Path

import pytest

from daemon.config import Config
from daemon.office import Office
from tests import material
from tests.daemon.offices import NOON, Clock, answers, configured, post
from tests.letters import Enclosure, bounce_163, bounce_qq, delivery_report, letter

SUBJECT = "农学院党委+战疫故事汇+20200701"
SENDER = "nxy@example.edu.cn"


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return configured(tmp_path)


@pytest.fixture
def office(config: Config, tmp_path: Path) -> Iterator[Office]:
    """It has answered one faulty mail."""
    with Office(config, clock=Clock()) as opened:
        post(tmp_path, "1", faulty("第一封"))
        passes(opened)
        yield opened


def faulty(text: str, sender: str = SENDER) -> bytes:
    files = [("1.jpg", material.jpeg())]
    return letter(subject=SUBJECT, sender=sender, text=text, files=files, date=NOON)


def passes(office: Office) -> None:
    office.poll(office.config.mailboxes[0])
    office.deliver(office.config.mailboxes[0])


def ours(root: Path) -> str:
    return str(message_from_bytes(answers(root)[0])["Message-ID"]).strip("<>")


Kind = Callable[[str], bytes]


def permanent(original: str) -> bytes:
    return delivery_report(original=original)


def coremail(original: str) -> bytes:
    return bounce_163(original=original)


@pytest.mark.parametrize("kind", [permanent, coremail])
def test_an_address_that_is_gone_is_not_answered_again(
    tmp_path: Path, office: Office, kind: Kind
) -> None:
    post(tmp_path, "2", kind(ours(tmp_path)))
    passes(office)
    assert office.ledger.caps.dead(SENDER) != ""
    assert office.ledger.history(1)[-1].what == "reply bounced"
    assert "[message 2]" in office.ledger.history(1)[-1].why
    assert office.ledger.history(2)[-1].why == f"our reply to {SENDER}, message 1"
    post(tmp_path, "3", faulty("第二封"))
    passes(office)
    rows = list(office.ledger.messages())
    assert [row["status"] for row in rows] == ["returned", "ignored", "returned"]
    assert rows[2]["reply"] is None
    assert len(answers(tmp_path)) == 1


def test_a_delay_is_noted_and_kills_nobody(tmp_path: Path, office: Office) -> None:
    post(tmp_path, "2", delivery_report(original=ours(tmp_path), status="4.4.1"))
    passes(office)
    assert office.ledger.caps.dead(SENDER) == ""
    assert office.ledger.history(1)[-1].what == "reply delayed or refused"
    post(tmp_path, "3", faulty("第二封"))
    passes(office)
    assert len(answers(tmp_path)) == 2


@pytest.mark.parametrize("original", ["baosong.0@scau.edu.cn", "other@example.com"])
def test_a_bounce_of_what_we_never_wrote_changes_nothing(
    tmp_path: Path, office: Office, original: str
) -> None:
    post(tmp_path, "2", delivery_report(original=original))
    passes(office)
    assert office.ledger.caps.dead(SENDER) == ""
    assert [e.what for e in office.ledger.history(2)] == ["ignored"]


def test_qq_names_the_address_alone_and_is_believed_of_its_own(
    tmp_path: Path, office: Office
) -> None:
    post(tmp_path, "2", faulty("来自 QQ", sender="10001@qq.com"))
    passes(office)
    post(tmp_path, "3", bounce_qq())
    passes(office)
    assert office.ledger.caps.dead("10001@qq.com") != ""
    assert office.ledger.history(2)[-1].what == "reply bounced"


def test_a_stranger_cannot_declare_another_s_address_dead(tmp_path: Path, office: Office) -> None:
    raw = letter(
        subject="系统退信",
        sender="Postmaster <postmaster@example.net>",
        text=f"{SENDER} 不存在",
        headers=[("Return-Path", "<>")],
    )
    post(tmp_path, "2", raw)
    passes(office)
    assert office.ledger.caps.dead(SENDER) == ""


def test_a_person_who_forwards_a_bounce_is_no_bounce(tmp_path: Path, office: Office) -> None:
    part = Enclosure("退信.eml", delivery_report(original=ours(tmp_path)), type="message/rfc822")
    post(tmp_path, "2", letter(subject="转发：退信", files=[part], date=NOON))
    passes(office)
    assert office.ledger.caps.dead(SENDER) == ""


def test_reading_the_bounce_again_says_it_once(tmp_path: Path, office: Office) -> None:
    post(tmp_path, "2", delivery_report(original=ours(tmp_path)))
    for _ in range(3):
        passes(office)
    assert [e.what for e in office.ledger.history(1)].count("reply bounced") == 1
