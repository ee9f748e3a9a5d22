"""Subjects of the mails that are forwarded in a mail."""

from pathlib import Path

import pytest

from daemon.message import read
from daemon.mime import quoted
from tests import letters
from tests.letters import letter

STORY = "农学院党委+战疫故事汇+20200710"


def enclosed(raw: bytes, folder: Path) -> tuple[str, ...]:
    path = folder / "mail.eml"
    path.write_bytes(raw)
    return read(path, folder).message.enclosed


def test_a_mail_forwarded_as_a_file_tells_its_subject(tmp_path: Path) -> None:
    raw = letters.forwarded_whole(STORY, outer="转发材料")
    assert enclosed(raw, tmp_path) == (STORY,)


def test_a_mail_forwarded_in_the_text_tells_its_subject(tmp_path: Path) -> None:
    assert enclosed(letters.forwarded(STORY), tmp_path) == (STORY,)


@pytest.mark.parametrize(
    "block",
    [
        f"------------------ 原始邮件 ------------------\n发件人: 张三 <a@b.cn>\n主题: {STORY}\n",
        f"---- 转发的邮件 ----\n| 发件人 | 张三<a@b.cn> |\n| 主题 | {STORY} |\n",
        f"-----Original Message-----\nFrom: a@b.cn\nSent: x\nSubject: {STORY}\n",
        f"发件人： 张三\n发送时间： 2020-07-10\n收件人： b\n主　题： {STORY}\n\n您好",
    ],
)
def test_the_ways_in_which_mail_programs_quote(block: str) -> None:
    assert quoted.subject(f"请查收\n\n{block}\n材料见附件") == STORY


@pytest.mark.parametrize(
    "text", ["", "主题: 农学院", "请看\n主题：农学院党委+战疫故事汇", "-- \n张三"]
)
def test_a_line_of_the_sender_is_no_subject_of_another_mail(text: str) -> None:
    assert quoted.subject(text) == ""


def test_mail_without_another_in_it_encloses_nothing(tmp_path: Path) -> None:
    assert enclosed(letter(subject=STORY), tmp_path) == ()
