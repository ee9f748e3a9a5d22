"""规则: the notice is read out of its data, and each rule says how often it fired."""

from datetime import UTC, datetime

import pytest

from daemon.config.notices import SHIPPED, load
from daemon.web.reading import Reading, blank, title
from rules.catalogue import RULES
from tests.daemon.web.staff import OpenOffice, Staff

JULY = datetime(2020, 7, 1, 4, tzinfo=UTC)


@pytest.fixture
def reading() -> Reading:
    return Reading(load(SHIPPED), "zh", JULY)


def test_a_category_says_what_where_and_when(reading: Reading) -> None:
    stories = reading.asked()[0]
    assert stories.name == "战疫故事汇"
    assert stories.subject == "二级党组织+战疫故事汇+报送日期"
    assert stories.parts[:2] == ("“战疫故事汇”文字材料 · 至少 1 份", "图片材料 · 至少 2 份")
    assert (stories.department, stories.address) == ("组织部", "zzbdj@scau.edu.cn")
    assert [(due.closes, due.left) for due in stories.dues] == [("2020年7月15日 24:00", 14)]


def test_a_window_that_is_over_has_no_days_left() -> None:
    last = Reading(load(SHIPPED), "zh", datetime(2020, 7, 15, 15, 59, tzinfo=UTC))
    over = Reading(load(SHIPPED), "zh", datetime(2020, 7, 15, 16, tzinfo=UTC))
    assert last.asked()[0].dues[0].left == 0
    assert over.asked()[0].dues[0].left is None, "the first instant that is too late"


def test_limits_are_those_of_the_notice(reading: Reading) -> None:
    limits = {allowed.title: allowed.limits for allowed in reading.allowed()}
    assert limits["图片材料"] == ("不超过 10M",)
    assert limits["视频材料"] == ("不超过 2G", "不超过 30 分钟")
    assert limits["文字材料"] == ()


def test_every_rule_is_shown_in_both_languages(office: OpenOffice) -> None:
    page = office.sign_in("read", name="reader").text("/rules")
    for rule in RULES:
        assert f'id="{rule.code}"' in page
        assert "{" not in title(rule.code, "zh") + title(rule.code, "en")


def test_braces_that_are_meant_stay() -> None:
    assert blank("“{name}”大于 {limit}，{{照写}}") == "“…”大于 …，{照写}"


def test_a_rule_leads_to_the_messages_it_fired_in(clerk: Staff) -> None:
    assert 'href="/messages?code=form-missing"' in clerk.text("/rules")


def test_each_department_counts_its_own(office: OpenOffice) -> None:
    fired = office.ledger.frequency.rules
    assert fired(None)["unit-unknown"] == fired({"zuzhibu"})["unit-unknown"] > 0
    assert "unit-unknown" not in fired({"xuanchuanbu"})
    assert fired(set()) == {}


def test_a_rule_that_is_gone_keeps_its_code() -> None:
    assert title("no-such-rule", "zh") == "no-such-rule"
