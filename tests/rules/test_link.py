"""Rules about material that came as a link."""

from typing import Any

import pytest

from rules.judge import judge
from rules.verdict import Status
from tests.rules.builders import (
    FORM,
    FORM2,
    GB,
    MATERIAL,
    NOTICE,
    PHOTOS,
    TEXT,
    a_file,
    a_link,
    a_picture,
    a_story,
    a_submission,
    at,
    codes,
    faults,
    fires,
    quiet,
    spoken,
)


def test_a_required_file_behind_a_link_is_held_and_not_missing() -> None:
    link = a_link("微党课.mp4", size=GB + GB // 2, expires=at("2020-08-09 21:59"))
    submission = a_submission(FORM2, subject=MATERIAL, links=(link,))
    said = spoken(fires("link-only", submission))
    assert "“微党课.mp4”（1.5G），有效期到 2020年8月9日 21:59" in said
    assert codes(submission) == ("link-only",)
    assert judge(submission, NOTICE).status is Status.HELD


@pytest.mark.parametrize("name", ["", "材料.zip"])
def test_a_link_to_who_knows_what_may_hold_all_that_is_missing(name: str) -> None:
    assert codes(a_submission(links=(a_link(name),))) == ("link-only",)


def test_a_named_link_fills_only_what_it_is() -> None:
    submission = a_submission(*PHOTOS, FORM, links=(a_link("花絮.mp4"),))
    assert faults(submission) == {"part-missing"}
    assert faults(a_submission(*PHOTOS, FORM, links=(a_link("故事.docx"),))) == {"link-only"}


def test_the_form_may_be_behind_a_link_that_says_so() -> None:
    assert faults(a_submission(TEXT, *PHOTOS, links=(a_link("推荐表.docx"),))) == {"link-only"}
    assert faults(a_submission(TEXT, *PHOTOS, links=(a_link("花絮.mp4"),))) == {"form-missing"}


def test_a_link_beside_a_whole_submission_is_remarked() -> None:
    submission = a_story(links=(a_link("花絮.mp4", code="ab12", code_needed=True),))
    assert "提取码 ab12" in spoken(fires("link-beside", submission))
    quiet("link-only", submission)
    assert judge(submission, NOTICE).status is Status.ACCEPTED


def test_without_a_category_every_link_waits_for_a_person() -> None:
    submission = a_submission(subject="材料", links=(a_link(),))
    assert faults(submission) == {"subject-unreadable", "link-only"}
    quiet("link-beside", submission)


PAN: dict[str, Any] = {
    "provider": "百度网盘",
    "url": "https://pan.baidu.com/s/1abc",
    "code_needed": True,
}


def test_a_net_disk_link_needs_its_code() -> None:
    submission = a_submission(links=(a_link(**PAN),))
    assert "百度网盘链接 pan.baidu.com/s/1abc 没有写提取码" in spoken(
        fires("link-no-code", submission)
    )
    assert codes(submission) == ("link-no-code",)


def test_a_link_with_its_code_is_whole() -> None:
    quiet("link-no-code", a_submission(links=(a_link(code="ab12", **PAN),)))
    quiet("link-no-code", a_submission(links=(a_link(),)))


def test_a_link_in_the_mail_that_is_answered_is_not_judged_anew() -> None:
    gone = a_link(expires=at("2020-07-01 08:00"), quoted=True)
    for link in (a_link(quoted=True, **PAN), gone):
        assert codes(a_story(links=(link,))) == ()


def test_a_quoted_link_may_still_hold_what_is_asked_for() -> None:
    for link in (a_link("故事.docx", quoted=True), a_link(quoted=True, **PAN)):
        assert faults(a_submission(*PHOTOS, FORM, links=(link,))) == {"link-only"}


def test_a_link_that_had_expired_when_it_came_is_told_so() -> None:
    submission = a_submission(links=(a_link("课.mp4", expires=at("2020-07-10 09:00")),))
    assert "2020年7月10日 09:00" in spoken(fires("link-expired", submission))
    assert "link-only" not in codes(submission)


def test_a_link_that_was_valid_a_second_longer_has_not_expired() -> None:
    quiet("link-expired", a_submission(links=(a_link(expires=at("2020-07-10 09:00:01")),)))
    quiet("link-expired", a_submission(links=(a_link(expires=None),)))


@pytest.mark.parametrize("name", ["原图.zip", "原图.jpg", ""])
def test_originals_behind_a_link_are_fetched_by_a_person(name: str) -> None:
    text = a_file("故事.docx", pictures=(a_picture(),))
    others = (a_file("1.jpg", hash=(1 << 32) - 1), a_file("2.jpg", hash=(1 << 32) - 2))
    links = (a_link(name),)
    assert faults(a_submission(text, *others, FORM, links=links)) == {"link-only"}
    original = a_file("图.jpg", hash=a_picture().hash)
    assert faults(a_submission(text, original, *others, FORM, links=links)) == set()
