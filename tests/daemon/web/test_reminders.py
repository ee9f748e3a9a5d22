"""催交: who owes what, a text to paste, the mails that go by schedule."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from daemon.config.reminding import Schedule
from daemon.reminders import Reminding
from tests.daemon.web.staff import OpenOffice, Staff

HERE = ZoneInfo("Asia/Shanghai")
WEEK_BEFORE = datetime(2020, 7, 8, 9, tzinfo=HERE)
YYXY = "园艺学院党委"


def scheduled(office: OpenOffice) -> OpenOffice:
    """The same office, with a schedule for 战疫故事汇."""
    week = timedelta(days=7)
    settings = {"reminders": (Schedule(category="战疫故事汇", before=(week,)),)}
    config = office.config.model_copy(update=settings)
    return replace(office, config=config, desk=replace(office.desk, config=config))


def remind(office: OpenOffice) -> int:
    return Reminding(config=office.config, ledger=office.ledger)(WEEK_BEFORE)


def text_of(page: str) -> str:
    found = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    return found[1] if found else ""


def keys(page: str, unit: str) -> list[str]:
    return re.findall(rf'value="([0-9a-f]{{10}})"[^>]*{unit}', page)


def test_who_owes_something_is_listed_and_the_text_is_there_at_once(clerk: Staff) -> None:
    page = clerk.text("/reminders?category=战疫故事汇")
    assert "资源环境学院党委" in text_of(page)
    assert f"· {YYXY}：" in text_of(page)
    assert 'data-copy="#group-text"' in page
    assert "农学院党委、" not in text_of(page).replace("热带", ""), "it has handed in"


def test_the_text_is_of_those_who_are_ticked(clerk: Staff) -> None:
    page = clerk.text("/reminders?category=战疫故事汇")
    (key,) = keys(page, YYXY)
    chosen = clerk.text(f"/reminders?pick=yes&category=战疫故事汇&place={key}")
    assert f"{YYXY}的老师，您好！" in text_of(chosen)
    assert chosen.count(" checked") == 1
    assert text_of(clerk.text("/reminders?pick=yes&category=战疫故事汇")) == ""


def test_what_is_due_in_months_is_listed_and_not_ticked(clerk: Staff) -> None:
    page = clerk.text("/reminders")
    assert "教育素材" in page
    assert "【教育素材】" not in text_of(page)
    assert "【教育素材】" in text_of(clerk.text("/reminders?category=教育素材"))


def test_the_overview_may_name_the_units(clerk: Staff) -> None:
    page = clerk.text(f"/reminders?notice=2020-four-ones&unit={YYXY}")
    assert len(keys(page, "资源环境学院党委")) == 0
    assert f"{YYXY}的老师，您好！" in text_of(page)


def test_missing_and_faulty_are_told_apart(clerk: Staff) -> None:
    missing = clerk.text("/reminders?category=战疫故事汇&state=missing")
    assert keys(missing, YYXY) == []
    faulty = clerk.text("/reminders?category=战疫故事汇&state=returned")
    assert len(keys(faulty, YYXY)) == 1


def test_a_department_reminds_of_its_own_categories(office: OpenOffice) -> None:
    page = office.sign_in("act", "xuanchuanbu").text("/reminders")
    assert "红色防火墙" in text_of(page)
    assert "战疫故事汇" not in page


def test_without_a_schedule_the_page_says_how_to_have_one(clerk: Staff) -> None:
    assert "[[reminders]]" in clerk.text("/reminders")


def test_what_comes_next_can_be_looked_at(office: OpenOffice) -> None:
    clerk = scheduled(office).sign_in("act", name="clerk")
    page = clerk.text("/reminders")
    found = re.search(r'href="(/reminders/preview[^"]*)"', page)
    assert found is not None
    preview = clerk.text(found[1].replace("&amp;", "&"))
    assert "【催交】园艺学院党委+战疫故事汇+20200708" in preview
    assert "家没有收件地址" in preview, "most have never written"


def test_a_preview_of_no_moment_is_empty(office: OpenOffice) -> None:
    clerk = scheduled(office).sign_in("act", name="clerk")
    assert "这个时候没有要发的" in clerk.text("/reminders/preview?at=2020-07-09")
    assert "这个时候没有要发的" in clerk.text("/reminders/preview?at=nonsense")


@pytest.mark.parametrize(
    ("act", "state", "said"),
    [("approve", "approved", "已放行"), ("drop", "dropped", "不会发送")],
)
def test_a_reminder_that_waits_is_let_go_or_dropped(
    office: OpenOffice, act: str, state: str, said: str
) -> None:
    opened = scheduled(office)
    assert remind(opened) == 1
    clerk = opened.sign_in("act", "zuzhibu", name="clerk")
    assert 'action="/reminders/1/approve"' in clerk.text("/reminders")
    assert said in clerk.follow(clerk.act(f"/reminders/1/{act}"))
    (mail,) = opened.ledger.dispatches.newest()
    assert mail.state == state


def test_the_second_who_decides_is_told(office: OpenOffice) -> None:
    opened = scheduled(office)
    remind(opened)
    clerk = opened.sign_in("act", name="clerk")
    clerk.act("/reminders/1/drop")
    assert "晚了一步" in clerk.follow(clerk.act("/reminders/1/approve"))


def test_who_only_reads_or_is_of_another_department_decides_nothing(office: OpenOffice) -> None:
    opened = scheduled(office)
    remind(opened)
    assert opened.sign_in("read").act("/reminders/1/approve").status_code == 403
    other = opened.sign_in("act", "xuanchuanbu")
    assert other.act("/reminders/1/approve").status_code == 404
    assert "20200708" not in other.text("/reminders")
    (mail,) = opened.ledger.dispatches.newest()
    assert mail.held


def test_the_matrix_is_read_once_and_only_where_something_is_owed(office: OpenOffice) -> None:
    staff, asked = scheduled(office).sign_in("admin"), list[str]()
    with office.ledger._store.reading() as connection:
        connection.set_trace_callback(asked.append)
    staff.text("/reminders")
    with office.ledger._store.reading() as connection:
        connection.set_trace_callback(None)
    (read,) = [sql for sql in asked if "from status" in sql]
    assert "status.state in ('missing', 'returned')" in read
