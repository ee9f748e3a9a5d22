"""What a person meets who did nearly everything right: no accusation, no riddle, nothing twice."""

from dataclasses import replace

import pytest

from rules.judge import judge
from rules.submission import Submission
from rules.verdict import Status
from tests.rules.builders import (
    FORM,
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

LOCK = a_file("~$学院党委+战疫故事汇+20200710.docx", size=162)


def said(submission: Submission) -> str:
    return "\n".join(spoken(f) for f in judge(submission, NOTICE).findings)


def test_the_lock_of_a_document_that_came_as_well_is_no_fault() -> None:
    verdict = judge(a_story(LOCK), NOTICE)
    assert (verdict.status, verdict.findings) == (Status.ACCEPTED, ())
    assert verdict.submission.attachments[4].role == "ignored"
    short = (a_file("稿.docx"), a_file("~$稿.docx", size=162), *PHOTOS, FORM)
    quiet("file-empty", a_submission(*short))


@pytest.mark.parametrize("name", ["~$学院党委+战疫故事汇.docx", "~$另一篇.docx", "~$.docx"])
def test_the_lock_of_a_document_that_did_not_come_is_told(name: str) -> None:
    fires("file-empty", a_story(a_file(name, size=162)))
    fires("file-empty", a_submission(LOCK, *PHOTOS, FORM))


@pytest.mark.parametrize(
    "text",
    [
        "老师好，昨天报送的材料有误，请忽略，稍后重发。",
        "老师您好，我院材料还在审核，明天补交，望理解。",
        "因疫情值班，申请延期两天报送。",
        "以今天下午发送的版本为准。",
    ],
)
def test_a_letter_that_announces_or_explains_is_read_by_a_person(text: str) -> None:
    for subject in (STORY, "关于农学院战疫故事汇材料的说明"):
        assert faults(a_submission(subject=subject, message={"text": text})) == {"question"}


@pytest.mark.parametrize(
    "text", ["材料见附件，请查收。", "附件为我院材料。", "补交图片，见附件。", ""]
)
def test_a_forgotten_attachment_is_still_told(text: str) -> None:
    assert faults(a_submission(message={"text": text})) == {"no-attachment"}


ARTICLE = "春耕不等人，支部书记第一个报名值守。" * 30


def test_a_manuscript_in_the_mail_itself_is_noticed() -> None:
    bare = a_submission(subject=WALL, message={"text": ARTICLE})
    assert "写在邮件正文里" in spoken(fires("no-attachment", bare))
    beside = a_submission(*PHOTOS, FORM, message={"text": ARTICLE})
    assert "存成 Word 文档" in spoken(fires("part-missing", beside))


def test_a_covering_letter_is_no_manuscript() -> None:
    letter = a_submission(*PHOTOS, FORM, message={"text": "老师好，材料见附件，请查收。"})
    assert "正文" not in spoken(fires("part-missing", letter))
    few = a_submission(TEXT, PHOTOS[0], FORM, message={"text": ARTICLE})
    assert "正文" not in spoken(fires("part-missing", few))  # pictures cannot stand there


def test_pictures_in_a_pdf_are_noticed_as_such() -> None:
    album = a_file("照片.pdf")
    assert "“照片.pdf”不是图片文件" in spoken(
        fires("part-missing", a_submission(TEXT, FORM, album))
    )
    assert "不是图片文件" not in spoken(fires("part-missing", a_submission(TEXT, FORM)))


def test_ten_photographs_of_one_telephone_get_the_advice_once() -> None:
    photos = [a_file(f"IMG_{n}.HEIC") for n in range(10)]
    told = said(a_submission(TEXT, *photos, FORM))
    assert told.count("兼容性最佳") == 1
    assert told.count("办法同上") == 9


def test_ten_pictures_of_one_chat_get_the_advice_once() -> None:
    chat = [a_file(f"mmexport{n}000.jpg", exif=False, size=90_000) for n in range(10)]
    told = said(a_submission(TEXT, *chat, FORM))
    assert told.count("像是聊天软件转发") == 10
    assert told.count("勾选“原图”") == 1


def test_a_mail_without_a_subject_is_told_so() -> None:
    told = spoken(fires("subject-unreadable", a_submission(TEXT, subject="  ")))
    assert "邮件没有写主题" in told
    assert "“”" not in told


def test_a_unit_alone_has_written_no_category() -> None:
    told = spoken(
        fires("category-unknown", a_submission(TEXT, *PHOTOS, FORM, subject="农学院材料"))
    )
    assert "没有写类别" in told
    assert "推测" in told  # the form tells which it may be
    assert "请分两封" not in told


def test_two_categories_go_in_two_mails() -> None:
    submission = a_submission(subject="农学院党委+战疫故事汇、教育素材+20200710")
    files = replace(submission, attachments=(TEXT,))
    assert "请分两封" in spoken(fires("category-unknown", files))


def test_a_wrong_year_is_not_proposed_again() -> None:
    submission = a_submission(TEXT, *PHOTOS, FORM, subject="农学院党委+战疫故事汇+20190710")
    assert "2019年7月10日" in spoken(fires("date-differs", submission))
    assert judge(submission, NOTICE).suggested_subject == STORY
    near = a_submission(TEXT, *PHOTOS, FORM, subject="农学院党委+战疫故事汇+20200703")
    assert judge(near, NOTICE).suggested_subject.endswith("20200703")
