"""What a notice alone decides is worked out once for each, and never served for another."""

import re
import unicodedata
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from rules import naming, roster, subjectline
from rules.aliases import with_aliases
from rules.forms import read
from rules.notice import Category, Notice, Unit
from rules.submission import Claim, Message, Submission
from rules.suggestion import suggest
from rules.traditional import simplified

from .builders import NOTICE, a_file

FIRST = NOTICE.roster[0]


def test_a_notice_with_the_same_further_names_is_the_same() -> None:
    one, two = (with_aliases(NOTICE, {FIRST.name: ("甲组",)}) for _ in range(2))
    assert one is two
    assert roster.find("甲组", one) is not None
    assert roster.find("甲组", NOTICE) is None


def test_a_name_that_is_added_or_taken_away_counts_at_once() -> None:
    both = with_aliases(NOTICE, {FIRST.name: ("甲组", "乙组")})
    one = with_aliases(NOTICE, {FIRST.name: ("乙组",)})
    assert roster.find("甲组", both) == both.roster[0]
    assert roster.find("甲组", one) is None
    assert naming.claim("甲组+战疫故事汇+20200710", both).unit == both.roster[0]
    assert naming.claim("甲组+战疫故事汇+20200710", one).unit is None


def test_names_of_units_that_are_not_asked_leave_the_notice_alone() -> None:
    assert with_aliases(NOTICE, {}) is NOTICE
    assert with_aliases(NOTICE, {"没有这个单位": ("甲组",)}) is NOTICE


def test_equal_notices_are_told_apart_by_nothing() -> None:
    twin = replace(NOTICE)
    assert twin is not NOTICE
    assert (twin, hash(twin)) == (NOTICE, hash(NOTICE))


def test_a_notice_of_the_same_name_that_asks_for_other_things_is_read_anew() -> None:
    """The office corrects its notice and reloads."""
    subject = "农学院党委+战疫故事汇+20200710"
    assert naming.claim(subject, NOTICE).category is not None
    other = replace(NOTICE, categories=NOTICE.categories[1:], naming="{date}-{unit}-{category}")
    assert naming.claim(subject, other).category is None
    assert naming.pattern(None, other) != naming.pattern(None, NOTICE)
    renamed = replace(NOTICE, roster=(Unit(name="甲组"), *NOTICE.roster[1:]))
    assert naming.claim(subject, renamed).unit is None
    assert naming.claim(subject, NOTICE).unit == FIRST


def test_what_one_letter_suggests_is_not_suggested_to_another() -> None:
    """What was guessed is kept by all that it is guessed from, and by nothing less."""
    text, sender = "农学院党委的战疫故事汇，请查收", Message(subject="材料", text="请查收")
    told = replace(sender, text=text)
    named = (a_file("农学院党委+战疫故事汇.docx"),)
    for _ in range(2):
        assert suggest(Submission(message=sender, claim=Claim()), NOTICE).startswith("二级党组织+")
        assert suggest(Submission(message=told, claim=Claim()), NOTICE).startswith("农学院党委+战")
        with_file = Submission(message=sender, claim=Claim(), attachments=named)
        assert suggest(with_file, NOTICE).startswith("农学院党委+战疫故事汇")
        other = replace(NOTICE, roster=NOTICE.roster[1:])
        assert not suggest(with_file, other).startswith("农学院党委")


def test_forms_with_other_words_are_read_anew() -> None:
    form = NOTICE.forms[0]
    for name in ("张老师", "", "张老师", "李老师"):
        assert read(a_file("表.docx", tables=((("联系人", name),),)), form) == {"联系人": name}


def test_of_two_units_called_the_same_the_first_is_meant() -> None:
    twins = replace(NOTICE, roster=(Unit(name="甲组"), Unit(name="乙组", aliases=("甲组",))))
    assert roster.find("甲 组", twins) == twins.roster[0]


NAMES = ("战疫故事汇", "故事", "Vlog短片", "vlog", "“红色”防火墙", "防火墙", "ＱＱ空间", "農業")
PIECES = (
    *NAMES,
    "战 疫",
    "故 事\n汇",
    "VLOG",
    "VLog 短片",
    "红色",
    "防火",
    "墙",
    "qq 空间",
    "农业",
    " ",
)
NAMED = replace(
    NOTICE,
    id="named",
    categories=tuple(replace(NOTICE.categories[0], name=name, aliases=()) for name in NAMES),
)


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_a_category_is_found_wherever_its_name_is_spread(text: str) -> None:
    found = [(hit.start, hit.end, hit.category.name) for hit in subjectline.categories(text, NAMED)]
    assert found == everywhere(simplified(text), NAMED)


def everywhere(text: str, notice: Notice) -> list[tuple[int, int, str]]:
    """Every name looked for by its pattern, the longest first, and blanked where it is found."""
    found = []
    for category in sorted(notice.categories, key=lambda c: -len(c.name)):
        pattern = spread(category)
        found += [(hit.start(), hit.end(), category.name) for hit in pattern.finditer(text)]
        text = pattern.sub(lambda hit: "\n" * len(hit[0]), text)
    return sorted(found, key=lambda hit: hit[0])


def spread(category: Category) -> re.Pattern[str]:
    name = (
        unicodedata.normalize("NFKC", simplified(category.name)).replace("“", "").replace("”", "")
    )
    return re.compile(r"\s*".join(map(re.escape, name)), re.IGNORECASE)
