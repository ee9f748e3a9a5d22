"""Headers of an automatic answer: RFC 3834, and nothing a stranger could add to them."""

import pytest

from daemon.reply import compose
from daemon.reply.headers import headers, recipient, subject
from rules.verdict import Status
from tests.daemon.reply.verdicts import ID, a_context, a_message, a_submission, a_verdict


def test_the_answer_says_once_that_it_is_automatic() -> None:
    raw = compose(a_verdict(status=Status.ACCEPTED), context=a_context()).as_bytes()
    assert raw.lower().count(b"auto-submitted: auto-replied\r\n") == 1
    assert b"X-Auto-Response-Suppress: All\r\n" in raw


def test_the_marker_names_the_instance() -> None:
    fields = headers(a_verdict(), a_context(instance="test-7"))
    assert fields["X-Baosong"].startswith("test-7; ")


def test_the_answer_hangs_below_the_mail_it_answers() -> None:
    message = a_message(references=("first@a", "second@b"))
    fields = headers(a_verdict(submission=a_submission(message=message)), a_context())
    assert fields["In-Reply-To"] == "<tcmime.1@example.edu.cn>"
    assert fields["References"] == "<first@a> <second@b> <tcmime.1@example.edu.cn>"


def test_a_mail_without_an_identifier_is_answered_without_a_thread() -> None:
    verdict = a_verdict(submission=a_submission(message=a_message(message_id="")))
    assert not {"In-Reply-To", "References"} & headers(verdict, a_context()).keys()


@pytest.mark.parametrize("hostile", ["a b@c", "x>\r\nBcc: all@example.com", "中文@c", "a" * 251])
def test_an_identifier_that_is_none_is_not_repeated(hostile: str) -> None:
    verdict = a_verdict(submission=a_submission(message=a_message(message_id=hostile)))
    assert "In-Reply-To" not in headers(verdict, a_context())


def test_long_threads_keep_their_root_and_their_end() -> None:
    message = a_message(references=tuple(f"{n}@a" for n in range(40)))
    told = headers(a_verdict(submission=a_submission(message=message)), a_context())["References"]
    assert told.split()[0] == "<0@a>"
    assert told.split()[-2:] == ["<39@a>", "<tcmime.1@example.edu.cn>"]
    assert len(told.split()) == 11


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("农学院党委+战疫故事汇", "Re: 农学院党委+战疫故事汇"),
        ("回复：Re: 农学院党委+战疫故事汇", "Re: 农学院党委+战疫故事汇"),
        ("转发：农学院党委", "Re: 转发：农学院党委"),
        ("材料\r\nBcc: all@example.com", "Re: 材料 Bcc: all@example.com"),
        ("\u202e料材", "Re: 料材"),
        ("", "Re: （无主题）"),
    ],
)
def test_the_subject_is_theirs_on_one_line(theirs: str, ours: str) -> None:
    assert subject(a_message(subject=theirs), a_context()) == ours


def test_an_endless_subject_is_cut() -> None:
    assert len(subject(a_message(subject="长" * 5000), a_context())) == 164


def test_the_answer_goes_to_the_sender() -> None:
    assert recipient(a_message()) == "nxy@example.edu.cn"


def test_reply_to_counts_within_the_same_domain_alone() -> None:
    assert recipient(a_message(reply_to="office@example.edu.cn")) == "office@example.edu.cn"
    assert recipient(a_message(reply_to="victim@example.com")) == "nxy@example.edu.cn"


@pytest.mark.parametrize("odd", ["张 三@example.edu.cn", "zzbdj@scau.edu.cn", "XCB@scau.edu.cn"])
def test_a_reply_to_that_is_ours_or_no_address_is_passed_over(odd: str) -> None:
    sender = f"nxy@{odd.partition('@')[2]}"
    message = a_message(sender=sender, reply_to=odd)
    reply = compose(a_verdict(submission=a_submission(message=message)), context=a_context())
    assert (reply.to, reply.headers["To"]) == (sender, sender)


@pytest.mark.parametrize("address", ["", "nobody", "a@b, c@d", "a@b\r\nBcc: c@d", "“@b", "a b@c"])
def test_no_letter_is_written_to_what_is_no_address(address: str) -> None:
    with pytest.raises(ValueError, match="no address"):
        recipient(a_message(sender=address))


def test_the_message_id_is_the_one_that_was_given() -> None:
    reply = compose(a_verdict(), context=a_context())
    assert reply.message_id == ID
    assert reply.headers["Message-ID"] == f"<{ID}>"


def test_the_date_is_local_time() -> None:
    assert headers(a_verdict(), a_context())["Date"] == "Fri, 10 Jul 2020 12:00:30 +0800"
