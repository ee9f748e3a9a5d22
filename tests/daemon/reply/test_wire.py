"""A reply's bytes are those of the standard library, and read back as what was said."""

from email import message_from_bytes, policy
from email.header import Header, decode_header
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daemon.reply import Reply, rewritten, text_of
from daemon.reply.folding import POLICY, field
from tests.daemon.reply.cases import letters

LINE_ENDS = "\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029\0"
SAMPLES = st.sampled_from("农学院党委+战疫é😀 aZ09=_?<>@\"',;:()\\\t\u3000\xa0-!*/")
LETTERS = st.one_of(SAMPLES, st.characters(codec="utf-8", exclude_characters=LINE_ENDS))
LINES = st.text(LETTERS, max_size=200)
ADDRESSES = st.sampled_from(["a@b", f"{'x' * 60}@b", "é@b"])
VALUES = st.one_of(
    LINES, st.builds("{} <{}>".format, LINES, ADDRESSES), st.text("ab <>@.", max_size=300)
)
NAMES = st.one_of(st.sampled_from(["Subject", "From", "References"]), st.text("X-", min_size=1))
TEXTS = st.text(st.characters(codec="utf-8"), max_size=300)


def a_reply(headers: dict[str, str], text: str = "", html: str = "") -> Reply:
    return Reply(subject="", text=text, html=html, headers=headers, to="a@b", message_id="1@b")


def by_the_library(reply: Reply) -> bytes:
    """The same mail by the general way: a tree of parts, and the generator."""
    boundary = message_from_bytes(reply.as_bytes()).get_boundary()
    mail = MIMEMultipart("alternative", boundary, policy=POLICY)
    for text, subtype in ((reply.text, "plain"), (reply.html, "html")):
        part = MIMEText(text.replace("\n", "\r\n"), subtype, "utf-8", policy=POLICY)
        del part["MIME-Version"]
        mail.attach(part)
    for name, value in reply.headers.items():
        mail[name] = value if value.isascii() else encoded(name, value)
    return mail.as_bytes(policy=POLICY)


def encoded(name: str, value: str) -> str:
    words, bracket, address = value.rpartition(" <") if value.endswith(">") else (value, "", "")
    head = Header(words, "utf-8", maxlinelen=70, header_name=name)
    return head.encode(linesep="\r\n") + bracket + address


@pytest.mark.parametrize("letter", [letter for _, letter in letters()])
def test_every_approved_letter_is_what_the_library_writes(letter: Reply) -> None:
    assert letter.as_bytes() == by_the_library(letter)


@given(st.dictionaries(NAMES, VALUES, max_size=4), TEXTS, TEXTS)
def test_any_letter_is_what_the_library_writes(
    headers: dict[str, str], text: str, html: str
) -> None:
    reply = a_reply(headers, text, html)
    assert reply.as_bytes() == by_the_library(reply)


@given(st.text(LETTERS, min_size=1, max_size=200))
def test_a_subject_reads_back_as_it_was_said(said: str) -> None:
    subject = f"Re: {said.strip()}".strip()
    mail = message_from_bytes(a_reply({"Subject": subject}).as_bytes(), policy=policy.SMTP)
    assert mail.keys() == ["Content-Type", "MIME-Version", "Subject"]
    # The reader takes any white space between ASCII words for a blank: compared without.
    assert "".join(mail["Subject"].split()) == "".join(subject.split())


@given(TEXTS, TEXTS)
def test_the_texts_read_back_as_they_were_written(text: str, html: str) -> None:
    mail = message_from_bytes(a_reply({}, text, html).as_bytes())
    bodies = [part.get_payload(decode=True) for part in mail.walk() if not part.is_multipart()]
    assert bodies == [said.replace("\n", "\r\n").encode() for said in (text, html)]


@given(st.text("农😀é+a ", min_size=1, max_size=120).map("农{}".format))
def test_each_encoded_word_is_short_and_holds_whole_characters(words: str) -> None:
    lines = field("Subject", words).decode("ascii").removeprefix("Subject: ").split()
    decoded = [octets.decode(charset) for line in lines for octets, charset in decode_header(line)]
    assert "".join(decoded) == words
    assert max(map(len, lines)) <= 75


@pytest.mark.parametrize("end", LINE_ENDS)
def test_no_sort_of_line_end_brings_another_header(end: str) -> None:
    with pytest.raises(ValueError, match="a line end in the header Subject"):
        field("Subject", f"材料{end}Bcc: all@example.com")
    with pytest.raises(ValueError, match="a line end"):
        field(f"Subject{end}Bcc", "all@example.com")


def test_a_long_chinese_subject_is_cut_between_characters() -> None:
    lines = field("Subject", "Re: 农学院党委+战疫故事汇+20200710+一线党支部的故事").split(b"\r\n")
    assert lines == [
        b"Subject: =?utf-8?b?UmU6IOWGnOWtpumZouWFmuWnlCvmiJjnlqvmlYXkuovmsYcr?=",
        b" =?utf-8?b?MjAyMDA3MTAr5LiA57q/5YWa5pSv6YOo55qE5pWF5LqL?=",
        b"",
    ]


def test_words_of_a_person_leave_the_headers_as_they_are() -> None:
    raw = dict(letters())["many_faults"].as_bytes()
    changed = rewritten(raw, "第一行\r\n第二行")
    assert changed.partition(b"\r\n\r\n")[0] == raw.partition(b"\r\n\r\n")[0]
    assert text_of(changed) == "第一行\n第二行\n"
    assert len(message_from_bytes(changed).get_payload()) == 2
