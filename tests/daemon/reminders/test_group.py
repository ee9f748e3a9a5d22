"""A text for a group chat: kind, whole, ready to paste."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest

from daemon.reminders import Gap, Reminding, Speech, gaps, group_text
from rules.notice import Language
from rules.verdict import Status
from tests.daemon.reminders.office import (
    HERE,
    STORIES,
    WALL,
    WEEK_BEFORE,
    Reminded,
    an_office_that_reminds,
    hand_in,
    place,
)

NXY, YYXY = "农学院党委", "园艺学院党委"
WHOLE = """\
各位老师好！
《关于开展基层党建“四个一”行动暨做好庆祝建党99周年有关工作的通知》要报送的材料，下面这些单位还差一点，麻烦抽空看一下：

【战疫故事汇】2020年7月15日 24:00 截止，还有 7 天
还没收到（2 家）：农学院党委、资源环境学院党委
已经收到、还需补正（1 家）：
· 园艺学院党委：缺少推荐表
需要：“战疫故事汇”文字材料、图片材料（至少 2 份）、附件1“战疫故事汇”推荐表
发到：zzbdj@scau.edu.cn（组织部）
邮件主题：二级党组织+战疫故事汇+报送日期
（换成自己单位的名称和发送日期，例如：农学院党委+战疫故事汇+20200708）

有不清楚的地方，欢迎随时打电话：组织部 020-83226783。
刚刚已经发出的请忽略这条提醒，辛苦大家了，谢谢！
"""


def owed(office: Reminded, *categories: str) -> list[Gap]:
    found = gaps(office.ledger.status(), office.config.notices, WEEK_BEFORE)
    return [gap for gap in found if gap.category.name in categories]


def speech(office: Reminded, language: Language = "zh") -> Speech:
    said = Reminding(config=office.config, ledger=office.ledger).speech(WEEK_BEFORE)
    return replace(said, language=language)


def test_the_text_says_what_is_missing_until_when_where_to_and_whom_to_call(
    tmp_path: Path,
) -> None:
    with an_office_that_reminds(tmp_path) as office:
        hand_in(office, YYXY, Status.RETURNED)
        assert group_text(owed(office, STORIES), speech(office)) == WHOLE


def test_a_rule_without_a_date_asks_for_none(tmp_path: Path) -> None:
    with an_office_that_reminds(tmp_path) as office:
        text = group_text(owed(office, WALL), speech(office))
    assert "（换成自己单位的名称，例如：农学院党委+红色防火墙）" in text


def test_one_unit_is_spoken_to_by_name_and_given_its_own_subject(tmp_path: Path) -> None:
    with an_office_that_reminds(tmp_path, units=1) as office:
        text = group_text(owed(office, STORIES, WALL), speech(office))
    assert text.startswith("农学院党委的老师，您好！")
    assert "邮件主题：农学院党委+战疫故事汇+20200708\n" in text
    assert "邮件主题：农学院党委+红色防火墙\n" in text
    assert "组织部 020-83226783；宣传部 020-85285143" in text


def test_who_was_given_more_time_stands_apart(tmp_path: Path) -> None:
    with an_office_that_reminds(tmp_path) as office:
        office.ledger.concessions.extend(place(NXY), WEEK_BEFORE.replace(day=20, hour=12))
        text = group_text(owed(office, STORIES), speech(office))
    assert text.count("【战疫故事汇】") == 2
    assert "2020年7月20日 12:00 截止" in text


@pytest.mark.parametrize(
    ("late", "said"), [("accept", "仍可补报"), ("return", "与我们联系"), ("hold", "与我们联系")]
)
def test_what_is_late_is_told_by_what_the_notice_does_with_it(
    tmp_path: Path, late: Literal["accept", "return", "hold"], said: str
) -> None:
    with an_office_that_reminds(tmp_path) as office:
        found = [replace(gap, notice=replace(gap.notice, late=late)) for gap in owed(office, WALL)]
        assert said in group_text(found, speech(office))


def test_english_offices_have_an_english_text(tmp_path: Path) -> None:
    with an_office_that_reminds(tmp_path) as office:
        hand_in(office, YYXY, Status.RETURNED)
        text = group_text(owed(office, STORIES), speech(office, "en"))
    assert "Not here yet (2): 农学院党委, 资源环境学院党委" in text
    assert "· 园艺学院党委: The form is missing" in text


def test_nobody_owes_anything_nothing_is_said(tmp_path: Path) -> None:
    with an_office_that_reminds(tmp_path) as office:
        assert group_text([], speech(office)) == ""


def test_a_window_that_has_not_opened_is_nobodys_debt(tmp_path: Path) -> None:
    with an_office_that_reminds(tmp_path, units=1) as office:
        rows, notices = office.ledger.status(), office.config.notices
        opens = WEEK_BEFORE.replace(month=9, day=1, hour=0)
        before, after = (
            {g.standing.window for g in gaps(rows, notices, at)}
            for at in (opens - timedelta(seconds=1), opens.astimezone(HERE))
        )
    assert "第二批（9月30日前）" not in before
    assert "第二批（9月30日前）" in after
