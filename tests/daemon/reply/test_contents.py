"""What a letter says: which subject, which files, how much time."""

from dataclasses import replace
from datetime import datetime
from typing import Literal
from urllib.parse import parse_qs, urlsplit

import pytest

from daemon.reply import compose
from daemon.reply.contents import contents
from rules.judge import judge
from rules.submission import Link
from rules.verdict import Finding, Severity, Status
from tests.daemon.reply.cases import compliant, form, many_faults, photo, text
from tests.daemon.reply.verdicts import (
    a_context,
    a_fault,
    a_file,
    a_message,
    a_submission,
    a_verdict,
    judged,
    notice,
)


def at(instant: str) -> datetime:
    return datetime.fromisoformat(instant)


def test_the_link_opens_a_letter_under_the_right_subject() -> None:
    link = urlsplit(contents(many_faults(), a_context()).mailto)
    assert (link.scheme, link.path) == ("mailto", "zzbdj@scau.edu.cn")
    assert "+" not in link.query
    assert parse_qs(link.query) == {"subject": ["农学院党委+战疫故事汇+20200710"]}


def test_the_link_goes_to_the_mailbox_of_the_category() -> None:
    verdict = judged(
        a_file("稿件.docx", encrypted=True), message=a_message(subject="农学院党委+红色防火墙")
    )
    assert "mailto:xcb@scau.edu.cn?" in contents(verdict, a_context()).mailto


def test_a_category_that_is_due_twice_is_told_with_its_window() -> None:
    came = at("2020-07-02T09:00:00+08:00")
    message = a_message(subject="农学院党委+红色防火墙", received=came)
    reply = compose(judged(text(), message=message), context=a_context())
    assert "“红色防火墙”第一批（7月3日前）材料" in reply.text


def test_compliant_mail_is_offered_no_other_subject() -> None:
    assert contents(compliant(), a_context()).suggested == ""


def test_a_guessed_unit_is_not_called_right() -> None:
    message = a_message(subject="创新创业学院党委+战疫故事汇+20200710")
    told = contents(judged(text(), message=message), a_context())
    assert told.subject_is == "guessed"


def test_files_with_a_fault_or_a_doubt_are_not_called_good() -> None:
    files = [a_file(name, kind="text") for name in ("好.docx", "坏.docx", "疑.docx", "注.docx")]
    verdict = a_verdict(
        a_fault("坏.docx"),
        Finding("word-macros", Severity.HOLD, "疑.docx", {"told": "x"}),
        Finding("extension-mismatch", Severity.REMARK, "注.docx", dict.fromkeys(_MISMATCH, "x")),
        submission=a_submission(*files),
    )
    told = contents(verdict, a_context())
    assert [line.name for line in told.files] == ["好.docx", "注.docx"]


_MISMATCH = ("format", "ending", "right", "said", "told", "is", "advice")


def test_a_file_of_an_archive_is_named_with_its_archive() -> None:
    inside = replace(photo("值班.jpg"), path=("全部.zip",))
    told = contents(a_verdict(submission=a_submission(inside)), a_context())
    assert [line.name for line in told.files] == ["全部.zip/值班.jpg"]


def test_one_file_has_one_group_however_many_faults() -> None:
    verdict = a_verdict(a_fault("a.docx"), a_fault("b.docx"), a_fault("a.docx"))
    groups = contents(verdict, a_context()).errors
    assert [(g.name, len(g.points)) for g in groups] == [("a.docx", 2), ("b.docx", 1)]
    assert contents(verdict, a_context()).count == 3


@pytest.mark.parametrize(
    ("now", "late", "state"),
    [
        ("2020-07-15T23:59:59+08:00", False, "open"),
        ("2020-07-16T00:00:00+08:00", False, "passed"),
        ("2020-07-16T00:00:01+08:00", True, "late"),
    ],
)
def test_time_is_left_until_the_deadline_itself(now: str, late: bool, state: str) -> None:
    told = contents(a_verdict(a_fault(), late=late), a_context(now=at(now))).deadline
    assert told is not None
    assert told.state == state


def test_without_a_deadline_nothing_is_said_of_time() -> None:
    reply = compose(a_verdict(a_fault()), context=a_context(due=None))
    assert "【时间】" not in reply.text


@pytest.mark.parametrize(
    ("setting", "words"),
    [("accept", "仍然接收，记为逾期"), ("hold", "由工作人员确定"), ("return", "与我们联系")],
)
def test_lateness_is_told_as_the_notice_takes_it(
    setting: Literal["accept", "hold", "return"], words: str
) -> None:
    context = a_context(notice=replace(notice(), late=setting))
    assert words in compose(a_verdict(a_fault(), late=True), context=context).text


def test_a_receipt_shows_every_digest_in_full() -> None:
    reply = compose(compliant(), context=a_context())
    for file in compliant().submission.attachments:
        assert file.facts.sha256 in reply.text
        assert file.facts.sha256 in reply.html


def test_a_receipt_names_what_came_as_a_link() -> None:
    link = Link(provider="QQ邮箱", url="https://mail.qq.com/x", name="微党课.mp4", size=1 << 30)
    submission = replace(a_submission(text(), form()), links=(link,))
    reply = compose(a_verdict(status=Status.ACCEPTED, submission=submission), context=a_context())
    assert "微党课.mp4  1G" in reply.text
    assert "mail.qq.com" not in reply.text


def test_the_number_can_be_given() -> None:
    reply = compose(compliant(), context=a_context(number="ZZB-0042"))
    assert "回执编号：ZZB-0042" in reply.text


def test_the_office_is_said_when_it_is_known() -> None:
    office = replace(notice().mailboxes[0], office="行政楼 301")
    assert "行政楼 301" in compose(compliant(), context=a_context(mailbox=office)).text


def test_only_the_last_answer_of_a_day_says_so() -> None:
    assert "最后一封自动答复" in compose(compliant(), context=a_context(last=True)).text
    assert "最后一封自动答复" not in compose(compliant(), context=a_context()).text


def test_a_doubt_alone_asks_nothing_of_the_sender() -> None:
    doubt = Finding("word-macros", Severity.HOLD, "a.docx", {"told": "带有宏"})
    reply = compose(a_verdict(doubt, status=Status.HELD), context=a_context())
    assert "您暂时不用做什么" in reply.text
    assert "【需要补正】" not in reply.text


def test_a_copy_of_a_refused_file_is_not_called_good() -> None:
    names = ("故事.docx", "附件1推荐表.docx")
    verdict = judged(*(a_file(name, encrypted=True, sha256="ab" * 32) for name in names))
    assert contents(verdict, a_context()).files == ()


def test_a_link_is_called_by_its_file_or_by_who_keeps_it() -> None:
    kept = {"provider": "baidu", "title": "百度网盘", "url": "https://pan.baidu.com/s/1a"}
    bare, film = Link(**kept), Link(**kept, name="微党课.mp4", size=1 << 30)  # type: ignore[arg-type]
    ready = replace(a_submission(), links=(replace(bare, code_needed=True), film))
    letter = contents(judge(ready, notice()), a_context())
    assert [(g.where, g.name) for g in letter.errors] == [("link", "百度网盘")]
    assert [(line.name, line.size, line.purpose) for line in letter.links] == [
        ("百度网盘", "", ""),
        ("微党课.mp4", "1G", "百度网盘"),
    ]
