"""Rules about forms and about who to call."""

import pytest

from rules.judge import judge
from rules.submission import Attachment
from rules.verdict import Status
from tests.rules.builders import (
    MANUSCRIPT,
    MATERIAL,
    NOTICE,
    PHOTOS,
    TEXT,
    WALL,
    a_file,
    a_story,
    a_submission,
    faults,
    fires,
    quiet,
    spoken,
    story_with,
)

BARE = a_file("农学院党委+战疫故事汇+20200710.docx")


def test_an_absent_form_is_form_missing_alone() -> None:
    assert faults(a_submission(TEXT, *PHOTOS)) == {"form-missing"}
    fires("form-missing", a_submission(TEXT, *PHOTOS))


def test_the_form_of_another_category_is_not_this_one() -> None:
    other = a_file("“教育素材库”推荐表.docx")
    assert "是另一种表" in spoken(fires("form-missing", story_with(form=other)))


@pytest.mark.parametrize(
    "form",
    [
        a_file("推荐表.docx"),
        a_file("附件1.pdf"),
        a_file("战疫故事汇推荐表（盖章）.jpg", page_like=True),
        a_file("附件2：推荐表.docx"),
        a_file("盖章稿.docx", tables=((("推荐单位", "农学院"), ("作者", "x"), ("联系人", "x")),
                                   (("联系电话", "1"), ("材料题目", "y")))),
    ],
)  # fmt: skip
def test_a_form_is_known_by_its_name_or_its_labels(form: Attachment) -> None:
    quiet("form-missing", story_with(form=form))
    quiet("form-unclear", story_with(form=form))


def test_a_scan_that_nothing_asks_for_may_be_the_form() -> None:
    film, scan = a_file("党课.mp4"), a_file("农学院党委.pdf")
    unclear = a_submission(film, scan, subject=MATERIAL)
    assert faults(unclear) == {"form-unclear"}
    assert judge(unclear, NOTICE).status is Status.HELD
    assert faults(a_submission(film, subject=MATERIAL)) == {"form-missing"}
    assert faults(a_submission(scan, subject=MATERIAL)) == {"form-missing"}


def test_a_text_numbered_like_the_form_stays_the_text() -> None:
    text = a_file("附件1 战疫故事.docx", tables=())
    assert faults(a_submission(text, *PHOTOS)) == {"form-missing"}


def test_a_file_numbered_like_the_form_is_the_form_beside_a_text() -> None:
    assert faults(story_with(form=a_file("附件1 农学院.docx"))) == set()
    assert faults(a_submission(*PHOTOS, a_file("附件1.docx"))) == {"part-missing"}


def test_labels_go_before_numbers() -> None:
    form = a_file("附件2.docx", tables=(FILLED,))
    verdict = judge(a_submission(a_file("附件1.docx"), *PHOTOS, form), NOTICE)
    assert [a.kind for a in verdict.submission.attachments] == ["text", "image", "image", "form"]


def test_an_unexplained_scan_may_be_the_form() -> None:
    submission = story_with(form=a_file("img20200710.pdf"))
    assert "“img20200710.pdf”可能就是" in spoken(fires("form-unclear", submission))
    assert judge(submission, NOTICE).status is Status.HELD
    fires("form-unclear", story_with(form=a_file("IMG_3.jpg", page_like=True)))
    fires("form-unclear", a_submission(TEXT, PHOTOS[0], a_file("扫描0001.jpg")))


def test_a_scan_beside_the_form_raises_no_doubt() -> None:
    quiet("form-unclear", a_story(a_file("证书.pdf")))


FILLED = (
    ("推荐单位", "农学院党委", "材料题目", "守护"),
    ("材 料 类 型", "文字", "作者", "某老师"),
    ("联 系 人", "某老师", "联系电话", "____"),
    ("内容简介", "一个故事", "推荐理由", ""),
)


def test_blank_fields_of_the_form_are_named() -> None:
    form = a_file("推荐表.docx", tables=(FILLED,))
    said = spoken(fires("form-incomplete", story_with(form=form)))
    assert "“联系电话”、“推荐理由”" in said
    assert "联系人" not in said
    assert judge(story_with(form=form), NOTICE).status is Status.ACCEPTED


def test_a_filled_form_has_no_blanks() -> None:
    rows = tuple(tuple(cell or "好" for cell in row) for row in FILLED)
    whole = tuple(tuple("1" if cell == "____" else cell for cell in row) for row in rows)
    quiet("form-incomplete", story_with(form=a_file("推荐表.docx", tables=(whole,))))


def test_beside_a_stamped_scan_the_word_form_may_have_blanks() -> None:
    form = a_file("推荐表.docx", tables=(FILLED,))
    quiet("form-incomplete", a_submission(TEXT, *PHOTOS, form, a_file("推荐表盖章.pdf")))


WALL_DAY = "2020-07-01 09:00"
NAMELESS = a_file("机关党委+红色防火墙.docx")


def test_a_manuscript_names_somebody_to_call() -> None:
    submission = a_submission(NAMELESS, subject=WALL, received=WALL_DAY)
    assert NAMELESS.name in spoken(fires("contact-missing", submission))
    quiet("contact-missing", a_submission(MANUSCRIPT, subject=WALL, received=WALL_DAY))


def test_the_contact_may_stand_in_the_mail() -> None:
    letter = {"text": "联系人：张老师，电话：020-85280000"}
    quiet("contact-missing", a_submission(NAMELESS, subject=WALL, message=letter))


def test_our_own_telephone_in_the_quotation_is_no_contact() -> None:
    letter = {"text": "见附件\n> 联系人：张老师，电话：020-85280000"}
    fires("contact-missing", a_submission(NAMELESS, subject=WALL, message=letter))


def test_what_could_not_be_read_may_name_somebody() -> None:
    for name, facts in (("稿.docx", {"encrypted": True}), ("稿.doc", {"damaged": "unopenable"})):
        text = a_file(name, chars=None, **facts)
        quiet("contact-missing", a_submission(text, subject=WALL))
    quiet(
        "contact-missing", a_submission(a_file("稿.pdf", chars=0, text_layer=False), subject=WALL)
    )


def test_other_categories_carry_the_contact_in_the_form() -> None:
    quiet("contact-missing", story_with(text=BARE, form=a_file("推荐表.docx")))


@pytest.mark.parametrize("name", ["稿.pdf", "稿.rtf", "稿.wps"])
def test_what_comes_again_as_word_is_not_also_told_that_it_names_nobody(name: str) -> None:
    assert faults(a_submission(a_file(name, chars=900), subject=WALL)) == {"text-not-word"}


def test_a_text_whose_last_page_is_the_form_is_both() -> None:
    cells = sum(len("".join(c.split())) for c in {c for row in FILLED for c in row})
    both = a_file("故事.docx", tables=(FILLED,), chars=cells + 301)
    submission = a_submission(both, *PHOTOS)
    assert faults(submission) == set()
    fires("form-incomplete", submission)
    form = a_file("故事.docx", tables=(FILLED,), chars=cells + 300)
    assert faults(a_submission(form, *PHOTOS)) == {"part-missing"}
    assert faults(a_submission(form, *PHOTOS, a_file("稿件.docx"))) == set()


def test_the_labels_tell_the_form_better_than_the_name() -> None:
    text, form = (
        a_file("战疫故事汇推荐表-正文.docx"),
        a_file("表格.docx", tables=(FILLED,), chars=99),
    )
    verdict = judge(a_submission(text, *PHOTOS, form), NOTICE)
    assert [a.kind for a in verdict.submission.attachments] == ["text", "image", "image", "form"]
    beside_a_text = judge(story_with(form=text), NOTICE).submission.attachments
    assert [a.kind for a in beside_a_text] == ["text", "image", "image", "form"]


@pytest.mark.parametrize("name", ["盖章扫描件.pdf", "领导签字.jpg", "（已签章）0709.pdf"])
def test_what_is_called_stamped_is_the_form_where_none_is_found(name: str) -> None:
    assert faults(story_with(form=a_file(name, page_like=True))) == set()
    beside = judge(a_story(a_file(name, page_like=True)), NOTICE).submission.attachments
    assert [a.form for a in beside if a.name == name] == [""]


def test_a_photograph_called_stamped_is_for_a_person_to_tell() -> None:
    assert faults(story_with(form=a_file("盖章现场.jpg", page_like=False))) == {"form-unclear"}
