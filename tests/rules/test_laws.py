"""Laws of judging: total, deterministic, and no way to buy an excuse with another file."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from rules import naming
from rules.calendar import moment
from rules.catalogue import by_code
from rules.formats import FORMATS
from rules.judge import judge
from rules.rule import say
from rules.submission import (
    Attachment,
    Claim,
    Contact,
    Facts,
    Link,
    Message,
    Picture,
    Sighting,
    Submission,
)
from rules.verdict import Severity, Status
from tests.rules.builders import MATERIAL, NOTICE, STORY, WALL, at

WORDS = st.sampled_from(
    [
        "故事.docx",
        "照片.jpg",
        "推荐表.docx",
        "附件1.pdf",
        "扫描件.jpg",
        "~$a.docx",
        "a.lnk",
        "x.exe",
        "课.mp4",
        "材料.zip",
        ".",
        "a.",
        "mmexport1.jpg",
        "农学院党委+战疫故事汇+20200710.wps",
    ]
)
NAMES = st.one_of(WORDS, st.text(max_size=8))
NUMBERS = st.one_of(st.none(), st.integers(0, 1 << 40))
SIZES = st.one_of(st.integers(0, 1 << 40), st.sampled_from([0, 10 << 20, (10 << 20) + 1]))
PICTURES = st.builds(
    Picture, width=st.integers(0, 9000), height=st.integers(0, 9000), size=SIZES, hash=NUMBERS
)
TABLES = st.lists(st.lists(NAMES, max_size=3).map(tuple), max_size=3).map(tuple)
FACTS = st.builds(
    Facts,
    size=SIZES,
    sha256=st.text("abc", max_size=2),
    format=st.one_of(st.sampled_from(sorted(FORMATS)), st.text(max_size=3)),
    encrypted=st.booleans(),
    damaged=st.sampled_from(["", "truncated", "undecodable", "unopenable", "no-moov", "odd"]),
    macros=st.booleans(),
    executable=st.booleans(),
    duration_ms=NUMBERS,
    width=NUMBERS,
    height=NUMBERS,
    chars=NUMBERS,
    text_layer=st.sampled_from([None, True, False]),
    exif=st.sampled_from([None, True, False]),
    page_like=st.sampled_from([None, True, False]),
    hash=NUMBERS,
    pictures=st.lists(PICTURES, max_size=2).map(tuple),
    tables=st.lists(TABLES, max_size=2).map(tuple),
    contact=st.sampled_from([None, Contact(name="张老师", way="1")]),
    entries=NUMBERS,
    bomb=st.sampled_from(["", "depth", "odd"]),
    threat=st.sampled_from(["", "X"]),
    unknown=st.sampled_from(["", "", "", "timeout", "odd"]),
)
FILES = st.builds(
    Attachment,
    name=NAMES,
    facts=FACTS,
    path=st.sampled_from([(), ("材料.zip",)]),
    ignored=st.sampled_from(["", "", "logo"]),
    undecodable=st.sampled_from(["", "", "base64"]),
)
EAST = timezone(timedelta(hours=8))
DATES = st.one_of(
    st.none(),
    st.just(at("2020-07-10 09:00")),
    st.datetimes(timezones=st.sampled_from([None, UTC, EAST, timezone(-timedelta(hours=12))])),
    st.sampled_from([datetime.min.replace(tzinfo=EAST), datetime.max.replace(tzinfo=UTC)]),
)
LINKS = st.builds(
    Link,
    provider=NAMES,
    url=NAMES,
    name=NAMES,
    size=NUMBERS,
    expires=DATES,
    code=st.sampled_from(["", "ab"]),
    code_needed=st.booleans(),
)
MESSAGES = st.builds(
    Message,
    subject=st.one_of(st.sampled_from([STORY, MATERIAL, WALL, "请问"]), st.text(max_size=20)),
    date=DATES,
    received=DATES,
    text=st.text(max_size=30),
    unreadable=st.sampled_from(["", "", "", "x"]),
)


@st.composite
def submissions(draw: st.DrawFn) -> Submission:
    message = draw(MESSAGES)
    claim = naming.claim(message.subject, NOTICE, at=moment(message, NOTICE))
    return Submission(
        message=message,
        claim=replace(claim, mends=draw(st.booleans())),
        mailbox=draw(st.sampled_from(["", "zuzhibu", "xuanchuanbu", "none"])),
        attachments=tuple(draw(st.lists(FILES, max_size=5))),
        links=tuple(draw(st.lists(LINKS, max_size=2))),
        before=tuple(draw(st.lists(FILES, max_size=2))),
        seen=(Sighting(sha256="a", unit="园艺学院党委"),),
    )


@given(submissions())
def test_every_submission_gets_a_verdict_that_can_be_said(submission: Submission) -> None:
    verdict = judge(submission, NOTICE)
    severities = {finding.severity for finding in verdict.findings}
    expected = Status.RETURNED if Severity.ERROR in severities else Status.ACCEPTED
    assert verdict.status is (Status.HELD if Severity.HOLD in severities else expected)
    for finding in verdict.findings:
        rule = by_code(finding.code)
        assert rule is not None
        assert say(rule, finding, NOTICE, "zh").saw
        assert say(rule, finding, NOTICE, "en").fix


@given(submissions())
def test_the_same_submission_gets_the_same_verdict_twice(submission: Submission) -> None:
    verdict = judge(submission, NOTICE)
    assert judge(submission, NOTICE) == verdict
    assert judge(verdict.submission, NOTICE) == verdict


# Faults that lie in one file and its bytes alone: nothing that comes beside it can mend them.
OF_A_FILE = frozenset(
    [
        "word-encrypted",
        "word-damaged",
        "word-macros",
        "image-not-jpeg",
        "image-damaged",
        "image-too-large",
        "scan-too-large",
        "video-not-mp4",
        "video-too-long",
        "video-too-large",
        "video-damaged",
        "duration-unknown",
        "executable",
        "malware",
        "not-inspected",
        "file-undecodable",
        "file-empty",
        "archive-encrypted",
        "archive-bomb",
        "archive-unreadable",
        "link-no-code",
        "link-expired",
    ]
)


@given(submissions(), FILES)
def test_one_more_attachment_never_excuses_the_fault_of_another(
    submission: Submission, more: Attachment
) -> None:
    """A file may fill a part or turn out to be the original of a picture; it cleans no other.

    Only a picture called a scan may change its kind for good: what is short of pictures takes
    it for one. So the kinds of the files that were there must be the same for the law to speak.
    """
    first = judge(submission, NOTICE)
    longer = (*submission.attachments, more)
    second = judge(replace(submission, attachments=longer), NOTICE)
    kinds = [a.kind for a in first.submission.attachments]
    if first.codes() == ("question",) or kinds != [
        a.kind for a in second.submission.attachments[: len(kinds)]
    ]:
        return
    before = {(f.code, f.where) for f in first.findings if f.code in OF_A_FILE}
    assert before <= {(f.code, f.where) for f in second.findings}


@given(submissions(), FILES)
def test_one_more_attachment_never_mends_the_subject(
    submission: Submission, more: Attachment
) -> None:
    subject = {"unit-unknown", "category-unknown", "date-missing", "date-invalid", "late"}
    first = set(judge(submission, NOTICE).codes()) & subject
    longer = replace(submission, attachments=(*submission.attachments, more))
    assert first <= set(judge(longer, NOTICE).codes())


@given(submissions())
def test_a_complete_suggestion_always_reads_back(submission: Submission) -> None:
    suggested = judge(submission, NOTICE).suggested_subject
    known = submission.claim
    read = naming.claim(suggested, NOTICE)
    if naming.complete(known, NOTICE):
        assert (read.unit, read.category) == (known.unit, known.category)
    if not any(blank in suggested for blank in ("二级党组织", "类别", "报送日期")):
        assert naming.complete(read, NOTICE)
        assert read.deviations == ()


def test_a_claim_without_anything_is_judged_too() -> None:
    assert judge(Submission(message=Message(), claim=Claim()), NOTICE).status is Status.RETURNED
