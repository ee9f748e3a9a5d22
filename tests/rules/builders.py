"""Submissions for tests: say only what the test is about, the rest is compliant."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from daemon.config.notices import SHIPPED, load
from rules import naming
from rules.calendar import moment
from rules.catalogue import by_code
from rules.formats import by_name, family
from rules.judge import judge
from rules.notice import Notice
from rules.rule import say
from rules.submission import Attachment, Contact, Facts, Link, Message, Picture, Submission
from rules.verdict import Finding

NOTICE = load(SHIPPED)
MB, GB, MINUTE = 1 << 20, 1 << 30, 60_000
CONTACT = Contact(name="张老师", way="020-85280000")
STORY = "农学院党委+战疫故事汇+20200710"
CASE = "园艺学院党委+党建特色案例+20200710"
MATERIAL = "农学院党委+教育素材+20200710"
WALL = "机关党委+红色防火墙"


def at(text: str) -> datetime:
    """Shanghai time: at("2020-07-15 23:59:59")."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Shanghai"))


def a_file(name: str, **facts: Any) -> Attachment:
    """A sound file of the format its name promises; Attachment's own fields are taken as well."""
    own = {k: facts.pop(k) for k in ("path", "inline", "ignored", "undecodable") if k in facts}
    format_ = facts.setdefault("format", by_name(name) or "unknown")
    usual: dict[str, Any] = {"size": MB, "sha256": f"sha of {name}"} | _plain(family(format_))
    return Attachment(name=name, facts=Facts(**(usual | facts)), **own)


def _plain(kind: str) -> dict[str, Any]:
    if kind == "text":
        return {"chars": 900}
    if kind == "image":
        return {"width": 4000, "height": 3000, "exif": True, "page_like": False}
    if kind == "video":
        return {"duration_ms": 5 * MINUTE}
    return {"entries": 1} if kind == "archive" else {}


TEXT = a_file("农学院党委+战疫故事汇+20200710.docx", contact=CONTACT)
PHOTOS = (a_file("照片1.jpg"), a_file("照片2.jpg"))
FORM = a_file("附件1“战疫故事汇”推荐表.docx", contact=CONTACT)
FORM2 = a_file("附件2“教育素材库”推荐表.docx", contact=CONTACT)
STORY_FILES = (TEXT, *PHOTOS, FORM)
MANUSCRIPT = a_file("机关党委+红色防火墙.docx", contact=CONTACT)


def a_submission(  # each keyword is one thing a test may be about
    *files: Attachment,
    subject: str = STORY,
    received: str = "2020-07-10 09:00",
    mailbox: str = "",
    mends: bool = False,
    notice: Notice = NOTICE,
    message: dict[str, Any] | None = None,
    **other: Any,
) -> Submission:
    """What these files make, as the shell would put it together. Without files: a bare mail."""
    letter = Message(subject=subject, received=at(received), **(message or {}))
    claim = naming.claim(subject, notice, at=moment(letter, notice))
    home = claim.category.mailbox if claim.category else notice.mailboxes[0].name
    return Submission(
        message=letter,
        claim=replace(claim, mends=mends),
        mailbox=mailbox or home,
        attachments=files,
        **other,
    )


def a_story(*files: Attachment, **other: Any) -> Submission:
    """A compliant 战疫故事汇 with these files beside."""
    return a_submission(*STORY_FILES, *files, **other)


def story_with(text: Attachment = TEXT, form: Attachment = FORM, **other: Any) -> Submission:
    """A compliant 战疫故事汇 with another text or form in the place of its own."""
    return a_submission(text, *PHOTOS, form, **other)


def earlier(*files: Attachment) -> tuple[Attachment, ...]:
    """Good files of an earlier version, as judging left them."""
    return judge(a_submission(*files), NOTICE).submission.attachments


def a_link(name: str = "", **other: Any) -> Link:
    values = {"provider": "QQ邮箱超大附件", "url": "https://wx.mail.qq.com/ftn/download?key=1"}
    return Link(name=name, **(values | other))


def a_picture(width: int = 1920, height: int = 1080, **other: Any) -> Picture:
    return Picture(**({"width": width, "height": height, "size": 200_000, "hash": 0} | other))


def codes(submission: Submission, notice: Notice = NOTICE) -> tuple[str, ...]:
    return judge(submission, notice).codes()


def faults(submission: Submission, notice: Notice = NOTICE) -> set[str]:
    """The codes of what is no mere remark."""
    return {f.code for f in judge(submission, notice).findings if f.severity != "remark"}


def fires(code: str, submission: Submission, notice: Notice = NOTICE) -> Finding:
    """Assert that the rule fires, and can be said in both languages. Gives its first finding."""
    found = [f for f in judge(submission, notice).findings if f.code == code]
    assert found, f"{code} stays quiet; heard: {codes(submission, notice)}"
    for finding in found:
        zh, en = spoken(finding, notice), spoken(finding, notice, "en")
        assert "{" not in zh + en
    return found[0]


def quiet(code: str, submission: Submission, notice: Notice = NOTICE) -> None:
    assert code not in codes(submission, notice), spoken(fires(code, submission, notice), notice)


def spoken(finding: Finding, notice: Notice = NOTICE, language: Any = "zh") -> str:
    """The whole finding in words, each of which is there."""
    rule = by_code(finding.code)
    assert rule is not None
    said = say(rule, finding, notice, language)
    texts = (said.title, said.saw, said.required, said.fix)
    assert all(texts)
    return "\n".join(texts)


def with_kind(name: str, notice: Notice = NOTICE, **limits: Any) -> Notice:
    """The notice with other limits for one kind."""
    kinds = (replace(kind, **limits) if kind.name == name else kind for kind in notice.kinds)
    return replace(notice, kinds=tuple(kinds))
