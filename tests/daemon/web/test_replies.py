"""回复: what waits is read, approved, changed, dropped; two people at once do not collide."""

import re

import pytest

from daemon.releasing import text
from tests.daemon.web.staff import OpenOffice, Staff

WAITING = 2  # the answer to the letter that lacks things
DEAD = "550 5.1.1 no such user"


def state(office: OpenOffice, reply: int = WAITING) -> str:
    found = office.ledger.drafts.find(reply)
    assert found is not None
    return found.state


def happened(office: OpenOffice) -> list[tuple[str, str, str]]:
    message = office.ledger.drafts.find(WAITING)
    assert message is not None
    return [(e.who, e.what, e.why) for e in office.ledger.history(message.message)][1:]


def test_what_waits_is_listed_with_its_verdict(clerk: Staff) -> None:
    page = clerk.text("/replies")
    assert "园艺学院党委+战疫故事汇+20200701" in page
    assert "需补正" in page
    assert f'href="/replies/{WAITING}"' in page


def test_each_state_has_its_list(clerk: Staff) -> None:
    for state_, words in (("sent", "还没有发出过回复"), ("failed", "没有发送失败的回复")):
        assert words in clerk.text(f"/replies?state={state_}")
    assert "园艺学院党委" in clerk.text("/replies?state=nonsense"), "what waits, then"


def test_a_list_goes_on(office: OpenOffice) -> None:
    page = office.ledger.outgoing.page("waiting", {"zuzhibu", "xuanchuanbu"}, limit=1)
    assert page.following == page.letters[-1].reply.id == 1
    rest = office.ledger.outgoing.page("waiting", {"zuzhibu"}, begin=1)
    assert rest.letters[0].reply.id == WAITING
    assert rest.following is None


def test_the_whole_letter_is_shown_with_what_it_is_about(office: OpenOffice, clerk: Staff) -> None:
    page = clerk.text(f"/replies/{WAITING}")
    assert "缺少推荐表" in page
    assert "收件人" in page
    assert text(office.ledger, WAITING).splitlines()[0] in page


def test_a_reply_is_approved_and_may_go(office: OpenOffice, clerk: Staff) -> None:
    page = clerk.follow(clerk.act(f"/replies/{WAITING}/approve"))
    assert "已放行，随即发出" in page
    assert state(office) == "approved"
    assert happened(office) == [("clerk", "reply approved", "")]
    assert "已放行，随即发出" not in clerk.text("/replies"), "it is said once"


def test_several_are_approved_at_once(office: OpenOffice, clerk: Staff) -> None:
    page = clerk.follow(clerk.act("/replies/approve", reply=["1", "2", "999", "x", "1"]))
    assert "已放行 2 封" in page
    assert "另有 1 封没有放行" in page
    assert [state(office, n) for n in (1, 2)] == ["approved", "approved"]


def test_none_of_another_department_is_approved_among_several(office: OpenOffice) -> None:
    other = office.sign_in("act", "xuanchuanbu", name="other")
    page = other.follow(other.act("/replies/approve", reply=["1", "2"]))
    assert "已放行 0 封" in page
    assert state(office) == "waiting"


def test_the_second_of_two_sees_that_the_first_has_decided(
    office: OpenOffice, clerk: Staff
) -> None:
    second = office.sign_in("act", "zuzhibu", name="second")
    clerk.act(f"/replies/{WAITING}/drop", why="已电话沟通")
    answer = second.act(f"/replies/{WAITING}/approve")
    assert answer.status_code == 409
    assert "别人已先处理" in answer.text
    assert "clerk" in answer.text
    assert "决定不发送回复" in answer.text
    assert state(office) == "dropped"
    assert len(happened(office)) == 1


def test_what_is_dropped_is_dropped_with_a_reason(office: OpenOffice, clerk: Staff) -> None:
    answer = clerk.act(f"/replies/{WAITING}/drop", why="  ")
    assert answer.status_code == 400
    assert "请写明不发送的理由" in answer.text
    assert state(office) == "waiting"
    clerk.follow(clerk.act(f"/replies/{WAITING}/drop", why="已电话沟通"))
    assert state(office) == "dropped"
    assert happened(office) == [("clerk", "reply dropped", "已电话沟通")]


def edition(clerk: Staff) -> str:
    page = clerk.text(f"/replies/{WAITING}/edit")
    return page.partition('name="of" value="')[2].partition('"')[0]


def test_other_words_are_looked_at_before_they_are_taken(office: OpenOffice, clerk: Staff) -> None:
    before, path = text(office.ledger, WAITING), f"/replies/{WAITING}/edit"
    words = "各位老师：\n\n请补报推荐表。<b>谢谢</b>"
    preview = clerk.act(path, text=words, of=edition(clerk), do="preview")
    assert "发出去会是这样" in preview.text
    assert "&lt;b&gt;谢谢" in preview.text
    assert text(office.ledger, WAITING) == before
    page = clerk.follow(clerk.act(path, text=words, of=edition(clerk), do="save"))
    assert "回复已换成新的文字" in page
    assert text(office.ledger, WAITING) == words
    [(who, what, why)] = happened(office)
    assert (who, what) == ("clerk", "reply edited")
    assert why.strip() == before.strip()


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(
    office: OpenOffice, clerk: Staff
) -> None:
    second, path = office.sign_in("act", "zuzhibu", name="second"), f"/replies/{WAITING}/edit"
    of = edition(clerk)
    second.act(path, text="第二个人的话", of=of, do="save")
    answer = clerk.act(path, text="第一个人的话", of=of, do="save")
    assert answer.status_code == 409
    assert "第二个人的话" in answer.text
    assert "第一个人的话" in answer.text
    assert text(office.ledger, WAITING) == "第二个人的话"


def test_an_empty_text_is_no_reply(office: OpenOffice, clerk: Staff) -> None:
    before = text(office.ledger, WAITING)
    answer = clerk.act(f"/replies/{WAITING}/edit", text=" ", of=edition(clerk), do="save")
    assert answer.status_code == 409
    assert text(office.ledger, WAITING) == before


@pytest.mark.parametrize(("length", "status"), [(20_000, 303), (20_001, 400)])
def test_a_text_has_at_most_20000_characters(clerk: Staff, length: int, status: int) -> None:
    path = f"/replies/{WAITING}/edit"
    assert clerk.act(path, text="长" * length, of=edition(clerk), do="save").status_code == status


def test_an_address_that_mail_came_back_from_is_asked_about(
    office: OpenOffice, clerk: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(office.ledger.caps), "dead", lambda *_: DEAD)
    revived: list[str] = []
    monkeypatch.setattr(type(office.ledger.caps), "revive", lambda _, to: revived.append(to))
    assert DEAD in clerk.text(f"/replies/{WAITING}")
    assert clerk.act(f"/replies/{WAITING}/approve").status_code == 409
    assert state(office) == "waiting"
    assert clerk.act(f"/replies/{WAITING}/approve", revive="1").status_code == 303
    assert state(office) == "approved"
    assert len(revived) == 1


def test_a_reader_sees_no_buttons(office: OpenOffice) -> None:
    reader = office.sign_in("read", name="reader")
    assert "/approve" not in reader.text("/replies").replace('action="/replies/approve"', "")
    page = reader.text(f"/replies/{WAITING}")
    assert f"/replies/{WAITING}/approve" not in page
    assert "你只有查看权限" in page


def test_what_has_gone_cannot_be_changed(clerk: Staff) -> None:
    clerk.act(f"/replies/{WAITING}/approve")
    assert clerk.get(f"/replies/{WAITING}/edit").status_code == 409


def test_what_somebody_else_wrote_meanwhile_is_not_approved_unread(
    office: OpenOffice, clerk: Staff
) -> None:
    [of] = re.findall(r'name="of" value="([0-9a-f]{64})"', clerk.text(f"/replies/{WAITING}"))
    office.sign_in("act", name="boss").act(f"/replies/{WAITING}/edit", text="另一封", do="save")
    answer = clerk.act(f"/replies/{WAITING}/approve", of=of)
    assert (answer.status_code, state(office)) == (409, "waiting")
    [of] = re.findall(r'name="of" value="([0-9a-f]{64})"', answer.text)
    assert clerk.act(f"/replies/{WAITING}/approve", of=of).status_code == 303
