"""Names: of units, of formats, of files; and whose words a mail holds."""

from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import formats, roster
from rules.body import own_words
from rules.files import named_scan
from rules.subjectline import near_category
from rules.template import Template
from tests.rules.builders import NOTICE


@pytest.mark.parametrize("name", ["农学院党委", "农 学 院", "（农学院党委）", "农学院分党委"])
def test_a_unit_is_found_by_any_of_its_names_whatever_is_around_the_letters(name: str) -> None:
    assert roster.find(name, NOTICE) == NOTICE.roster[0]


def test_part_of_a_name_is_no_name() -> None:
    assert roster.find("农学", NOTICE) is None
    assert roster.find("", NOTICE) is None


def test_a_longer_name_hides_those_within_it() -> None:
    named = roster.mentioned("电子工程学院党委和农学院党委的材料", NOTICE)
    assert [unit.name for unit in named] == ["电子工程学院党委", "农学院党委"]


def test_proposals_are_the_nearest_first_and_few() -> None:
    near = roster.propose("动物科学学院党委会", NOTICE)
    assert near[0] == "动物科学学院党委"
    assert len(near) <= 3
    assert roster.propose("甲乙丙丁", NOTICE) == ()
    assert roster.propose("", NOTICE) == ()


NEARLY = st.text(alphabet="农学院党委林工程园", max_size=12)


@given(NEARLY, NEARLY)
def test_nearness_is_how_many_letters_stand_in_the_same_order_or_nothing(
    wanted: str, name: str
) -> None:
    ratio = SequenceMatcher(None, wanted, name, autojunk=False).ratio()
    shared = len(set(wanted) & set(name)) * 2 >= len(set(name)) * 0.6
    assert roster.nearness(wanted, name) == (ratio if shared and ratio >= 0.6 else 0)


def test_a_category_is_proposed_only_when_near() -> None:
    near = near_category("战疫故事荟", NOTICE)
    assert near is not None
    assert near.name == "战疫故事汇"
    assert near_category("党课", NOTICE) is None


@pytest.mark.parametrize(
    ("name", "format_"),
    [("a.JPG", "jpeg"), ("a.wps", "wps"), ("a.doc", "doc"), ("a.tar.gz", "gz"), ("a", ""),
     ("a.xyz", ""), (".jpg", ""), ("a.jpg ", "jpeg"), ("", ""), ("a.m4v", "mp4"),
     ("a.heif", "heic"),
     ("a.com", "com"), ("a.xmind", "xmind")],
)  # fmt: skip
def test_a_name_promises_a_format_by_its_ending(name: str, format_: str) -> None:
    assert formats.by_name(name) == format_


@pytest.mark.parametrize(
    ("format_", "family"),
    [("heif", "image"), ("xml", "text"), ("xlsb", "office"), ("xltx", "office"),
     ("xltm", "office"), ("xlam", "office"), ("potx", "office"), ("ppsx", "office"),
     ("ppsm", "office"), ("vsd", "office"), ("vsdx", "office"), ("mdb", "office"),
     ("com", "program"), ("dex", "program"), ("ps", "image"), ("epub", "page")],
)  # fmt: skip
def test_what_inspection_names_fills_a_part_and_has_a_name(format_: str, family: str) -> None:
    assert formats.family(format_) == family
    assert formats.called(format_).zh != f"{format_} 格式"


def test_an_unlisted_format_is_still_called_something() -> None:
    assert formats.called("dwg").zh == "dwg 格式"
    assert formats.family("dwg") == ""


@pytest.mark.parametrize("name", ["扫描件.pdf", "盖章版.jpg", "Scan_0001.jpg", "签字页.pdf"])
def test_a_scan_says_so_in_its_name(name: str) -> None:
    assert named_scan(name)
    assert not named_scan("照片.jpg")


@pytest.mark.parametrize(
    "quotation",
    [
        "> 之前的话",
        "------------------ 原始邮件 ------------------\n之前",
        "-----Original Message-----\nbefore",
        "发件人: 组织部 <zzbdj@example.cn>\n之前",
        "在 2020年7月1日，组织部 写道：\n之前",
        "On Wed, 1 Jul 2020, A wrote:\nbefore",
    ],
)
def test_quoted_words_are_someone_elses(quotation: str) -> None:
    assert own_words(f"我的话\n{quotation}") == "我的话\n"
    assert own_words("我的话") == "我的话"


def test_a_template_knows_its_fields_their_order_and_its_own_words() -> None:
    template = Template("同心抗疫+{unit}")
    assert (template.fields, template.literals) == (("unit",), ("同心抗疫",))
    assert template.order == ("category", "unit")
    assert Template("{date}_{unit}{category}").order == ("date", "unit", "category")
    assert template.fill(unit="甲", category="乙", date="丙") == "同心抗疫+甲"
