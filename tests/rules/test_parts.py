"""Rules about what is asked for and what came."""

from dataclasses import replace
from typing import Any

import pytest

from rules.judge import judge
from rules.notice import Part
from rules.submission import Sighting
from rules.verdict import Status
from tests.rules.builders import (
    CASE,
    CONTACT,
    FORM,
    FORM2,
    MATERIAL,
    NOTICE,
    PHOTOS,
    STORY_FILES,
    TEXT,
    a_file,
    a_link,
    a_story,
    a_submission,
    at,
    codes,
    earlier,
    faults,
    fires,
    quiet,
    spoken,
    story_with,
)


def test_a_compliant_submission_is_accepted_without_a_word() -> None:
    verdict = judge(a_story(), NOTICE)
    assert (verdict.status, verdict.findings, verdict.late) == (Status.ACCEPTED, (), False)
    assert [a.role for a in verdict.submission.attachments] == ["part"] * 4
    assert [a.kind for a in verdict.submission.attachments] == ["text", "image", "image", "form"]


def test_a_mail_with_nothing_in_it_is_told_once() -> None:
    submission = a_submission(message={"text": "材料见附件"})
    assert "附件1“战疫故事汇”推荐表" in spoken(fires("no-attachment", submission))
    assert codes(submission) == ("no-attachment",)


def test_logos_are_no_attachments() -> None:
    fires("no-attachment", a_submission(a_file("logo.png", ignored="logo")))


def test_a_link_is_as_good_as_an_attachment_against_no_attachment() -> None:
    quiet("no-attachment", a_submission(links=(a_link("材料.zip"),)))
    quiet("no-attachment", a_story())


def test_each_missing_part_is_named_by_itself() -> None:
    submission = a_submission(FORM)
    found = [f for f in judge(submission, NOTICE).findings if f.code == "part-missing"]
    assert [f.values["part"] for f in found] == ["“战疫故事汇”文字材料", "图片材料"]
    quiet("form-missing", submission)


def test_one_picture_is_one_too_few_and_two_are_enough() -> None:
    said = spoken(fires("part-missing", a_submission(TEXT, PHOTOS[0], FORM)))
    assert "只有 1 个" in said
    assert "至少 2 个" in said
    quiet("part-missing", a_story())


def test_the_same_bytes_under_two_names_count_once() -> None:
    copy = replace(PHOTOS[0], name="照片2.jpg")
    fires("part-missing", a_submission(TEXT, PHOTOS[0], copy, FORM))


def test_good_files_of_an_earlier_version_fill_their_parts() -> None:
    before = earlier(TEXT, PHOTOS[0], FORM)
    assert faults(a_submission(PHOTOS[1], before=before)) == set()
    assert faults(a_submission(a_file("说明.docx"), before=before)) == {"part-missing"}


def test_files_with_a_fault_of_their_own_fill_their_parts() -> None:
    locked = a_file("故事.docx", encrypted=True, chars=None)
    assert faults(story_with(text=locked)) == {"word-encrypted"}
    assert faults(story_with(text=a_file("~$故事.docx", size=165))) == {"file-empty"}


def test_what_may_be_in_a_closed_archive_is_not_called_missing() -> None:
    box = a_file("材料.zip", encrypted=True)
    assert faults(a_submission(box)) == {"archive-encrypted"}


def test_material_may_be_anything() -> None:
    for name in ("故事.docx", "照片.jpg", "扫描件.pdf", "视频.mp4", "录音.mp3", "课件.pptx"):
        assert faults(a_submission(a_file(name), FORM2, subject=MATERIAL)) == set(), name
    assert faults(a_submission(FORM2, subject=MATERIAL)) == {"part-missing"}


def test_harmless_files_beside_a_whole_submission_are_no_fault() -> None:
    beside = (a_file("花絮.mp4"), a_file("照片3.jpg"), a_file("报送函.pdf"))
    verdict = judge(a_story(*beside), NOTICE)
    assert verdict.status is Status.ACCEPTED
    roles = {a.name: a.role for a in verdict.submission.attachments}
    assert (roles["花絮.mp4"], roles["报送函.pdf"]) == ("extra", "extra")


def _at_most_two() -> tuple[Part, ...]:
    return tuple(replace(p, max=2) for p in NOTICE.categories[0].parts)


def test_more_than_the_notice_takes_is_too_many() -> None:
    category = replace(NOTICE.categories[0], parts=_at_most_two())
    notice = replace(NOTICE, categories=(category, *NOTICE.categories[1:]))
    submission = a_story(a_file("照片3.jpg"), notice=notice)
    assert "收到 3 个" in spoken(fires("too-many-files", submission, notice), notice)
    quiet("too-many-files", a_story(notice=notice), notice)


def test_an_empty_file_is_named_as_the_mistake_it_is() -> None:
    cases = {
        "照片.jpg": "0 字节",
        "~$故事.docx": "锁文件",
        "故事.docx.lnk": "快捷方式",
        "a.tmp": "临时",
    }
    for name, words in cases.items():
        size = 0 if words == "0 字节" else 165
        finding = fires("file-empty", a_story(a_file(name, size=size)))
        assert words in spoken(finding), name


def test_what_a_shortcut_points_to_is_not_missing_as_well() -> None:
    for name in ("故事.docx.lnk", "故事.docx - 快捷方式.lnk", "故事.docx.tmp"):
        assert faults(story_with(text=a_file(name, format="lnk"))) == {"file-empty"}


@pytest.mark.parametrize("name", ["故事.docx.tmp", "故事.part", "故事.docx.crdownload"])
def test_a_whole_document_is_one_under_the_name_of_a_download(name: str) -> None:
    assert faults(story_with(text=a_file(name, format="docx"))) == set()
    assert faults(story_with(text=a_file(name, format="docx", damaged="truncated"))) == {
        "word-damaged"
    }


@pytest.mark.parametrize("format_", ["unknown", "txt"])
def test_words_under_the_name_of_a_download_are_left_over(format_: str) -> None:
    fires("file-empty", a_story(a_file("故事.docx.tmp", format=format_)))


def test_two_empty_files_are_two_findings() -> None:
    empty = {"size": 0, "sha256": "e3b0", "format": "empty"}
    submission = a_story(a_file("1.jpg", **empty), a_file("2.jpg", **empty))
    assert codes(submission) == ("file-empty", "file-empty")


def test_one_byte_is_not_empty() -> None:
    quiet("file-empty", a_story(a_file("说明.txt", size=1)))


@pytest.mark.parametrize("name", ["汇总表.xlsx", "课件.pptx", "图纸.dwg"])
def test_a_format_that_nobody_asked_for_is_returned(name: str) -> None:
    assert "接收的格式" in spoken(fires("format-not-listed", a_story(a_file(name))))


def test_listed_formats_are_taken() -> None:
    quiet("format-not-listed", a_story(a_file("录音.mp3"), a_file("视频.mp4"), a_file("扫描.pdf")))


def test_the_name_may_say_another_format_than_the_bytes() -> None:
    text = a_file("故事.wps", format="doc", chars=900)
    said = spoken(fires("extension-mismatch", story_with(text=text)))
    assert ".wps" in said
    assert "Word 97-2003" in said
    assert judge(story_with(text=text), NOTICE).status is Status.ACCEPTED


@pytest.mark.parametrize("name", ["照片.JPG", "照片.jpeg", "照片", "照片.jfif"])
def test_every_ending_of_the_format_and_none_at_all_will_do(name: str) -> None:
    quiet("extension-mismatch", a_story(a_file(name, format="jpeg")))


def test_a_format_that_is_not_taken_is_one_fault_whatever_its_name() -> None:
    submission = a_story(a_file("照片3.jpg", format="heic"))
    assert codes(submission) == ("image-not-jpeg",)


def test_a_damaged_recording_is_named() -> None:
    broken = a_file("录音.mp3", damaged="undecodable")
    fires("file-damaged", a_submission(broken, FORM2, subject=MATERIAL))
    quiet("file-damaged", a_submission(a_file("录音.mp3"), FORM2, subject=MATERIAL))


def test_a_file_that_is_not_named_by_the_rule_is_remarked_once() -> None:
    submission = story_with(text=a_file("稿件终稿.docx", contact=CONTACT))
    finding = fires("file-name", submission)
    assert "农学院党委+战疫故事汇+20200710" in spoken(finding)
    assert judge(submission, NOTICE).status is Status.ACCEPTED
    quiet("file-name", a_story())


def test_the_same_bytes_in_one_mail_are_remarked() -> None:
    said = spoken(fires("duplicate-file", a_story(replace(PHOTOS[0], name="照片3.jpg"))))
    assert "照片1.jpg" in said


def test_the_same_bytes_from_another_unit_are_remarked() -> None:
    seen = (Sighting(sha256=TEXT.facts.sha256, unit="园艺学院党委", received=at("2020-07-01")),)
    said = spoken(fires("duplicate-file", a_story(seen=seen)))
    assert "园艺学院党委 2020-07-01 报送过" in said


def test_bytes_that_nobody_has_seen_are_no_duplicate() -> None:
    quiet("duplicate-file", a_story(seen=(Sighting(sha256="other", unit="x"),)))


def test_a_case_needs_its_own_form() -> None:
    text = a_file("园艺学院党委+党建特色案例+20200710.docx")
    assert faults(a_submission(text, FORM2, subject=CASE)) == set()
    assert faults(a_submission(text, FORM, subject=CASE)) == {"form-missing"}


def test_files_from_an_opened_archive_are_judged_like_any_other() -> None:
    inside = tuple(replace(f, path=("材料.zip",)) for f in STORY_FILES)
    submission = a_submission(a_file("材料.zip", entries=4), *inside)
    assert codes(submission) == ("archive-opened",)


@pytest.mark.parametrize("name", ["说明.txt", "说明.md", "预算.numbers"])
def test_what_no_kind_of_file_takes_is_not_listed(name: str) -> None:
    assert faults(a_story(a_file(name))) == {"format-not-listed"}


@pytest.mark.parametrize("name", ["农学院党委.txt", "农学院党委.pages"])
def test_in_the_place_of_the_text_it_is_told_that_it_is_not_word(name: str) -> None:
    assert faults(story_with(text=a_file(name))) == {"text-not-word"}


def test_the_parts_of_an_apple_document_are_no_files() -> None:
    bundle = a_file("故事.pages", format="zip", entries=2)
    inside = (
        a_file("Index/Document.iwa", path=("故事.pages",), format="unknown"),
        a_file("preview.jpg", path=("故事.pages",)),
    )
    submission = a_submission(bundle, *inside, *PHOTOS, FORM)
    assert faults(submission) == {"text-not-word"}
    roles = {a.name: a.role for a in judge(submission, NOTICE).submission.attachments}
    assert (roles["故事.pages"], roles["preview.jpg"]) == ("part", "ignored")


@pytest.mark.parametrize("name", ["推荐表.xlsx", "推荐表.pptx", "推荐表.mp4"])
def test_a_form_in_a_format_that_is_not_taken_is_one_fault(name: str) -> None:
    finding = fires("format-not-listed", story_with(form=a_file(name)))
    assert "盖章后扫描" in spoken(finding)
    assert faults(story_with(form=a_file(name))) == {"format-not-listed"}


def test_a_form_in_a_format_with_a_rule_of_its_own_is_told_by_that() -> None:
    assert faults(story_with(form=a_file("推荐表.wps"))) == {"text-not-word"}
    assert faults(story_with(form=a_file("推荐表.png"))) == {"scan-format"}
    assert faults(story_with(form=a_file("推荐表.docm", macros=True))) == {"word-macros"}


@pytest.mark.parametrize("format_", ["pptx", "xlsx"])
def test_slides_under_the_name_of_a_document_are_in_its_place(format_: str) -> None:
    assert faults(story_with(text=a_file("故事.docx", format=format_))) == {"text-not-word"}
    assert faults(a_submission(a_file("a.docx", format=format_), FORM2, subject=MATERIAL)) == set()


FILM = {"format": "mp4"}


@pytest.mark.parametrize(
    "facts",
    [
        FILM | {"damaged": "truncated"},
        FILM | {"duration_ms": 40 * 60_000},
        FILM | {"size": 3 << 30},
        {"format": "mov"},
    ],
    ids=str,
)
def test_a_file_that_has_to_come_again_is_not_also_told_its_name(facts: dict[str, Any]) -> None:
    fires("file-name", a_submission(a_file("a.mp4"), FORM2, subject=MATERIAL))
    quiet("file-name", a_submission(a_file("a.mp4", **facts), FORM2, subject=MATERIAL))


def test_the_name_is_said_once_and_no_other_is_promised() -> None:
    said = spoken(fires("file-name", a_submission(a_file("a.mp4"), FORM2, subject=MATERIAL)))
    assert "a.mp4" not in said
    assert "改名" not in said
    both = a_submission(a_file("a.mp4"), a_file("b.docx"), FORM2, subject=MATERIAL)
    assert "“a.mp4”、“b.docx”这些文件名里没有写明单位和类别" in spoken(fires("file-name", both))
