"""Rules about the subject."""

from dataclasses import replace

import pytest

from rules.judge import judge
from rules.verdict import Severity, Status
from tests.rules.builders import (
    CASE,
    FORM,
    MANUSCRIPT,
    NOTICE,
    PHOTOS,
    STORY,
    STORY_FILES,
    TEXT,
    WALL,
    a_file,
    a_link,
    a_story,
    a_submission,
    codes,
    earlier,
    faults,
    fires,
    quiet,
    spoken,
)


@pytest.mark.parametrize("subject", ["材料", "", "党建工作有关材料报送", "20200710", "照片"])
def test_a_subject_that_tells_neither_unit_nor_category_is_unreadable(subject: str) -> None:
    submission = a_story(subject=subject)
    fires("subject-unreadable", submission)
    assert judge(submission, NOTICE).status is Status.RETURNED


def test_a_subject_that_names_no_unit_is_unreadable_and_says_so() -> None:
    said = spoken(fires("subject-unreadable", a_story(subject="战疫故事汇+20200710")))
    assert "没有写单位" in said
    assert "农学院党委+战疫故事汇+20200710" in said  # the file names tell


def test_who_named_a_unit_is_not_told_that_none_can_be_seen() -> None:
    for subject in ("园艺学院党委2020年党费收缴情况", "关于园艺学院党委换届的请示"):
        said = spoken(fires("subject-unreadable", a_story(subject=subject)))
        assert "看不出类别" in said
        assert "看不出单位" not in said
    assert "看不出单位和类别" in spoken(fires("subject-unreadable", a_story(subject="材料")))


def test_a_branch_of_two_units_is_a_person_s_to_place() -> None:
    joint = a_submission(MANUSCRIPT, subject="农学院与园艺学院联合党支部+红色防火墙")
    assert faults(joint) == {"unit-unknown"}
    said = spoken(fires("unit-unknown", joint))
    assert "里面提到农学院党委、园艺学院党委，要由老师核对" in said
    assert "分别报送" not in said
    assert "“二级党组织+红色防火墙”" in spoken(
        fires("unit-unknown", a_submission(a_file("稿.docx"), subject=joint.message.subject))
    )


def test_a_subject_by_the_rule_is_readable() -> None:
    quiet("subject-unreadable", a_story())


def test_an_unknown_unit_is_not_called_unreadable_as_well() -> None:
    assert faults(a_story(subject="农学院党魏+战疫故事汇+20200710")) == {"unit-unknown"}


def test_file_names_propose_the_subject_that_should_have_been() -> None:
    named = a_file("中共华南农业大学农学院委员会战疫故事汇.docx")
    verdict = judge(a_submission(named, *PHOTOS, FORM, subject="报送材料"), NOTICE)
    assert verdict.suggested_subject == "农学院党委+战疫故事汇+20200710"


def test_the_body_and_the_sender_propose_too() -> None:
    letter = {"text": "您好，附上战疫故事汇材料。\n> 教育素材", "sender_name": "园艺学院党委"}
    verdict = judge(a_submission(*PHOTOS, subject="材料", message=letter), NOTICE)
    assert verdict.suggested_subject == "园艺学院党委+战疫故事汇+20200710"


@pytest.mark.parametrize(
    ("subject", "suggested"),
    [
        ("报送农学院党委疫情期间的材料", "农学院党委+类别+20200710"),
        ("战疫故事", "二级党组织+战疫故事汇+20200710"),
        ("材料", "二级党组织+类别+20200710"),
    ],
)
def test_the_subject_itself_proposes_first(subject: str, suggested: str) -> None:
    letter = {"text": "各级机关的同志们辛苦了"}
    verdict = judge(a_submission(*PHOTOS, subject=subject, message=letter), NOTICE)
    assert verdict.suggested_subject == suggested


def test_what_nobody_knows_keeps_the_words_of_the_notice() -> None:
    verdict = judge(a_submission(*PHOTOS, subject="材料"), NOTICE)
    assert verdict.suggested_subject == "二级党组织+类别+20200710"


@pytest.mark.parametrize(
    ("subject", "how"),
    [
        ("回复：Re: 农学院党委+战疫故事汇+20200710", "前缀"),
        ("农学院党委+战疫故事汇+20200710.docx", "扩展名"),
        ("农学院党委+“战疫故事汇”+20200710", "引号"),
        ("20200710+战疫故事汇+农学院党委", "顺序"),
        ("农学院党委 战疫故事汇 2020-07-10", "分隔符"),
        ("农学院党委战疫故事汇20200710", "分隔符"),
        ("农学院党委+战疫故事汇+20200710+张老师", "其他文字"),
    ],
)
def test_a_complete_subject_in_another_writing_is_taken(subject: str, how: str) -> None:
    submission = a_story(subject=subject)
    said = spoken(fires("subject-tolerated", submission))
    assert how in said
    assert "农学院党委+战疫故事汇+20200710" in said
    assert judge(submission, NOTICE).status is Status.ACCEPTED


def test_a_superfluous_date_is_taken_where_the_rule_has_none() -> None:
    submission = a_submission(MANUSCRIPT, subject=f"{WALL}+20200701", received="2020-07-01 09:00")
    assert "多写了日期" in spoken(fires("subject-tolerated", submission))


@pytest.mark.parametrize(
    "subject",
    [
        "农学院党委+战疫故事汇+20200710",
        "农学院党委＋战疫故事汇＋２０２００７１０",
        "农学院+战疫故事汇+2020年7月10日",
        "中共华南农业大学农学院委员会+战疫故事汇+7月10日",
    ],
)
def test_any_name_of_the_unit_and_any_writing_of_the_date_are_by_the_rule(subject: str) -> None:
    quiet("subject-tolerated", a_story(subject=subject))


def test_an_answer_to_ours_may_begin_with_re() -> None:
    quiet("subject-tolerated", a_story(subject="Re: 农学院党委+战疫故事汇+20200710", mends=True))


def test_a_unit_that_is_not_on_the_roster_is_held_with_proposals() -> None:
    submission = a_story(subject="农学院党魏+战疫故事汇+20200710")
    finding = fires("unit-unknown", submission)
    assert finding.severity is Severity.HOLD
    assert "农学院党委" in spoken(finding)
    assert judge(submission, NOTICE).status is Status.HELD


def test_two_units_in_one_subject_are_held() -> None:
    two = a_story(subject="农学院党委、园艺学院党委+战疫故事汇+20200710")
    assert "请每个单位分别报送" in spoken(fires("unit-unknown", two))


def test_a_unit_that_is_near_nothing_is_said_to_be_so() -> None:
    said = spoken(fires("unit-unknown", a_story(subject="甲乙丙丁戊+战疫故事汇+20200710")))
    assert "名册上没有这个单位" in said


def test_a_guess_never_decides_even_within_a_longer_name() -> None:
    fires("unit-unknown", a_story(subject="智慧农学院党委+战疫故事汇+20200710"))


def test_an_alias_is_the_unit() -> None:
    quiet("unit-unknown", a_story(subject="农学院分党委+战疫故事汇+20200710"))


def test_a_branch_belongs_to_the_unit_it_names() -> None:
    quiet("unit-unknown", a_story(subject="农学院党委第一党支部+战疫故事汇+20200710"))


def test_an_unknown_unit_beside_errors_is_held_with_both() -> None:
    submission = a_submission(TEXT, *PHOTOS, subject="农学院党魏+战疫故事汇+20200710")
    assert faults(submission) == {"unit-unknown", "form-missing"}
    assert judge(submission, NOTICE).status is Status.HELD


def test_a_category_that_the_notice_does_not_know_is_returned() -> None:
    said = spoken(fires("category-unknown", a_story(subject="农学院党委+党课+20200710")))
    assert "“党课”不是通知里的类别" in said
    assert "红色防火墙" in said


def test_a_misspelt_category_is_proposed_and_not_decided() -> None:
    submission = a_story(subject="农学院党委+战疫的故事荟+20200710")
    assert "是不是“战疫故事汇”？" in spoken(fires("category-unknown", submission))
    assert judge(submission, NOTICE).suggested_subject == "农学院党委+战疫故事汇+20200710"


def test_two_categories_in_one_subject_are_one_too_many() -> None:
    said = spoken(fires("category-unknown", a_story(subject="农学院党委+战疫故事汇+教育素材")))
    assert "战疫故事汇、教育素材" in said


def test_a_missing_category_is_said_to_be_missing() -> None:
    said = spoken(fires("category-unknown", a_story(subject="农学院党委+20200710")))
    assert "没有写类别" in said


@pytest.mark.parametrize("name", ["抗疫教育素材", "疫情防控中的党建特色案例", "战役故事汇"])
def test_aliases_and_common_misspellings_are_the_category(name: str) -> None:
    quiet("category-unknown", a_story(subject=f"农学院党委+{name}+20200710"))


def test_without_a_category_files_are_still_held_against_the_notice() -> None:
    submission = a_story(a_file("视频.mov"), subject="农学院党委+党课+20200710")
    assert faults(submission) == {"category-unknown", "video-not-mp4"}


def test_a_date_that_is_asked_for_and_absent_is_missed() -> None:
    said = spoken(fires("date-missing", a_story(subject="农学院党委+战疫故事汇")))
    assert "农学院党委+战疫故事汇+20200710" in said


def test_a_date_is_missed_only_where_the_rule_asks_for_one() -> None:
    quiet("date-missing", a_submission(MANUSCRIPT, subject=WALL, received="2020-07-01 09:00"))
    quiet("date-missing", a_story())


def test_a_mending_mail_need_not_repeat_the_date() -> None:
    quiet("date-missing", a_story(subject="农学院党委+战疫故事汇", mends=True))


@pytest.mark.parametrize(
    "date", ["20200230", "2020-13-01", "2020年7月", "13月5日", "202007", "2020112"]
)
def test_a_day_that_is_not_in_the_calendar_is_invalid(date: str) -> None:
    submission = a_story(subject=f"农学院党委+战疫故事汇+{date}")
    fires("date-invalid", submission)
    quiet("date-missing", submission)


@pytest.mark.parametrize("date", ["20200229", "2020.7.1", "7月31日", "七月十日"])
def test_a_day_of_the_calendar_is_valid(date: str) -> None:
    quiet("date-invalid", a_story(subject=f"农学院党委+战疫故事汇+{date}"))


@pytest.mark.parametrize("date", ["20200702", "20200718", "20190710"])
def test_a_date_more_than_a_week_off_is_remarked(date: str) -> None:
    submission = a_story(subject=f"农学院党委+战疫故事汇+{date}")
    fires("date-differs", submission)
    assert judge(submission, NOTICE).status is Status.ACCEPTED


@pytest.mark.parametrize("date", ["20200703", "20200717"])
def test_a_date_a_week_off_is_near_enough(date: str) -> None:
    quiet("date-differs", a_story(subject=f"农学院党委+战疫故事汇+{date}"))


def test_another_departments_mailbox_is_remarked_with_the_right_one() -> None:
    said = spoken(fires("wrong-mailbox", a_story(mailbox="xuanchuanbu")))
    assert "zzbdj@scau.edu.cn" in said
    assert "宣传部 xcb@scau.edu.cn" in said


def test_the_categorys_own_mailbox_is_right() -> None:
    quiet("wrong-mailbox", a_story(mailbox="zuzhibu"))


def test_a_notice_may_return_what_came_to_the_wrong_mailbox() -> None:
    strict = replace(NOTICE, severities={"wrong-mailbox": Severity.ERROR})
    assert judge(a_story(mailbox="xuanchuanbu"), strict).status is Status.RETURNED


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("请问报送截止时间可以延长吗", ""),
        ("咨询", "老师好，图片需要几张？"),
        ("战疫故事汇什么时候截止？", "谢谢"),
        ("老师您好", "想请教一个问题"),
    ],
)
def test_a_question_without_files_waits_for_a_person(subject: str, text: str) -> None:
    submission = a_submission(subject=subject, message={"text": text})
    fires("question", submission)
    assert codes(submission) == ("question",)
    assert judge(submission, NOTICE).status is Status.HELD


def test_thanks_for_our_reply_are_no_submission() -> None:
    letter = {"text": "谢谢，收到！", "in_reply_to": "ours@example.cn"}
    thanks = a_submission(subject=f"Re: {CASE}", mends=True, message=letter)
    fires("question", thanks)


def test_a_reply_that_brings_the_missing_contact_is_judged() -> None:
    letter = {"text": "联系人：张老师，电话：020-85280000", "in_reply_to": "ours@example.cn"}
    before = judge(a_submission(MANUSCRIPT, subject=WALL), NOTICE).submission.attachments
    submission = a_submission(subject=f"Re: {WALL}", mends=True, message=letter, before=before)
    quiet("question", submission)


def test_a_reply_with_the_right_subject_completes_what_is_here() -> None:
    letter = {"text": "已改主题", "in_reply_to": "ours@example.cn"}
    whole = earlier(*STORY_FILES)
    righted = a_submission(subject=f"Re: {STORY}", mends=True, message=letter, before=whole)
    quiet("question", righted)
    assert faults(righted) == set()
    thanks = a_submission(
        subject=f"Re: {STORY}", mends=True, message=letter | {"text": "谢谢老师"}, before=whole
    )
    fires("question", thanks)
    partly = a_submission(subject=f"Re: {STORY}", mends=True, message=letter, before=whole[:2])
    fires("question", partly)


def test_a_forgotten_attachment_is_no_question() -> None:
    quiet("question", a_submission(message={"text": "材料见附件"}))


def test_a_mail_with_files_or_links_is_no_question() -> None:
    quiet("question", a_submission(*STORY_FILES, subject="请问这样可以吗？"))
    quiet("question", a_submission(subject="请问这样可以吗？", links=(a_link(),)))


@pytest.mark.parametrize(
    ("subject", "text", "name"),
    [
        ("关于召开教职工大会的通知", "请各位老师准时参加。", "会议通知.pdf"),
        ("发票", "本月发票请查收附件。", "invoice_2020.pdf"),
        ("", "", "IMG_1234.jpg"),
        ("张三的简历", "您好，附件是我的简历。", "简历.docx"),
        ("请问这样可以吗？", "老师好，截图见附件", "截图.png"),
    ],
)
def test_a_letter_with_files_that_never_speaks_of_the_notice_is_read_by_a_person(
    subject: str, text: str, name: str
) -> None:
    letter = a_submission(a_file(name), subject=subject, message={"text": text})
    assert codes(letter) == ("question",)
    said = spoken(fires("question", letter))
    assert "邮件带有附件" in said
    assert "没有附件和链接" not in said


@pytest.mark.parametrize(
    ("subject", "text", "name"),
    [
        ("农学院工作总结", "", "总结.docx"),
        ("照片", "我院战疫故事汇的照片", "1.jpg"),
        ("照片", "", "红色防火墙.docx"),
        ("材料", "", "1.docx"),
        ("发给老师", "请查收稿件", "1.docx"),
        ("发给老师", "农学院党委 张三", "1.docx"),
        ("“四个一”活动", "", "1.docx"),
        ("附件", "", "推荐表.docx"),
        ("天文学院党委+好人好事+20200710", "", "1.docx"),
    ],
)
def test_one_word_of_the_notice_is_enough_to_be_told_how_to_hand_in(
    subject: str, text: str, name: str
) -> None:
    letter = a_submission(a_file(name), subject=subject, message={"text": text})
    verdict = judge(letter, NOTICE)
    assert "question" not in verdict.codes()
    assert Severity.ERROR in {f.severity for f in verdict.findings}


def test_a_danger_in_a_strange_letter_is_still_named() -> None:
    fires("executable", a_submission(a_file("发票.exe", executable=True), subject="发票"))
    quiet("question", a_submission(a_file("发票.exe", executable=True), subject="发票"))


def test_an_empty_mail_is_told_how_to_hand_in() -> None:
    assert codes(a_submission(subject="")) == ("subject-unreadable",)


CHAT = ("收到，谢谢老师！", "好的，谢谢！", "请问我们的材料是否已收到？", "")
OURS = {"in_reply_to": "ours@example.cn", "references": ("ours@example.cn",)}


@pytest.mark.parametrize("text", CHAT)
@pytest.mark.parametrize("known", [True, False])
def test_an_answer_without_files_is_no_submission(text: str, *, known: bool) -> None:
    """Also where no ledger remembers what it answers, and where only the subject tells."""
    by_header = a_submission(mends=known, message={"text": text, **OURS})
    by_subject = a_submission(subject=f"回复：Re: {STORY}", message={"text": text})
    assert codes(by_header) == codes(by_subject) == ("question",)


def test_thanks_with_a_signature_are_thanks() -> None:
    words = "收到，谢谢！\n--\n张三\n农学院党委\n电话：020-85281234"
    whole = earlier(*STORY_FILES)
    for before in ((), whole, whole[:2]):
        letter = {"text": words, **OURS}
        thanks = a_submission(subject=f"Re: {STORY}", mends=True, message=letter, before=before)
        assert codes(thanks) == ("question",)


def test_a_right_subject_with_thanks_still_puts_it_right() -> None:
    letter = {"text": "主题已改，谢谢老师", **OURS}
    righted = a_submission(mends=True, message=letter, before=earlier(*STORY_FILES))
    assert codes(righted) == ()


@pytest.mark.parametrize("text", ["补充材料见附件。", "重发一次", "补交推荐表，请查收"])
def test_an_answer_that_speaks_of_files_forgot_them(text: str) -> None:
    assert codes(a_submission(message={"text": text, **OURS})) == ("no-attachment",)


def test_a_fresh_mail_that_asks_is_a_question_and_one_that_does_not_forgot_its_files() -> None:
    asking = "老师您好，请问推荐表在哪里下载？\n\n> 各单位：请于7月15日前报送。"
    assert codes(a_submission(message={"text": asking})) == ("question",)
    assert codes(a_submission(message={"text": "收到，谢谢老师！"})) == ("question",)
    assert codes(a_submission(subject=f"转发：{STORY}", message={"text": ""})) == (
        "subject-tolerated",
        "no-attachment",
    )


@pytest.mark.parametrize("day", ["2020 07 10", "2020 7 10", "20.7.10", "20-07-10", "20/7/10"])
def test_white_space_and_short_years_are_dates(day: str) -> None:
    assert faults(a_story(subject=f"农学院党委+战疫故事汇+{day}")) == set()


@pytest.mark.parametrize("day", ["今天", "2020", "20.13.1", "10/7/2020", "7月上旬", "20 7 10"])
def test_what_stands_for_a_date_and_is_none_is_shown_and_not_called_missing(day: str) -> None:
    submission = a_story(subject=f"农学院党委+战疫故事汇+{day}")
    assert f"“{day}”" in spoken(fires("date-invalid", submission))
    assert faults(submission) == {"date-invalid"}


@pytest.mark.parametrize("rest", ["", " 第2次", "（修改版2）"])
def test_no_date_at_all_is_missing(rest: str) -> None:
    assert faults(a_story(subject=f"农学院党委+战疫故事汇{rest}")) == {"date-missing"}


def test_traditional_characters_are_read() -> None:
    story = a_story(subject="農學院黨委+戰疫故事匯+20200710")
    assert codes(story) == ("subject-tolerated",)
    assert "繁体字" in spoken(fires("subject-tolerated", story))
    assert faults(a_submission(MANUSCRIPT, subject="農學院黨委+紅色防火牆")) == set()


@pytest.mark.parametrize("school", ["华农", "华南农大", "华南农业大学"])
def test_the_short_name_of_the_school_may_stand_before_any_unit(school: str) -> None:
    story = a_story(subject=f"{school}水利与土木工程学院党委+战疫故事汇+20200710")
    assert faults(story) == set()
    assert story.claim.unit is not None
    assert story.claim.unit.name == "水利与土木工程学院党委"
