"""Where the sender's own words end."""

import pytest

from daemon.mime.quoted import forwards, own


@pytest.mark.parametrize(
    "history",
    [
        "------------------ 原始邮件 ------------------\n发件人: 某人",
        "------------------\xa0原始邮件\xa0------------------",
        "-----原始邮件-----\n发件人:某人",
        "---- 回复的原邮件 ----\n| 发件人 | 某人 |",
        "---- Replied Message ----",
        "-----Original Message-----",
        "在 2020年7月10日，09:00，某人 <a@example.cn> 写道：\n> 旧",
        "On Fri, Jul 10, 2020 at 9:00 AM a <a@example.cn> wrote:",
        "At 2020-07-10 09:00:00, a wrote:",
        "发件人： 某人\n发送时间： 2020年7月10日",
        "发件人：某人\n日\u3000期：2020年07月10日",
        "From: a\n\nSent: Friday",
        "> 旧\n> 更旧",
    ],
)
def test_the_history_of_every_client_is_cut(history: str) -> None:
    assert own(f"已补正。\n联系人：张老师\n\n{history}") == "已补正。\n联系人：张老师"


@pytest.mark.parametrize(
    "text",
    ["发件人：张老师\n联系电话：020-88880000", "在会上，张老师写道", "--\n张老师", "a > b", "----"],
)
def test_words_that_only_resemble_a_history_are_kept(text: str) -> None:
    assert own(f"正文\n{text}") == f"正文\n{text}"


def test_a_mail_that_is_all_history_is_kept() -> None:
    assert own("> 联系人：张老师") == "> 联系人：张老师"


@pytest.mark.parametrize("subject", ["Fw: x", "FWD: x", "转发：x", "转发: x", "Re: 转发: x"])
def test_a_forward_is_known_by_its_subject(subject: str) -> None:
    assert forwards(subject)


@pytest.mark.parametrize("subject", ["回复: x", "关于转发: x", "转发x", ""])
def test_other_subjects_are_no_forwards(subject: str) -> None:
    assert not forwards(subject)
