"""Rules about safety and about the mail itself."""

from dataclasses import replace

import pytest

from rules.judge import judge
from rules.verdict import Status
from tests.rules.builders import (
    NOTICE,
    PHOTOS,
    TEXT,
    a_file,
    a_story,
    a_submission,
    codes,
    faults,
    fires,
    quiet,
    spoken,
)


def test_a_mail_that_could_not_be_read_is_held_with_that_alone() -> None:
    submission = a_submission(subject="材料", message={"unreadable": "部件超过 10 万个"})
    assert "部件超过 10 万个" in spoken(fires("unreadable-message", submission))
    assert codes(submission) == ("unreadable-message",)
    assert judge(submission, NOTICE).status is Status.HELD


def test_a_mail_that_was_read_is_judged() -> None:
    quiet("unreadable-message", a_story())


def test_a_recalled_mail_is_held() -> None:
    submission = a_submission(subject="发信方已撤回邮件：农学院党委+战疫故事汇+20200710")
    fires("withdrawn", submission)
    assert codes(submission) == ("withdrawn",)


def test_a_mail_about_recalling_is_not_recalled() -> None:
    quiet("withdrawn", a_story(subject="农学院党委+战疫故事汇+20200710 发信方已撤回邮件后重发"))


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("故事.docx", {"format": "exe", "executable": True}),
        ("故事.docx.scr", {"format": "unknown"}),
        ("安装.bat", {}),
        ("照片.js", {"format": "txt"}),
    ],
)
def test_programs_and_scripts_are_held(name: str, facts: dict[str, object]) -> None:
    submission = a_story(a_file(name, **facts))
    fires("executable", submission)
    assert faults(submission) == {"executable"}


def test_a_program_in_an_archive_is_told_with_its_archive() -> None:
    program = replace(a_file("查看照片.exe"), path=("材料.zip",))
    submission = a_story(a_file("材料.zip"), program)
    assert "在 材料.zip 里" in spoken(fires("executable", submission))


def test_documents_and_pictures_are_no_programs() -> None:
    quiet("executable", a_story())


def test_malware_is_held_and_its_name_is_not_told() -> None:
    submission = a_story(a_file("说明.exe", threat="Win.Test.EICAR_HDB-1"))
    said = spoken(fires("malware", submission))
    assert "EICAR" not in said
    assert faults(submission) == {"malware"}


def test_a_clean_file_is_no_malware() -> None:
    quiet("malware", a_story())


@pytest.mark.parametrize("why", ["timeout", "died", "reader-missing", "method", "limits", "odd"])
def test_a_file_that_could_not_be_looked_into_is_no_fault_of_the_sender(why: str) -> None:
    submission = a_story(a_file("照片3.jpg", unknown=why, damaged="undecodable"))
    fires("not-inspected", submission)
    assert faults(submission) == {"not-inspected"}


@pytest.mark.parametrize("name", ["转发.eml", "报送.msg"])
def test_in_a_saved_mail_that_nobody_opened_may_be_all_that_seems_missing(name: str) -> None:
    box = a_file("a.zip"), a_file(name, path=("a.zip",))
    for files in (box, (*box, TEXT), (*box, TEXT, *PHOTOS)):
        assert "另存的邮件" in spoken(fires("not-inspected", a_submission(*files)))
        assert faults(a_submission(*files)) == {"not-inspected"}
    opened = a_file(name, ignored="opened")
    assert "form-missing" in faults(a_submission(TEXT, *PHOTOS, opened))
    assert faults(a_story(a_file(name, size=0, format="empty"))) == {"file-empty"}
    assert faults(a_story(a_file(name, undecodable="base64"))) == {"file-undecodable"}
    assert faults(a_story(a_file(name, unknown="timeout"))) == {"not-inspected"}


def test_an_inspected_file_is_inspected() -> None:
    quiet("not-inspected", a_story())


def test_a_broken_transfer_encoding_is_held() -> None:
    broken = a_file("照片3.jpg", undecodable="base64", damaged="truncated")
    fires("file-undecodable", a_story(broken))
    assert faults(a_story(broken)) == {"file-undecodable"}
    quiet("file-undecodable", a_story())


def test_nothing_is_missing_beside_a_file_that_may_be_anything() -> None:
    broken = a_file("资料.docx", format="txt", undecodable="base64")
    for files in ((broken,), (broken, PHOTOS[0]), (a_file("winmail.dat", undecodable="x"), TEXT)):
        assert faults(a_submission(*files)) == {"file-undecodable"}
    ignored = a_file("资料.docx", undecodable="base64", ignored="opened")
    assert "form-missing" in faults(a_submission(TEXT, *PHOTOS, ignored))


def test_what_the_transfer_has_lost_is_not_called_empty() -> None:
    lost = a_file("照片3.jpg", undecodable="cut", size=0, format="empty")
    assert faults(a_story(lost)) == {"file-undecodable"}


def test_what_a_spoilt_file_is_for_is_told_by_its_name_alone() -> None:
    spoilt = a_file("附件1推荐表盖章扫描件.pdf", undecodable="base64", format="txt")
    box = a_file("材料.zip", undecodable="base64", format="txt")
    for file in (spoilt, box):
        assert faults(a_submission(TEXT, *PHOTOS, file)) == {"file-undecodable"}


def test_ignored_parts_are_never_judged() -> None:
    ignored = a_file("smime.p7s", ignored="signature", undecodable="x", unknown="died")
    assert codes(a_story(ignored)) == ()
