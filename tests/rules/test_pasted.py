"""Pictures pasted into the mail itself."""

import pytest

from rules.judge import judge
from rules.verdict import Status
from tests.rules.builders import (
    FORM,
    MANUSCRIPT,
    NOTICE,
    PHOTOS,
    STORY,
    TEXT,
    WALL,
    a_file,
    a_story,
    a_submission,
    faults,
    fires,
    quiet,
    spoken,
)

SCREENSHOT = a_file("图片1.png", inline=True, exif=False)
PASTED = a_file("图片2.jpg", inline=True, exif=False)


@pytest.mark.parametrize("more", [(), (a_file("照片3.jpg"),)])
def test_a_screenshot_in_the_text_of_a_whole_submission_is_no_fault(more: tuple[()]) -> None:
    submission = a_story(SCREENSHOT, *more)
    quiet("image-not-jpeg", submission)
    assert "没有当作报送的图片" in spoken(fires("image-pasted", submission))
    verdict = judge(submission, NOTICE)
    assert verdict.status is Status.ACCEPTED
    assert verdict.submission.attachments[4].role == "ignored"


def test_a_screenshot_in_the_text_does_no_harm_where_no_picture_is_asked_for() -> None:
    assert faults(a_submission(MANUSCRIPT, SCREENSHOT, subject=WALL)) == set()
    assert "image-not-jpeg" not in faults(a_submission(SCREENSHOT, subject="材料"))


def test_a_signature_below_the_mail_is_no_scan_in_a_wrong_format() -> None:
    submission = a_story(a_file("签名二维码.png", inline=True))
    fires("image-pasted", submission)
    assert faults(submission) == set()
    fires("scan-format", a_story(a_file("签名二维码.png")))


def test_the_same_file_attached_is_a_picture_in_a_wrong_format() -> None:
    submission = a_story(a_file("图片1.png"))
    fires("image-not-jpeg", submission)
    quiet("image-pasted", submission)


def test_a_pasted_picture_that_is_needed_is_asked_for_as_an_attachment() -> None:
    submission = a_submission(TEXT, PHOTOS[0], FORM, SCREENSHOT, subject=STORY)
    told = spoken(fires("image-not-jpeg", submission))
    assert "粘贴在邮件正文里的图片" in told
    assert "作为附件添加" in told
    assert faults(submission) == {"image-not-jpeg"}


def test_a_page_pasted_into_the_text_may_be_the_form() -> None:
    page = a_file("图片1.png", inline=True, page_like=True)
    assert faults(a_submission(TEXT, *PHOTOS, page)) == {"form-unclear", "image-not-jpeg"}


def test_a_pasted_jpeg_counts_and_the_original_is_asked_for() -> None:
    submission = a_submission(TEXT, PHOTOS[0], FORM, PASTED)
    assert faults(submission) == set()
    assert "先当作图片材料收下" in spoken(fires("image-pasted", submission))


def test_a_photograph_with_its_camera_in_it_is_the_original_wherever_it_stands() -> None:
    quiet("image-pasted", a_story(a_file("IMG_1.JPG", inline=True, exif=True)))
    quiet("image-pasted", a_story(a_file("照片3.jpg", exif=False)))
    quiet("image-pasted", a_story(a_file("logo.png", inline=True, ignored="logo")))
