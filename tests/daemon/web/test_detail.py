"""详情: one submission with all that is known of it, as text, for those who may see it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from daemon.ledger import Key
from rules.submission import Link
from rules.verdict import Status
from tests.daemon.ledger.entries import a_file, a_finding, a_submission, a_verdict, an_entry
from tests.daemon.web.staff import NASTY, OpenOffice


def test_an_accepted_submission_shows_its_files_and_its_reply(office: OpenOffice) -> None:
    page = office.sign_in("read").text("/messages/1")
    for words in (
        "农学院党委+战疫故事汇+20200701.docx",
        "推荐表 · 附件1",
        "材料题目",  # of the form as it was filled in
        "1600×1200",
        "2020年7月15日 24:00",
        "待放行",
        "第 1 版",
        "判为合规",
        "/messages/1/letter",
    ):
        assert words in page, words


def test_a_returned_submission_shows_what_was_seen_required_and_how_to_mend_it(
    office: OpenOffice,
) -> None:
    page = office.sign_in("read").text("/messages/2")
    assert "image-not-jpeg" in page
    assert "改法" in page
    assert "缺少" in page


def test_what_a_sender_wrote_is_text(office: OpenOffice) -> None:
    page = office.sign_in("read").text("/messages/4")
    assert NASTY not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 3
    assert "style=" not in page


def test_another_departments_submission_is_not_there(office: OpenOffice) -> None:
    theirs = office.sign_in("act", "xuanchuanbu")
    assert theirs.get("/messages/1").status_code == 404
    assert theirs.get("/messages/5").status_code == 200


def test_what_is_not_there_is_said_so(office: OpenOffice) -> None:
    reader = office.sign_in("read")
    for number in ("0", "99", "9" * 40, "-1", "x", "1/../2"):
        assert reader.get(f"/messages/{number}").status_code == 404 or number == "1/../2"


def test_every_version_of_the_place_leads_to_the_others(office: OpenOffice) -> None:
    first = office.ledger.record(an_entry(71))
    second = office.ledger.record(an_entry(72))
    page = office.sign_in("read").text(f"/messages/{first}")
    assert f'href="/messages/{second}"' in page


def test_a_granted_extension_is_the_due_time(office: OpenOffice) -> None:
    letter = office.ledger.details.letter(2)
    assert letter is not None
    office.ledger.concessions.extend(letter.place, office.clock() + timedelta(days=30))
    assert "2020年7月31日 13:00" in office.sign_in("read").text("/messages/2")


def test_a_link_is_shown_and_leads_nowhere(office: OpenOffice) -> None:
    link = Link(provider="qq", url="javascript:alert(1)", name="微党课.mp4", size=1 << 20, code="x")
    submission = a_submission(a_file(), links=(link,))
    message = office.ledger.record(an_entry(73, a_verdict(Status.HELD, submission)))
    page = office.sign_in("read").text(f"/messages/{message}")
    assert "微党课.mp4" in page
    assert 'href="javascript' not in page


def test_a_message_that_could_not_be_judged_shows_the_trace(office: OpenOffice) -> None:
    entry = an_entry(74, a_verdict(Status.HELD), reply=None, unanswered="程序出错")
    message = office.ledger.record(replace(entry, fault="Traceback: <b>boom</b>"))
    page = office.sign_in("read").text(f"/messages/{message}")
    assert "Traceback: &lt;b&gt;boom&lt;/b&gt;" in page
    assert "没有写回复" in page


@pytest.mark.parametrize("role", ["read", "act"])
def test_danger_is_told_and_shown_to_nobody(office: OpenOffice, role: str) -> None:
    verdict = a_verdict(Status.HELD, a_submission(a_file("故事.jpg")), [a_finding("malware")])
    message = office.ledger.record(an_entry(75, verdict))
    page = office.sign_in("read" if role == "read" else "act").text(f"/messages/{message}")
    assert "文件已隔离" in page
    assert "/thumbnail" not in page
    assert ("/letter" in page) == (role == "act")


def test_a_finding_of_an_older_version_stands_for_itself(office: OpenOffice) -> None:
    verdict = a_verdict(Status.RETURNED, findings=[a_finding("code-of-old")])
    message = office.ledger.record(an_entry(76, verdict))
    assert "code-of-old" in office.sign_in("read").text(f"/messages/{message}")


def test_a_mail_of_a_mailbox_that_is_gone_is_shown(office: OpenOffice) -> None:
    entry = replace(an_entry(77), key=Key(mailbox="old", uidvalidity="1", uid=77))
    message = office.ledger.record(entry)
    assert "old" in office.sign_in("read").text(f"/messages/{message}")


def test_a_version_in_another_departments_mailbox_is_not_shown(office: OpenOffice) -> None:
    ours = office.ledger.record(an_entry(74))
    entry = an_entry(75)
    other = Key(mailbox="xuanchuanbu", uidvalidity="1", uid=75)
    theirs = office.ledger.record(replace(entry, key=other, reply=None))
    link = f'href="/messages/{theirs}"'
    assert link not in office.sign_in("act", "zuzhibu").text(f"/messages/{ours}")
    assert link in office.sign_in("read").text(f"/messages/{ours}")


def test_an_instant_is_told_to_machines_with_its_zone(office: OpenOffice) -> None:
    page = office.sign_in("read").text("/messages/1")
    assert '<time datetime="2020-07-01T12:00:00+08:00">' in page
    assert "%:z" not in page
