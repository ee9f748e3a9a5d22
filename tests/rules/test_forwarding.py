"""What a forwarded mail claims."""

import pytest

from rules import forwarding, naming
from rules.submission import Claim, Message
from tests.rules.builders import CASE, NOTICE, STORY, at


def claimed(subject: str, *enclosed: str) -> Claim:
    message = Message(subject=subject, enclosed=enclosed, received=at("2020-07-10 09:00"))
    return forwarding.claim(message, NOTICE)


@pytest.mark.parametrize("subject", ["转发材料", "Fwd: ", "农学院党委", "战疫故事汇", "请查收", ""])
def test_a_forwarded_mail_tells_what_the_subject_does_not(subject: str) -> None:
    told = claimed(subject, STORY)
    assert naming.complete(told, NOTICE)
    assert naming.write(told, NOTICE) == STORY
    assert told.deviations == ("forwarded",)
    assert told.window is not None


@pytest.mark.parametrize(
    ("subject", "enclosed"),
    [
        ("园艺学院党委材料", (STORY,)),  # of another unit
        ("教育素材", (STORY,)),  # of another category
        ("某某学院+战疫故事汇", (STORY,)),  # a unit that nobody knows is still another one
        ("转发材料", (STORY, CASE)),  # two submissions at once
        ("转发材料", ("农学院党委+战疫故事汇",)),  # not complete either
        ("回复：材料", (STORY,)),  # what is answered is no claim
        ("转发材料", ()),
    ],
)
def test_where_they_do_not_agree_the_subject_stands(
    subject: str, enclosed: tuple[str, ...]
) -> None:
    assert claimed(subject, *enclosed) == naming.claim(subject, NOTICE, at=at("2020-07-10 09:00"))


def test_a_complete_subject_is_not_second_guessed() -> None:
    assert claimed(CASE, STORY).deviations == ()
    assert naming.write(claimed(CASE, STORY), NOTICE) == CASE
