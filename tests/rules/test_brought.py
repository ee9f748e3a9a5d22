"""Mail that a machine passed on, or that lies in the junk folder: what of it a person looks at."""

from dataclasses import replace
from typing import Any

import pytest

from rules.answering import MARKER
from rules.brought import material
from rules.submission import Attachment, Message, Submission
from tests.rules.builders import FORM, NOTICE, TEXT, a_file, a_link, a_submission

LOGO = a_file("logo.png", ignored="logo")
PLAIN = a_file("稿件.docx")
POSTER = replace(a_file("海报.jpg"), inline=True)


def brings(submission: Submission) -> bool:
    return material(submission, NOTICE)


def told(submission: Submission, **words: Any) -> Submission:
    """The same with other words in its message."""
    return replace(submission, message=replace(submission.message, **words))


@pytest.mark.parametrize(
    "subject",
    ["农学院党委材料报送", "战疫故事汇材料", "[OA]农学院党委战疫材料", "农学院、园艺学院的材料"],
)
def test_a_file_with_a_unit_or_a_category_in_the_subject_may_be_material(subject: str) -> None:
    assert brings(a_submission(PLAIN, subject=subject))
    assert brings(a_submission(subject=subject, links=(a_link("课.mp4"),)))
    assert not brings(a_submission(subject=subject))
    assert not brings(a_submission(LOGO, subject=subject))


@pytest.mark.parametrize("files", [(), (PLAIN,), (POSTER,)])
def test_mail_that_speaks_of_nothing_asked_for_is_none(files: tuple[Attachment, ...]) -> None:
    assert not brings(
        told(a_submission(*files, subject="每周精选"), text="本周好文推荐", sender_name="")
    )


@pytest.mark.parametrize(
    "words",
    [
        {"text": "各位老师：附上农学院党委的稿件，请查收。"},
        {"text": "现报送战疫故事汇材料。"},
        {"sender_name": "园艺学院党委"},
        {"enclosed": ("农学院党委+战疫故事汇+20200710",)},
    ],
)
def test_a_subject_that_tells_nothing_is_helped_by_the_letter(words: dict[str, Any]) -> None:
    plain = told(a_submission(PLAIN, subject="报送材料"), text="", sender_name="")
    assert brings(told(plain, **words))
    assert not brings(told(replace(plain, attachments=(POSTER,)), **words))


def test_a_form_or_the_name_of_a_file_tells_enough() -> None:
    for file in (FORM, TEXT, a_file("农学院稿件.docx")):
        assert brings(told(a_submission(file, subject="报送材料"), text="", sender_name=""))


def test_words_that_every_letter_holds_name_no_unit() -> None:
    plain = a_submission(PLAIN, subject="后勤服务周报")
    assert not brings(told(plain, text="机关各处室、后勤各部门：", sender_name=""))


def test_quoted_history_tells_nothing_of_the_letter_itself() -> None:
    plain = a_submission(PLAIN, subject="自动回复")
    said = "我在出差。\n-----原始邮件-----\n农学院党委+战疫故事汇"
    assert not brings(told(plain, text=said, sender_name=""))


def test_an_emblem_that_an_absence_note_carries_is_no_material() -> None:
    emblem = a_file("logo.png", width=180, height=60)
    subject = "自动回复: Re: 农学院党委+战疫故事汇+20200710"
    assert not brings(a_submission(emblem, subject=subject))
    assert brings(a_submission(emblem, PLAIN, subject=subject))


def test_what_came_back_is_our_own_mail() -> None:
    submission = a_submission(TEXT, subject="农学院党委+战疫故事汇+20200710")
    back: Message = replace(
        submission.message, subject="系统退信", sender="postmaster@163.com", sender_name=""
    )
    assert not brings(told(submission, report=True))
    assert not brings(replace(submission, message=back))


@pytest.mark.parametrize(
    "words",
    [
        {"headers": (("Auto-Submitted", "auto-replied (vacation)"),)},
        {"headers": (("X-QQ-AUTO-REPLY", "true"),)},
        {"subject": "自动回复: Re: 农学院党委+教育素材+20200710"},
    ],
)
def test_links_in_what_a_machine_answers_are_quoted(words: dict[str, Any]) -> None:
    note = a_submission(subject="Re: 农学院党委+教育素材+20200710", links=(a_link("课.mp4"),))
    assert brings(note)
    assert not brings(told(note, **words))
    assert brings(told(replace(note, attachments=(TEXT,)), **words))


def test_links_that_we_have_quoted_are_no_material() -> None:
    echo = a_submission(subject="Re: 农学院党委+教育素材+20200710", links=(a_link("课.mp4"),))
    assert not brings(told(echo, headers=((MARKER, "office"),)))
    assert brings(told(replace(echo, attachments=(TEXT,)), headers=((MARKER, "office"),)))
