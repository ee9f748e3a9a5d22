"""The subject: what is tolerated, what is asked for again, what a person decides."""

from tests import material
from tests.contract.outside import Examiner, all_are
from tests.contract.ready import STORY, WALL, at, case, stock, story, wall
from tests.letters import letter

OTHER_WRITINGS = (
    "农学院党委-战疫故事汇-20200710",
    "农学院党委_战疫故事汇_20200710",
    "农学院党委 战疫故事汇 20200710",
    "农学院党委、战疫故事汇、20200710",
    "农学院党委——战疫故事汇——20200710",
    "农学院党委+“战疫故事汇”+20200710",
    "农学院党委+《战疫故事汇》+20200710",
    "战疫故事汇+农学院党委+20200710",
    "20200710+农学院党委+战疫故事汇",
    "农学院党委战疫故事汇20200710",
    "Fwd: 回复: 农学院党委+战疫故事汇+20200710",
    "转发：农学院党委+战疫故事汇+20200710",
)
OTHER_DATES = (
    "2020.7.10",
    "2020-07-10",
    "2020/7/10",
    "2020年7月10日",
    "7月10日",
    "２０２００７１０",
)
OTHER_UNITS = ("农学院", "农学院分党委", "中共华南农业大学农学院委员会", "农学院党总支")

OTHER_SIGNS = (
    "农学院党委＋战疫故事汇＋20200710",
    " 农学院党委 + 战疫故事汇 + 20200710 ",
    "农学院党委+战疫故事+20200710",
    "农学院党委+战役故事汇+20200710",
)


def numbered(subjects: tuple[str, ...]) -> dict[str, bytes]:
    return {f"mail{i}": story(subject=s) for i, s in enumerate(subjects)}


def test_other_writings_with_every_field_are_accepted_and_the_right_form_is_shown(
    examiner: Examiner,
) -> None:
    seen = examiner.look(**numbered(OTHER_WRITINGS))
    assert all_are("accepted", {name: s.verdict for name, s in seen.items()})
    assert all("subject-tolerated" in s.remarks for s in seen.values())
    assert {s.said["suggested_subject"] for s in seen.values()} == {STORY}
    assert all(STORY in s.text for s in seen.values())


def test_the_same_claim_is_read_from_every_usual_writing(examiner: Examiner) -> None:
    subjects = (
        *(f"农学院党委+战疫故事汇+{date}" for date in OTHER_DATES),
        *(f"{unit}+战疫故事汇+20200710" for unit in OTHER_UNITS),
        *OTHER_SIGNS,
    )
    claims = [s.said["claim"] for s in examiner.look(**numbered(subjects)).values()]
    assert {(c["unit"], c["category"], c["date"]) for c in claims} == {
        ("农学院党委", "战疫故事汇", "2020-07-10")
    }


def test_the_wall_of_fire_needs_no_date_and_takes_one(examiner: Examiner) -> None:
    subjects = {
        "dated": f"{WALL}+20200628",
        "quoted": "农学院党委+“红色防火墙”",
        "reversed_": "红色防火墙+农学院党委",
        "glued": "农学院党委红色防火墙",
        "named": "农学院党委+红色防火墙宣传稿件",
    }
    seen = examiner.look(**{name: wall(subject=s) for name, s in subjects.items()})
    assert all_are("accepted", {name: s.verdict for name, s in seen.items()})
    assert {s.said["suggested_subject"] for s in seen.values()} == {WALL}


def test_a_unit_whose_name_is_inside_another_s_is_not_mistaken_for_it(examiner: Examiner) -> None:
    subjects = {
        "longer": "电子工程学院党委+红色防火墙",
        "shorter": "工程学院红色防火墙",
        "longest": "水利与土木工程学院红色防火墙",
    }
    seen = examiner.look(**{name: wall(subject=s) for name, s in subjects.items()})
    assert {name: s.said["claim"]["unit"] for name, s in seen.items()} == {
        "longer": "电子工程学院党委",
        "shorter": "工程学院党委",
        "longest": "水利与土木工程学院党委",
    }


def test_what_the_notice_calls_a_category_at_length_is_that_category(examiner: Examiner) -> None:
    mails = {
        "素材": stock(("a.jpg", material.jpeg()), subject="农学院党委+抗疫教育素材+20200915"),
        "案例": case(),
    }
    seen = examiner.look(**mails)
    assert seen["素材"].said["claim"]["category"] == "教育素材"
    assert seen["案例"].said["claim"]["category"] == "党建特色案例"


def test_a_field_that_is_missing_is_named_and_the_whole_subject_is_offered(
    examiner: Examiner,
) -> None:
    subjects = {
        "no_date": "农学院党委+战疫故事汇",
        "no_such_date": "农学院党委+战疫故事汇+20200732",
        "february": "农学院党委+战疫故事汇+2020-02-30",
        "no_category": "农学院党委+20200710",
        "wrong_category": "农学院党委+工作总结+20200710",
        "two_categories": "农学院党委+战疫故事汇+教育素材+20200710",
        "nothing": "材料",
        "empty": "",
    }
    seen = examiner.look(**{name: story(subject=s) for name, s in subjects.items()})
    assert {name: s.verdict for name, s in seen.items()} == {
        "no_date": "returned: date-missing",
        "no_such_date": "returned: date-invalid",
        "february": "returned: date-invalid",
        "no_category": "returned: category-unknown",
        "wrong_category": "returned: category-unknown",
        "two_categories": "returned: category-unknown",
        "nothing": "returned: subject-unreadable",
        "empty": "returned: subject-unreadable",
    }
    for name in ("no_date", "no_such_date", "february"):
        assert seen[name].said["suggested_subject"] == STORY
        assert STORY in seen[name].text


def test_a_unit_that_is_not_on_the_roster_is_held_and_never_guessed(examiner: Examiner) -> None:
    subjects = {
        "unknown": "天文学院党委+战疫故事汇+20200710",
        "misspelt": "农学苑党委+战疫故事汇+20200710",
        "two": "农学院党委、园艺学院党委+战疫故事汇+20200710",
    }
    seen = examiner.look(**{name: story(subject=s) for name, s in subjects.items()})
    assert all_are("held: unit-unknown", {name: s.verdict for name, s in seen.items()})
    assert {s.said["claim"]["unit"] for s in seen.values()} == {None}
    assert "农学院党委" in str(seen["misspelt"].said["findings"])


def test_a_date_far_from_the_day_of_receipt_is_only_remarked(examiner: Examiner) -> None:
    mails = {
        "far": story(subject="农学院党委+战疫故事汇+20200510"),
        "day_before": story(subject="农学院党委+战疫故事汇+20200709"),
    }
    assert examiner.remarks(**mails) == {"far": {"date-differs"}, "day_before": set()}


def test_a_question_without_files_is_for_a_person(examiner: Examiner) -> None:
    mails = {
        "when": letter(subject="请问战疫故事汇什么时候截止？", text="老师您好，请问几号截止？"),
        "where": letter(subject="关于推荐表的问题", text="附件1的推荐表在哪里下载？"),
    }
    statuses = {name: s.said["status"] for name, s in examiner.look(**mails).items()}
    assert statuses == {"when": "held", "where": "held"}


def test_the_other_department_s_mailbox_is_remarked_and_the_mail_accepted(
    examiner: Examiner,
) -> None:
    assert examiner.remarks("--mailbox", "zuzhibu", wall=wall(), story=story()) == {
        "wall": {"wrong-mailbox"},
        "story": set(),
    }


def test_a_date_in_the_subject_says_nothing_about_when_the_mail_came(examiner: Examiner) -> None:
    seen = examiner.look(late=story(date=at(7, 16, 0, 0, 0)))["late"]
    assert (seen.said["late"], seen.remarks) == (True, {"late"})
