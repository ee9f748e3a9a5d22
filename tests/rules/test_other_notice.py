"""Another office's notice, by the same rules: its naming, limits, hours, severities and words."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from daemon.config.notices import SHIPPED, load
from rules import naming
from rules.judge import judge
from rules.submission import Attachment, Submission
from rules.verdict import Severity, Status
from tests.rules.builders import (
    CONTACT,
    MB,
    a_file,
    a_picture,
    a_submission,
    faults,
    fires,
    quiet,
    spoken,
)

TOGETHER = load(Path(__file__).parent / "notices" / "2020-tongxin.toml")
ESSAY, PHOTOGRAPHY = "同心抗疫+农学院团委", "摄影作品+园艺学院团委"
PHOTOS = tuple(a_file(f"{n}.jpg") for n in range(3))
FORM = a_file("作品登记表.docx")


def an_essay(*files: Attachment, received: str = "2020-06-20 09:00", **facts: Any) -> Submission:
    essay = a_file("征文+农学院团委.docx", **({"chars": 1000, "contact": CONTACT} | facts))
    return a_submission(essay, *files, subject=ESSAY, received=received, notice=TOGETHER)


def photographs(*files: Attachment, received: str = "2020-06-20 09:00") -> Submission:
    return a_submission(*files, subject=PHOTOGRAPHY, received=received, notice=TOGETHER)


def test_a_rule_without_the_category_names_it_by_its_own_words() -> None:
    claim = naming.claim(ESSAY, TOGETHER)
    assert claim.category is not None
    assert claim.unit is not None
    assert (claim.category.name, claim.unit.name) == ("征文", "农学院团委")
    assert claim.deviations == ()
    assert naming.write(claim, TOGETHER) == ESSAY


def test_each_category_has_a_field_order_of_its_own() -> None:
    assert naming.claim(PHOTOGRAPHY, TOGETHER).deviations == ()
    assert naming.claim("园艺学院团委+摄影作品", TOGETHER).deviations == ("order",)
    assert naming.claim("农学院团委+同心抗疫", TOGETHER).deviations == ("order",)
    assert naming.claim("同心抗疫 农学院 6月20日", TOGETHER).deviations == ("date",)


def test_what_complies_is_accepted() -> None:
    assert judge(an_essay(), TOGETHER).status is Status.ACCEPTED
    assert judge(photographs(*PHOTOS, FORM), TOGETHER).status is Status.ACCEPTED


def test_no_date_is_asked_for() -> None:
    quiet("date-missing", an_essay(), TOGETHER)


@pytest.mark.parametrize("chars", [799, 2001])
def test_essays_have_a_length(chars: int) -> None:
    assert "800–2000" in spoken(fires("text-length", an_essay(chars=chars), TOGETHER), TOGETHER)


@pytest.mark.parametrize("chars", [800, 2000])
def test_the_ends_of_the_length_are_within(chars: int) -> None:
    quiet("text-length", an_essay(chars=chars), TOGETHER)


@pytest.mark.parametrize(("count", "wrong"), [(2, "part-missing"), (6, "too-many-files")])
def test_photographs_are_counted(count: int, wrong: str) -> None:
    photos = tuple(a_file(f"{n}.png") for n in range(count))
    assert faults(photographs(*photos, FORM), TOGETHER) == {wrong}


@pytest.mark.parametrize("count", [3, 5])
def test_three_to_five_photographs_are_right(count: int) -> None:
    photos = tuple(a_file(f"{n}.png") for n in range(count))
    assert faults(photographs(*photos, FORM), TOGETHER) == set()


def test_small_photographs_are_told_in_the_offices_own_words() -> None:
    small = a_file("3.jpg", width=1280, height=720)
    said = spoken(fires("image-too-small", photographs(*PHOTOS, small, FORM), TOGETHER), TOGETHER)
    assert "照片要制作展板" in said
    assert "“3.jpg”只有 1280×720" in said
    assert "图片分辨率太低" in said  # what the notice leaves alone stays


def test_a_category_has_limits_of_its_own() -> None:
    form = a_file("登记表.pdf", size=6 * MB)
    assert "不超过 5M" in spoken(
        fires("scan-too-large", photographs(*PHOTOS, form), TOGETHER), TOGETHER
    )
    quiet("image-too-large", photographs(*PHOTOS, a_file("4.jpg", size=20 * MB), FORM), TOGETHER)


@pytest.mark.parametrize(
    ("received", "late"), [("2020-06-30 12:09:59", False), ("2020-06-30 12:10:00", True)]
)
def test_noon_and_ten_minutes_of_grace(received: str, late: bool) -> None:
    verdict = judge(an_essay(received=received), TOGETHER)
    assert verdict.late is late
    assert verdict.status is (Status.RETURNED if late else Status.ACCEPTED)


@pytest.mark.parametrize(
    ("received", "late"), [("2020-07-10 17:39:59", False), ("2020-07-10 17:40:00", True)]
)
def test_the_end_of_the_working_day(received: str, late: bool) -> None:
    submission = photographs(*PHOTOS, FORM, received=received)
    assert judge(submission, TOGETHER).late is late
    if late:
        said = spoken(fires("late", submission, TOGETHER), TOGETHER)
        assert "已过截稿时间" in said
        assert "2020年7月10日 17:30" in said


def test_severities_are_the_offices_own() -> None:
    chat = a_file("mmexport15943456789.jpg", exif=False, size=MB - 1)
    submission = photographs(*PHOTOS, chat, FORM)
    assert fires("image-not-original", submission, TOGETHER).severity is Severity.ERROR
    assert judge(submission, TOGETHER).status is Status.RETURNED


def test_pictures_in_an_essay_need_no_originals_here() -> None:
    quiet("images-not-separate", an_essay(pictures=(a_picture(),)), TOGETHER)


def test_formats_this_notice_sets_nothing_for_are_not_listed() -> None:
    fires("format-not-listed", an_essay(a_file("视频.mp4")), TOGETHER)


def test_each_notice_takes_what_is_its_own() -> None:
    both = (load(SHIPPED), TOGETHER)
    assert naming.choose(ESSAY, both).id == "2020-tongxin"
    assert naming.choose("农学院党委+战疫故事汇+20200710", both).id == "2020-four-ones"
    assert TOGETHER.categories[0].windows[0].closes == date(2020, 6, 30)
