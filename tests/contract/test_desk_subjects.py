"""Subjects as secretaries write them: what is clear is taken, whatever it looks like."""

from tests.contract.desks import ACCEPTED, ALL, Cases, check, story
from tests.contract.outside import Examiner
from tests.contract.ready import STORY
from tests.letters import forwarded, forwarded_whole

CLEAR = (
    "农学院党委＋战疫故事汇＋２０２００７１０",
    "【农学院党委】战疫故事汇-2020.7.10",
    "農學院黨委+戰疫故事匯+20200710",
    "农学院党总支+战疫故事汇+20200710",
    "农学院+“战疫故事汇”+2020年7月10日",
    "关于报送农学院党委战疫故事汇材料的函 20200710",
    "农学院党委战疫故事汇20200710",
    "Fwd: 回复：农学院党委+战疫故事汇+20200710（修改稿）",
    "农学院党委+战疫故事汇+20190710",
    "农学院党委+战疫故事汇+7月10日",
    "农学院党委+战疫故事汇+0710",
    "农学院党委+战疫故事汇+20200710.docx",
    "战疫故事汇+农学院党委+20200710",
    "农学院党委 战疫故事汇 20200710",
    "农学院党委-战疫故事汇-20200710-张三",
    "农学院党委+战疫故事汇+20200710+张三13800138000",
    "（农学院党委）报送：战疫故事汇（2020-07-10）【第一篇】",
    "农学院学生第二党支部+战疫故事汇+20200710",
    "华南农业大学农学院党委+战疫故事汇+20200710",
    "农学院党委+战役故事汇+20200710",
    "农学院党委+“四个一”行动战疫故事汇+20200710",
    "[外部邮件]农学院党委+战疫故事汇+20200710",
    "农学院党委+战疫故事汇+2020年7月10日上午9:30",
    "农学院党委报送战疫故事汇（共2篇）+20200710",
    "农学院党委/战疫故事汇/2020/07/10",
    "农学院党委+战疫故事汇+20200701-20200710",
    "【急】农学院党委+战疫故事汇+20200710",
    "农学院党委+战疫故事汇+二〇二〇年七月十日",
    "农学院党委+战疫故事汇+20200710+《田间地头的党旗》",
    "中共华南农业大学农学院委员会 战疫故事汇推荐表及材料 2020-7-10",
    "更正：农学院党委+战疫故事汇+20200710",
)
OPEN = {
    "农学院党委、园艺学院党委+战疫故事汇+20200710": "held: unit-unknown",
    "新农村发展研究院党支部+战疫故事汇+20200710": "held: unit-unknown",
    "农学院党委员+战疫故事汇+20200710": "held: unit-unknown",
    "农学院党委+战疫故事汇、教育素材+20200710": "returned: category-unknown",
    "农学院材料": "returned: category-unknown",
    "": "returned: subject-unreadable",
    "报送材料": "returned: subject-unreadable",
    "SCAU Agriculture College + story": "returned: subject-unreadable",
    "农学院党委+战疫故事汇": "returned: date-missing",
}


def test_what_is_clear_is_taken(examiner: Examiner) -> None:
    cases: Cases = {f"s{n}": (story(subject=s), ACCEPTED) for n, s in enumerate(CLEAR)}
    check(examiner, cases)


def test_what_is_open_is_asked_or_held(examiner: Examiner) -> None:
    check(examiner, {f"s{n}": (story(subject=s), v) for n, (s, v) in enumerate(OPEN.items())})


def test_what_is_forwarded_tells_what_it_is(examiner: Examiner) -> None:
    block = "发件人: 张三 <a@example.cn>\n发送时间: 2020年7月9日\n收件人: 李四\n主题: "
    quoted = (
        f"请代为报送。\n\n------------------ 原始邮件 ------------------\n{block}{STORY}\n\n见附件"
    )
    cases: Cases = {
        "pressed": (forwarded(STORY, files=ALL), ACCEPTED),
        "as_a_file": (forwarded_whole(STORY, files=ALL, outer="转发材料"), ACCEPTED),
        "another_subject": (story(subject="请查收农学院材料", text=quoted), ACCEPTED),
        "another_unit": (story(subject="园艺学院材料", text=quoted), "returned: category-unknown"),
    }
    check(examiner, cases)


def test_the_answers_to_unclear_subjects_are_clear(examiner: Examiner) -> None:
    subjects = {
        "empty": "",
        "unit": "农学院材料",
        "two": "农学院党委+战疫故事汇、教育素材+20200710",
    }
    seen = examiner.look(**{name: story(subject=s) for name, s in subjects.items()})
    assert "邮件没有写主题" in seen["empty"].text
    assert "没有写类别" in seen["unit"].text
    assert "类别是我们按文件推测的，请先核对" in seen["unit"].text
    assert "两类材料请分两封" in seen["two"].text
    year = examiner.look(year=story(subject="农学院党委+战疫故事汇+20190710"))["year"]
    assert "2019年7月10日" in year.text
    assert "农学院党委+战疫故事汇+20200710”" in year.text
