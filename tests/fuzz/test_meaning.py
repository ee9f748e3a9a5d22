"""A compliant mail stays one however its program writes, packs and decorates it."""

import quopri
from base64 import encodebytes
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.verdict import Status
from tests import material
from tests.contract import ready
from tests.contract.ready import Named, at
from tests.fuzz import laws
from tests.fuzz.here import Here
from tests.fuzz.mails import STYLES, Raw
from tests.fuzz.office import Desk
from tests.fuzz.often import often
from tests.letters import Enclosure, letter

_FIRST = ("值守.jpg", material.jpeg(320, 240, seed=1))
_SECOND = ("答疑.jpg", material.jpeg(320, 240, seed=2))
_FORM2: Named = ("附件2推荐表.docx", material.form("2"))
COMPLIANT: tuple[tuple[str, datetime, tuple[Named, ...]], ...] = (
    (ready.STORY, at(7, 10), (ready.STORY_TEXT, ready.STORY_FORM, _FIRST, _SECOND)),
    (ready.CASE, at(10, 9), (ready.CASE_TEXT, _FORM2)),
    (ready.STOCK, at(9, 15), (("现场.jpg", _FIRST[1]), _FORM2)),
    (ready.STOCK, at(9, 15), (("录音.mp3", material.mp3()), _FORM2)),
    (ready.WALL, at(6, 28), (ready.WALL_TEXT,)),
)
_DECORATION = (
    Enclosure("logo.png", material.png(150, 50), "image/png", inline=True, cid="c1"),
    Enclosure("smime.p7s", b"0\x80" * 99, "application/pkcs7-signature"),
    Enclosure("张三.vcf", material.vcf(), "text/vcard"),
    Enclosure("会议.ics", material.ics(), "text/calendar"),
    Enclosure("图片1.png", material.png(900, 700), "image/png", inline=True, cid="c1"),
)
_PROGRAMS = (
    ("X-Mailer", "Foxmail 7.2.18.111[cn]"), ("X-Mailer", "QQMail 2.x"), ("Auto-Submitted", "no"),
    ("X-Mailer", "Apple Mail (2.3445)"), ("X-QQ-AUTO-FWD", "true"), ("Importance", "high"),
    ("X-MS-Has-Attach", "yes"), ("Thread-Topic", "材料"), ("X-Originating-IP", "[10.0.0.1]"),
    ("Disposition-Notification-To", "nxy@example.edu.cn"), ("X-CM-TRANSID", "abc"),
)  # fmt: skip
_BODIES = (
    ("请查收附件。", ""),
    ("", "<div>老师好：<br>材料见附件，谢谢！</div><div><br></div><div>农学院党委办公室</div>"),
    ("老师好：\n\n材料见附件。\n\n-- \n张三\n农学院党委\n电话：020-85281234", "<p>老师好</p>"),
    ("发自我的iPhone", ""),
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with Desk(Path(tmp_path_factory.mktemp("meaning")), Here()) as desk:
        yield desk


def _encoded(file: Enclosure, encoding: str) -> Enclosure:
    if encoding == "quoted-printable":
        return replace(file, data=quopri.encodestring(file.data), encoding=encoding)
    if encoding == "binary" and not any(mark in file.data for mark in (b"\n--", b"\r\n--")):
        return replace(file, encoding=encoding)
    if encoding == "ragged":  # lines of any length, blank ones between
        coded = encodebytes(file.data).replace(b"\n", b"")
        lines = (coded[i : i + 997] for i in range(0, len(coded), 997))
        return replace(file, data=b"\r\n\r\n".join(lines), encoding="BASE64")
    return file


@st.composite
def written(draw: st.DrawFn) -> Raw:
    """One of the compliant mails, as one of the many programs would send it."""
    subject, when, files = draw(st.sampled_from(COMPLIANT))
    ways = st.sampled_from(["base64", "base64", "quoted-printable", "binary", "ragged"])
    types = st.sampled_from(["application/octet-stream", "application/x-zip-compressed", "a/b"])
    sent = [_encoded(Enclosure(n, d, type=draw(types)), draw(ways)) for n, d in files]
    text, html = draw(st.sampled_from(_BODIES))
    beside = draw(st.lists(st.sampled_from(_DECORATION), max_size=2, unique=True))
    if any(file.cid for file in beside):  # what is not shown in the text is attached
        html += "<img src='cid:c1'>"
    raw = letter(
        subject=subject,
        date=when,
        text=text,
        html=html,
        files=[*draw(st.permutations(sent)), *beside],
        style=draw(st.sampled_from(STYLES)),
        headers=draw(st.lists(st.sampled_from(_PROGRAMS), max_size=4)),
    )
    return Raw(raw)


@often(60)
@given(raw=written())
def test_a_compliant_mail_is_accepted_whoever_wrote_it_down(desk: Desk, raw: bytes) -> None:
    taken = desk.take(raw, mailbox="")
    laws.check(taken)
    verdict = taken.outcome.verdict
    assert verdict.status is Status.ACCEPTED, verdict.codes()
    assert not verdict.late
