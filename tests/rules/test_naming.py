"""Subject ⇄ Claim."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import naming
from rules.notice import Category, Unit
from rules.submission import Claim
from tests.rules.builders import NOTICE, at

DAY = date(2020, 7, 10)


def read(subject: str) -> Claim:
    return naming.claim(subject, NOTICE, at=at("2020-07-10 09:00"))


@pytest.mark.parametrize(
    "written",
    [
        "20200710", "2020.7.10", "2020-07-10", "2020/7/10", "2020年7月10日", "2020年07月10号",
        "7月10日", "7.10", "07-10", "0710", "200710", "2020710", "七月十日", "二〇二〇年七月十日",
        "２０２０年７月１０日", "2020 年 7 月 10 日", "2020、7、10", "2020·07·10", "2020・7・10",
        "2020,7,10", "2020， 7， 10", "2020+7+10", "2020＋07＋10", "10-Jul-2020", "July 10, 2020",
        "10 july 2020", "Jul. 10 2020", "10th July, 2020", "2020-Jul-10", "10 Jul", "JUL 10",
    ],
)  # fmt: skip
def test_dates_are_read_in_all_writings(written: str) -> None:
    found = read(f"农学院党委+战疫故事汇+{written}")
    assert (found.date, found.unit is not None) == (DAY, True)


@pytest.mark.parametrize("separator", [*"+＋-—_、,， /|·", "", "  ", " + "])
def test_separators_are_all_one(separator: str) -> None:
    found = read(separator.join(("农学院党委", "战疫故事汇", "20200710")))
    assert (found.unit, found.category, found.date) == (
        NOTICE.roster[0],
        NOTICE.categories[0],
        DAY,
    )


@pytest.mark.parametrize(
    "subject",
    [
        "Re: 回复: 答复：转发：Fwd: 农学院党委+战疫故事汇+20200710",
        "RE：FW: Re[2]: 农学院党委+战疫故事汇+20200710",
        "“农学院党委”+《战疫故事汇》+20200710",
        "【农学院党委】战疫故事汇（20200710）",
        "关于报送农学院党委“战疫故事汇”材料的函 2020年7月10日",
        "农学院 党委+战疫 故事汇+20200710",
        "20200710农学院党委战疫故事汇",
        "农学院党委+战疫故事汇+20200710.zip",
        "农学院党委\r\n+战疫故事汇\t+20200710",
        "\ufeff农学\u200b院党委 战疫故事汇 20200710",
        "2020年农学院党委战疫故事汇7月10日",
        "轉寄: 答覆：农学院党委+战疫故事汇+20200710",
        "农学院党委报送“战疫故事汇”（第2版）+20200710",
    ],
)
def test_every_tolerance_reads_the_same_claim(subject: str) -> None:
    found = read(subject)
    assert found.unit is not None
    assert found.category is not None
    assert (found.unit.name, found.category.name, found.date) == ("农学院党委", "战疫故事汇", DAY)
    assert found.deviations


def test_a_longer_name_hides_the_shorter_one_in_it() -> None:
    case = read("农学院党委+疫情防控中的党建特色案例+20200710")
    assert case.category == NOTICE.categories[1]
    assert read("电子工程学院党委+教育素材+20200710").unit == NOTICE.roster[10]
    assert read("工程学院党委+教育素材+20200710").unit == NOTICE.roster[9]


def test_of_several_dates_the_real_and_full_one_counts() -> None:
    assert read("农学院党委+战疫故事汇（1-2）+20200710").date == DAY
    assert read("农学院党委+战疫故事汇+20200230+7月10日").date == DAY


def test_words_that_the_sender_used_are_kept() -> None:
    found = read("农学院党魏+战疫故事+7月32日")
    assert (found.unit_text, found.category_text) == ("农学院党魏", "战疫故事")
    assert found.date_text == "7月32日"
    assert found.date is None
    assert found.proposals[0] == "农学院党委"


def test_the_window_is_that_of_the_arrival() -> None:
    second = naming.claim("农学院党委+红色防火墙", NOTICE, at=at("2020-09-15"))
    assert second.window == NOTICE.categories[3].windows[1]


def test_a_notice_is_chosen_by_its_subject_then_by_its_mailbox() -> None:
    other = replace(NOTICE, id="other", categories=(_category("夏令营"),), mailboxes=())
    both = (NOTICE, other)
    assert naming.choose("农学院党委+夏令营+20200710", both) is other
    assert naming.choose("农学院党委+战疫故事汇+20200710", both) is NOTICE
    assert naming.choose("材料", (other, NOTICE), "zuzhibu") is NOTICE
    assert naming.choose("材料", both) is NOTICE


def _category(name: str) -> Category:
    return Category(name=name, mailbox="", parts=(), windows=())


units = st.sampled_from(NOTICE.roster)
categories = st.sampled_from(NOTICE.categories)
days = st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31))


@given(unit=units, category=categories, day=days)
def test_what_is_written_by_the_rule_reads_back(unit: Unit, category: Category, day: date) -> None:
    wants = naming.wants_date(category, NOTICE)
    said = Claim(unit=unit, category=category, date=day if wants else None)
    found = naming.claim(naming.write(said, NOTICE), NOTICE)
    assert (found.unit, found.category, found.date) == (said.unit, said.category, said.date)
    assert found.deviations == ()
    assert naming.complete(found, NOTICE)


@given(unit=units, category=categories, day=days, data=st.data())
def test_any_alias_in_any_order_reads_the_same(
    unit: Unit, category: Category, day: date, data: st.DataObject
) -> None:
    unit_name = data.draw(st.sampled_from((unit.name, *unit.aliases)))
    name = data.draw(st.sampled_from((category.name, *category.aliases)))
    fields = data.draw(st.permutations([unit_name, name, f"{day:%Y%m%d}"]))
    separator = data.draw(st.sampled_from(["+", " ", "-", "_", "、", ""]))
    found = naming.claim(separator.join(fields), NOTICE)
    assert (found.unit, found.category, found.date) == (unit, category, day)


PIECES = st.sampled_from(
    [
        "农学院",
        "党委",
        "战疫故事汇",
        "红色防火墙",
        "20200710",
        "2020-02-30",
        "回复：",
        "Re:",
        "+",
        "“",
        "\n",
    ]
)


@given(st.one_of(st.text(), st.lists(st.one_of(PIECES, st.text(max_size=3))).map("".join)))
def test_reading_any_text_raises_nothing_and_its_own_suggestion_reads_back(subject: str) -> None:
    found = naming.claim(subject, NOTICE, at=at("2020-07-10"))
    suggested = naming.write(found, NOTICE)
    assert naming.whole(subject, NOTICE) == naming.complete(found, NOTICE)
    if naming.complete(found, NOTICE):
        again = naming.claim(suggested, NOTICE)
        assert (again.unit, again.category) == (found.unit, found.category)


@pytest.mark.parametrize("subject", ["1" * 100_000, "Re:" * 50_000, "的" * 100_000, "年" * 99_999])
def test_hostile_subjects_are_read_in_no_time(subject: str) -> None:
    assert naming.claim(subject, NOTICE).unit is None


@pytest.mark.parametrize(
    ("subject", "category"),
    [
        ("农学院党委+战疫故事汇+20200710+构筑红色防火墙", "战疫故事汇"),
        ("农学院党委+红色防火墙+战疫故事：春耕不停歇", "红色防火墙"),
        ("农学院党委+红色防火墙+我院党建案例获表彰", "红色防火墙"),
        ("农学院党委+战疫故事汇（筑牢红色防火墙）+20200710", "战疫故事汇"),
        ("农学院党委+抗疫教育素材（战疫故事汇视频）+20201010", "教育素材"),
        ("农学院党委 战疫故事汇 20200710 构筑红色防火墙", "战疫故事汇"),
        ("农学院党委+报送战疫故事汇材料+20200710+构筑红色防火墙的人", "战疫故事汇"),
    ],
)
def test_a_title_may_speak_of_another_category(subject: str, category: str) -> None:
    found = read(subject)
    assert found.category is not None
    assert (found.category.name, found.unit) == (category, NOTICE.roster[0])
    assert found.deviations


@pytest.mark.parametrize(
    "subject",
    [
        "农学院党委+战疫故事汇+红色防火墙+20200710",
        "农学院党委+战疫故事汇、红色防火墙+20200710",
        "农学院党委战疫故事汇和红色防火墙20200710",
        "农学院党委+红色防火墙（战疫故事）",
        "农学院党委+战疫故事汇+红色防火墙材料+20200710",
        "农学院党委+构筑红色防火墙+战疫故事汇专辑+20200710",
    ],
)
def test_of_two_categories_none_is_guessed(subject: str) -> None:
    assert read(subject).category is None


@pytest.mark.parametrize(
    "subject",
    [
        "农学院党委+战疫故事汇+20200710", "农学院党委+20200710+战疫故事汇",
        "农学院党委+战疫故事汇+2020.7.10", "农学院党委+战疫故事汇+20200710+3",
    ],
)  # fmt: skip
def test_the_sign_between_the_fields_is_none_within_a_date(subject: str) -> None:
    assert read(subject).date == DAY


@pytest.mark.parametrize("written", ["07/10/2020", "2020+13+45", "2020、7", "Jul 2020", "Junk 10"])
def test_what_is_no_one_day_is_no_date(written: str) -> None:
    assert read(f"农学院党委+战疫故事汇+{written}").date is None


@pytest.mark.parametrize(
    "written",
    [
        "农学院与园艺学院联合党支部", "机关后勤党支部", "机关图书馆党支部",
        "工程学院和食品学院学生联合党支部", "图书馆校医院联合党支部",
        "农学院、园艺学院学生联合党支部",
    ],
)  # fmt: skip
def test_a_branch_of_two_units_is_given_to_neither(written: str) -> None:
    found = read(f"{written}+红色防火墙")
    assert (found.unit, bool(found.unit_text)) == (None, True)


@pytest.mark.parametrize("written", ["农学院机关党支部", "农学院党委机关后勤联合党支部"])
def test_a_unit_may_have_an_office_of_its_own(written: str) -> None:
    """机关 and 后勤 are names of units, and plain words within another."""
    assert read(f"{written}+红色防火墙").unit == NOTICE.roster[0]


@pytest.mark.parametrize("unit", NOTICE.roster, ids=lambda unit: str(unit.name))
def test_every_name_of_every_unit_is_one_unit_also_with_its_branch(unit: Unit) -> None:
    for name in (unit.name, *unit.aliases):
        for written in (name, f"{name}第一党支部", f"报送{name}材料", f"华南农业大学{name}"):
            assert read(f"{written}+战疫故事汇+20200710").unit == unit, written


def test_a_branch_of_two_beside_its_unit_is_the_unit_s() -> None:
    found = read("农学院党委+红色防火墙+农学院与园艺学院联合党支部")
    assert found.unit == NOTICE.roster[0]
