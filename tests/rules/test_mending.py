"""Where a mail belongs that answers a reply of ours."""

from typing import Any

from rules import naming
from rules.mending import Mended, inherit
from rules.submission import Claim
from tests.rules.builders import NOTICE, STORY, at

FIRST, SECOND = (w.name for w in NOTICE.categories[3].windows)
WALL = "农学院党委+红色防火墙"


def mended(subject: str, when: str = "2020-09-05 12:00", **place: str) -> Claim:
    known: dict[str, Any] = {
        "unit": "农学院党委",
        "category": "红色防火墙",
        "window": FIRST,
    } | place
    claim = naming.claim(subject, NOTICE, at=at(when))
    return inherit(claim, Mended(notice=NOTICE.id, **known), NOTICE)


def window(claim: Claim) -> str:
    return claim.window.name if claim.window else ""


def test_an_answer_keeps_the_window_of_what_it_mends() -> None:
    found = mended(f"回复：{WALL}")
    assert (window(found), found.mends) == (FIRST, True)


def test_an_answer_that_names_another_batch_is_a_letter_of_its_own() -> None:
    found = mended(f"{WALL}（第二批）")
    assert (window(found), found.mends) == (SECOND, False)
    assert mended(f"{WALL}（第一批）").mends


def test_a_letter_that_stood_nowhere_is_mended_by_a_subject_that_tells_it_all() -> None:
    for place in ({"unit": ""}, {"unit": "", "category": "", "window": ""}):
        assert mended(WALL, **place).mends
    assert window(mended(WALL, unit="")) == FIRST
    assert not mended("回复：材料", unit="").mends
    assert not mended("农学院党委+战疫故事汇", unit="", category="", window="").mends
    assert mended(STORY, unit="", category="", window="").mends


def test_a_subject_is_put_right_only_where_the_one_before_was_at_fault() -> None:
    claim = naming.claim(WALL, NOTICE, at=at("2020-07-01 12:00"))
    known: dict[str, Any] = {"notice": NOTICE.id, "unit": "农学院党委", "category": "红色防火墙"}
    assert inherit(claim, Mended(**known, amiss=True), NOTICE).righted
    assert not inherit(claim, Mended(**known), NOTICE).righted
    other = naming.claim(STORY, NOTICE)
    assert not inherit(other, Mended(**known, amiss=True), NOTICE).righted


def test_another_unit_or_category_mends_nothing() -> None:
    assert not mended("园艺学院党委+红色防火墙").mends
    assert not mended(STORY, unit="").mends
