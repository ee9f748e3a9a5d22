"""What a verdict is made of."""

from dataclasses import replace

import pytest

from rules.catalogue import RULES
from rules.judge import ignored, judge
from rules.verdict import Severity, Status
from tests.rules.builders import (
    FORM,
    NOTICE,
    PHOTOS,
    STORY_FILES,
    TEXT,
    a_file,
    a_link,
    a_story,
    a_submission,
    codes,
)


def test_a_remark_is_accepted_an_error_returned_and_a_hold_held() -> None:
    assert judge(a_story(mailbox="xuanchuanbu"), NOTICE).status is Status.ACCEPTED
    assert judge(a_submission(TEXT, *PHOTOS), NOTICE).status is Status.RETURNED
    assert judge(a_story(a_file("a.mp4", duration_ms=None)), NOTICE).status is Status.HELD


def test_a_hold_beside_errors_holds_and_all_are_told() -> None:
    verdict = judge(a_submission(*PHOTOS, FORM, a_file("故事.docm"), a_file("3.png")), NOTICE)
    assert verdict.status is Status.HELD
    assert {f.severity for f in verdict.findings} == set(Severity)


def test_findings_come_in_the_order_of_the_catalogue() -> None:
    files = (a_file("3.heic"), a_file("故事.wps"), a_file("课.mov"))
    found = codes(a_submission(*files, subject="农学院党委+战疫故事汇", links=(a_link("x.mp4"),)))
    order = [rule.code for rule in RULES]
    assert list(found) == sorted(found, key=order.index)
    assert len(set(found)) >= 5


@pytest.mark.parametrize("weight", list(Severity))
def test_the_notice_sets_the_severity_of_any_rule(weight: Severity) -> None:
    notice = replace(NOTICE, severities={"form-missing": weight})
    found = judge(a_submission(TEXT, *PHOTOS), notice).findings
    assert [f.severity for f in found if f.code == "form-missing"] == [weight]


def test_ignored_parts_and_containers_keep_their_role() -> None:
    logo, box = a_file("logo.png", ignored="logo"), a_file("材料.zip")
    verdict = judge(a_submission(logo, box, *STORY_FILES), NOTICE)
    assert [a.role for a in verdict.submission.attachments][:2] == ["ignored", "container"]
    assert verdict.submission.files() == verdict.submission.attachments[2:]


def test_roles_of_an_earlier_judgement_do_not_stick() -> None:
    stale = tuple(replace(f, role="extra", kind="other", form="附件2") for f in STORY_FILES)
    assert judge(a_submission(*stale), NOTICE) == judge(a_submission(*STORY_FILES), NOTICE)


def test_mail_by_a_machine_is_ignored_with_the_reason_word_for_word() -> None:
    submission = a_submission(subject="自动回复")
    verdict = ignored(submission, "自动回复")
    assert (verdict.status, verdict.reason, verdict.findings) == (Status.IGNORED, "自动回复", ())
    assert verdict.submission is submission
