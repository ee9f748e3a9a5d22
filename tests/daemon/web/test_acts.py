"""What a person decides from a page: each act by its form, its refusals, its undo."""

import re
from datetime import UTC, datetime

import pytest
from httpx import Response

from daemon.ledger import Place
from tests.daemon.web.staff import OpenOffice, Staff

RIGHT, LACKING, UNKNOWN, NASTY_MAIL = 1, 2, 3, 4
STORY = Place(notice="2020-four-ones", unit="农学院党委", category="战疫故事汇", window="7月15日前")
HERE = {
    "notice": STORY.notice,
    "unit": STORY.unit,
    "category": STORY.category,
    "window": STORY.window,
}
PLACE = "/places?notice=2020-four-ones&unit=农学院党委&category=战疫故事汇&window=7月15日前"


def seen(page: str) -> str:
    """What the forms of a page were on."""
    found = re.search(r'name="seen" value="(\d+)"', page)
    assert found, "no form that says what it has seen"
    return found[1]


def decide(staff: Staff, message: int, act: str, **form: str | list[str]) -> Response:
    page = staff.text(f"/messages/{message}")
    return staff.act(f"/messages/{message}/acts/{act}", seen=seen(page), **form)


def status(office: OpenOffice, message: int) -> str:
    known = office.ledger.again.find(message)
    assert known is not None
    return known.status


def test_accepted_by_hand(office: OpenOffice, clerk: Staff) -> None:
    page = clerk.follow(decide(clerk, LACKING, "accept", why="纸质材料已收"))
    assert "已判为合规" in page
    assert "人工判为合规" in page
    assert "纸质材料已收" in page
    assert status(office, LACKING) == "accepted"


def test_returned_with_findings_and_words(office: OpenOffice, clerk: Staff) -> None:
    page = clerk.follow(
        decide(clerk, RIGHT, "return", words="<b>请核对</b>年份", where="稿件.docx", why="看过")
    )
    assert status(office, RIGHT) == "returned"
    assert "&lt;b&gt;请核对&lt;/b&gt;年份" in page
    assert "<b>请核对</b>" not in page


def test_corrected(office: OpenOffice, clerk: Staff) -> None:
    clerk.follow(
        decide(
            clerk,
            UNKNOWN,
            "correct",
            unit="林学与风景园林学院党委",
            slot="党建特色案例\n10月15日前",
            date="2020-07-02",
            reply="1",
        )
    )
    known = office.ledger.again.find(UNKNOWN)
    assert known is not None
    assert (known.place.unit, known.place.category, known.claim_date) == (
        "林学与风景园林学院党委",
        "党建特色案例",
        "2020-07-02",
    )


def test_a_name_is_learnt(office: OpenOffice, clerk: Staff) -> None:
    page = clerk.text(f"/messages/{UNKNOWN}")
    assert 'name="alias" value="蓬莱学院党委"' in page
    form = {"alias": "蓬莱学院党委", "unit": "林学与风景园林学院党委"}
    clerk.follow(decide(clerk, UNKNOWN, "alias", **form))
    assert office.ledger.aliases.of(STORY.notice) == {"林学与风景园林学院党委": ("蓬莱学院党委",)}


def test_judged_again_without_a_change(office: OpenOffice, clerk: Staff) -> None:
    assert "没有变化" in clerk.follow(decide(clerk, LACKING, "rejudge"))
    assert office.ledger.acts.listing() == ()


def test_selected_and_taken_back(office: OpenOffice, clerk: Staff) -> None:
    assert "已遴选" in clerk.follow(decide(clerk, RIGHT, "select"))
    assert office.ledger.selections.all() == {RIGHT}
    clerk.follow(decide(clerk, RIGHT, "unselect"))
    assert office.ledger.selections.all() == frozenset()


def test_a_reply_is_sent_again(office: OpenOffice, clerk: Staff) -> None:
    [reply, *_] = [r for r in office.ledger.drafts.listing() if r.message == LACKING]
    office.ledger.replies.failed(reply.id, office.clock(), "550 no")
    clerk.follow(decide(clerk, LACKING, "resend"))
    answer = office.ledger.again.answer(LACKING)
    assert answer is not None
    assert answer.state == "approved"


def test_an_act_is_undone_from_the_message_and_from_the_history(
    office: OpenOffice, clerk: Staff
) -> None:
    clerk.follow(decide(clerk, LACKING, "accept", why="一"))
    assert 'action="/history/1/undo"' in clerk.text(f"/messages/{LACKING}")
    page = clerk.follow(clerk.act("/history/1/undo", why="误操作", next=f"/messages/{LACKING}"))
    assert "恢复原状" in page
    assert status(office, LACKING) == "returned"
    listed = clerk.text("/history")
    assert "误操作" in listed
    assert 'action="/history/1/undo"' not in listed


def test_who_comes_second_sees_who_was_first_and_keeps_the_words(office: OpenOffice) -> None:
    first, second = office.sign_in(name="甲老师"), office.sign_in(name="乙老师")
    page = second.text(f"/messages/{LACKING}")
    first.follow(decide(first, LACKING, "accept", why="纸质材料已收"))
    answer = second.act(
        f"/messages/{LACKING}/acts/return", seen=seen(page), words="我写了很久的意见"
    )
    assert answer.status_code == 409
    for word in ("甲老师", "人工判为合规", "纸质材料已收", "我写了很久的意见", "没有执行"):
        assert word in answer.text
    assert status(office, LACKING) == "accepted"


def test_a_form_that_does_not_say_what_it_saw_is_refused(office: OpenOffice, clerk: Staff) -> None:
    answer = clerk.act(f"/messages/{LACKING}/acts/accept", why="x")
    assert answer.status_code == 409
    assert status(office, LACKING) == "returned"


@pytest.mark.parametrize(
    ("message", "act", "form"),
    [
        (LACKING, "accept", {}),
        (RIGHT, "accept", {"why": "x"}),
        (UNKNOWN, "accept", {"why": "x"}),
        (RIGHT, "return", {}),
        (LACKING, "correct", {}),
        (LACKING, "correct", {"date": "2020-02-30"}),
        (LACKING, "correct", {"date": "0001-01-01"}),
        (LACKING, "correct", {"unit": "没有"}),
        (UNKNOWN, "alias", {"alias": "农学院", "unit": "园艺学院党委"}),
        (LACKING, "resend", {}),
        (LACKING, "select", {}),
        (RIGHT, "unselect", {}),
        (RIGHT, "rejudge", {}),
    ],
)
def test_what_makes_no_sense_is_told_and_changes_nothing(
    office: OpenOffice, clerk: Staff, message: int, act: str, form: dict[str, str]
) -> None:
    before = (list(office.ledger.messages()), office.ledger.acts.listing())
    answer = decide(clerk, message, act, **form)
    assert answer.status_code == 409
    assert "没有执行" in answer.text
    assert (list(office.ledger.messages()), office.ledger.acts.listing()) == before


@pytest.mark.parametrize("path", ["/messages/1/acts/destroy", "/messages/99/acts/accept"])
def test_an_act_or_a_message_that_is_not_there_is_not_found(clerk: Staff, path: str) -> None:
    assert clerk.act(path, why="x", seen="0").status_code == 404


def test_who_only_reads_gets_no_form_and_decides_nothing(office: OpenOffice) -> None:
    reader = office.sign_in("read", name="reader")
    page = reader.text(f"/messages/{LACKING}")
    assert "/acts/" not in page
    assert reader.act(f"/messages/{LACKING}/acts/accept", why="x", seen="1").status_code == 403
    assert reader.act("/places/acts/waive", why="x", seen="0", **HERE).status_code == 403
    assert reader.act("/history/rejudge", notice=STORY.notice).status_code == 403


def test_another_department_neither_sees_nor_decides(office: OpenOffice, clerk: Staff) -> None:
    clerk.follow(decide(clerk, LACKING, "accept", why="组织部的事"))
    other = office.sign_in("act", "xuanchuanbu", name="other")
    assert "组织部的事" not in other.text("/history")
    assert other.act("/history/1/undo").status_code == 404
    assert other.act(f"/messages/{RIGHT}/acts/return", words="x").status_code == 404
    assert other.get(PLACE).status_code == 404
    assert other.act("/places/acts/waive", why="x", seen="0", **HERE).status_code == 404


def test_a_place_shows_what_came_and_is_waived(office: OpenOffice, clerk: Staff) -> None:
    page = clerk.text(PLACE)
    assert f'href="/messages/{RIGHT}"' in page
    answer = clerk.act("/places/acts/waive", why="整体免报", seen=seen(page), **HERE)
    page = clerk.follow(answer)
    assert "整体免报" in page
    [standing] = [s for s in office.ledger.status() if (s.unit, s.category) == _story()]
    assert (standing.waived, standing.waived_as) == ("整体免报", "waived")


def test_a_place_does_not_apply(office: OpenOffice, clerk: Staff) -> None:
    page = clerk.text(PLACE)
    form = {"why": "无此任务", "seen": seen(page), **HERE}
    assert "不适用" in clerk.follow(clerk.act("/places/acts/not-applicable", **form))
    [standing] = [s for s in office.ledger.status() if (s.unit, s.category) == _story()]
    assert standing.waived_as == "not-applicable"


def test_a_due_time_is_extended_to_the_end_of_the_day(office: OpenOffice, clerk: Staff) -> None:
    page = clerk.text(PLACE)
    form = {"why": "隔离", "seen": seen(page), "until": "2020-07-20", **HERE}
    clerk.follow(clerk.act("/places/acts/extend", **form))
    granted = office.ledger.concessions.at(STORY)
    assert granted is not None
    assert granted.extended == datetime(2020, 7, 20, 16, tzinfo=UTC)


@pytest.mark.parametrize("until", ["", "2020-07-14", "2020-13-40", "9999-12-31", "明天"])
def test_a_due_time_that_makes_no_sense_is_refused(
    office: OpenOffice, clerk: Staff, until: str
) -> None:
    page = clerk.text(PLACE)
    form = {"why": "x", "seen": seen(page), "until": until, **HERE}
    assert clerk.act("/places/acts/extend", **form).status_code == 409
    granted = office.ledger.concessions.at(STORY)
    assert granted is not None
    assert granted.extended is None


@pytest.mark.parametrize(
    "query", ["", "?notice=x", "?notice=2020-four-ones&unit=农学院党委&category=x&window=y"]
)
def test_a_place_that_is_not_there_is_not_found(clerk: Staff, query: str) -> None:
    assert clerk.get(f"/places{query}").status_code == 404


def test_a_whole_notice_is_judged_again(office: OpenOffice, clerk: Staff) -> None:
    page = clerk.follow(clerk.act("/history/rejudge", notice=STORY.notice))
    assert "重新判定了 3 封，其中 0 封" in page
    assert clerk.act("/history/rejudge", notice="没有").status_code == 404


def test_the_history_is_filtered(clerk: Staff) -> None:
    clerk.follow(decide(clerk, LACKING, "accept", why="理由甲"))
    assert "理由甲" in clerk.text("/history?kind=accept&who=clerk")
    assert "理由甲" not in clerk.text("/history?kind=waive")
    assert "理由甲" not in clerk.text("/history?before=1")
    assert "理由甲" in clerk.text("/history?before=x&kind=nonsense")


def _story() -> tuple[str, str]:
    return STORY.unit, STORY.category


def test_a_refusal_leads_nowhere_else(clerk: Staff, office: OpenOffice) -> None:
    clerk.act("/messages/1/acts/select", seen=str(office.ledger.acts.seen(1)))
    [act] = office.ledger.acts.of(1)
    clerk.act(f"/history/{act.id}/undo")
    answer = clerk.act(f"/history/{act.id}/undo", next="javascript:alert(1)")
    assert answer.status_code == 409
    assert "javascript:" not in answer.text
