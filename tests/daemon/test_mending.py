"""A letter is answered, and what is answered to that: true letters through the whole office."""

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from daemon.config import load
from daemon.office import Office
from tests import material
from tests.contract.ready import FIRST, MANUSCRIPT, SECOND, STORY_FORM, Named
from tests.daemon.offices import NOON, Clock, an_office, answers, post
from tests.letters import letter

STORY = "农学院党委+战疫故事汇+20200701"
TEXT: Named = ("稿件.docx", MANUSCRIPT)
ALL = (TEXT, FIRST, SECOND, STORY_FORM)
NO_UNIT = "战疫故事汇+20200701"


class Exchange:
    """One letter after the other, each answered before the next is written."""

    def __init__(self, office: Office, root: Path, clock: Clock) -> None:
        self.office, self.root, self.clock = office, root, clock
        self.reply: EmailMessage | None = None

    def write(self, subject: str, *files: Named, text: str = "请查收", **other: Any) -> str:
        """The verdict on a letter: `accepted`, or `returned: form-missing`."""
        box = self.office.config.mailboxes[0]
        raw = letter(subject=subject, files=files, text=text, date=self.clock(), **other)
        post(self.root, f"{self.clock():%H%M}", raw, at=self.clock())
        self.office.poll(box)
        self.office.deliver(box)
        self.clock.pass_(timedelta(minutes=5))
        self.reply = self._take()
        *_, row = self.office.ledger.messages()
        number = sum(1 for _ in self.office.ledger.messages())
        found = self.office.ledger.again.findings(number)
        faults = {code for code, severity, *_ in found if severity != "remark"}
        return f"{row['status']}: {', '.join(sorted(faults))}".removesuffix(": ")

    def answer(self, subject: str, *files: Named, text: str = "请查收", **other: Any) -> str:
        """A reply to our last reply."""
        assert self.reply is not None
        thread = [("In-Reply-To", self.reply["Message-ID"])]
        return self.write(subject, *files, text=text, headers=thread, **other)

    @property
    def text(self) -> str:
        """The last reply; "" when there was none."""
        body = self.reply.get_body(("plain",)) if self.reply else None
        return str(body.get_content()) if body else ""

    @property
    def versions(self) -> list[int | None]:
        return [row["version"] for row in self.office.ledger.messages()]

    @property
    def library(self) -> set[str]:
        folder = self.root / "state/library"
        return {p.name for p in folder.rglob("*") if p.is_file()}

    def _take(self) -> EmailMessage | None:
        found = [message_from_bytes(raw, policy=policy.default) for raw in answers(self.root)]
        for path in (self.root / "out/new").iterdir():
            path.rename(self.root / "out/cur" / path.name)
        assert len(found) < 2
        return found[0] if found else None


@pytest.fixture
def exchange(tmp_path: Path) -> Iterator[Exchange]:
    clock = Clock(NOON)
    root = tmp_path / "office"
    root.mkdir()
    config = load(an_office(root, replies="per_sender_per_day = 50"))
    with Office(config, clock=clock) as office:
        yield Exchange(office, root, clock)


def test_a_letter_without_its_unit_is_mended_by_the_subject_alone(exchange: Exchange) -> None:
    assert exchange.write(NO_UNIT, *ALL) == "returned: subject-unreadable"
    assert exchange.answer(STORY, text="主题已修改，请查收。") == "accepted"
    assert exchange.versions == [1, 2]
    assert {name for name, _ in ALL} <= exchange.library


def test_who_writes_anew_under_the_subject_that_we_proposed_is_understood(
    exchange: Exchange,
) -> None:
    exchange.write(NO_UNIT, *ALL)
    assert STORY in exchange.text
    assert exchange.write(STORY, text="") == "accepted"


def test_who_writes_anew_under_another_subject_brings_nothing(exchange: Exchange) -> None:
    exchange.write(NO_UNIT, *ALL)
    assert exchange.write("园艺学院党委+战疫故事汇+20200701") == "returned: no-attachment"


def test_a_letter_whose_unit_is_unknown_keeps_its_files_for_the_answer(exchange: Exchange) -> None:
    found = exchange.write("农院+战疫故事汇+20200701", *ALL[:3])
    assert found == "held: form-missing, unit-unknown"
    assert "无需重发" in exchange.text
    assert exchange.answer("农院+战疫故事汇+20200701", STORY_FORM) == "held: unit-unknown"
    exchange.write("农院+战疫故事汇+20200701", *ALL[:3])
    assert exchange.answer(STORY, STORY_FORM, text="已补推荐表") == "accepted"


def test_a_letter_without_its_category_is_judged_when_it_is_told(exchange: Exchange) -> None:
    assert exchange.write("农学院党委+材料+20200701", *ALL) == "returned: category-unknown"
    assert "已收到的文件" in exchange.text
    assert "无需重发" not in exchange.text
    assert exchange.answer(STORY, text="主题已改") == "accepted"


def test_what_was_bad_in_a_letter_without_its_category_is_still_missing(
    exchange: Exchange,
) -> None:
    broken = ("2.jpg", SECOND[1][:4000])
    exchange.write("农学院党委+材料+20200701", TEXT, FIRST, broken, STORY_FORM)
    assert exchange.answer(STORY, text="主题已改，请查收。") == "returned: part-missing"
    assert exchange.answer(STORY, SECOND) == "accepted"


def test_files_are_called_kept_only_where_the_next_letter_finds_them(exchange: Exchange) -> None:
    exchange.write(NO_UNIT, *ALL)
    assert "连同附件重新发送" in exchange.text
    assert "重新发一次" in exchange.text
    assert "无需重发" not in exchange.text
    assert "不用重发" not in exchange.text
    exchange.write("农学院党委+战疫故事汇", *ALL)
    assert "附件不用重发" in exchange.text
    assert "连同附件" not in exchange.text


def test_a_link_is_asked_for_again(exchange: Exchange) -> None:
    link = "视频：https://pan.baidu.com/s/1abcdefgh 提取码：ab12"
    form = ("附件2推荐表.docx", material.form("2"))
    exchange.write("农学院党委+教育素材", form, text=link)
    assert "附件不用重发" not in exchange.text
    assert "请把链接再写一遍" in exchange.text


STRANGER = "陌生人 <mallory@example.com>"


def test_a_stranger_with_an_empty_letter_learns_nothing_of_what_others_sent(
    exchange: Exchange,
) -> None:
    exchange.write(STORY, *ALL)
    for text in ("见附件", "", "这是我院的第二篇稿件，请查收附件"):
        assert exchange.write(STORY, text=text, sender=STRANGER) == "returned: no-attachment"
        assert TEXT[0] not in exchange.text
        assert "SHA-256" not in exchange.text


def test_a_stranger_with_a_file_adds_to_what_is_here(exchange: Exchange) -> None:
    exchange.write(STORY, *ALL[:3])
    assert exchange.write(STORY, STORY_FORM, sender=STRANGER) == "accepted"


def test_a_forgotten_attachment_is_told_also_where_all_is_here(exchange: Exchange) -> None:
    assert exchange.write(STORY, *ALL, ("讲座.mov", material.mov(60))) == "returned: video-not-mp4"
    found = exchange.answer(f"回复：Re: {STORY}", text="视频已转换为MP4，请查收附件。")
    assert found == "returned: no-attachment"
    assert "正文里提到了要发来的文件" in exchange.text
    assert exchange.answer(STORY, text="补发视频，请查收") == "returned: no-attachment"
    assert exchange.write(STORY, text="第二篇稿件见附件") == "returned: no-attachment"


def test_the_usual_words_beside_a_subject_put_right_are_no_forgotten_attachment(
    exchange: Exchange,
) -> None:
    assert exchange.write("农学院党委+战疫故事汇", *ALL) == "returned: date-missing"
    assert exchange.answer(STORY, text="请查收附件。") == "accepted"


def test_words_on_files_that_came_before_promise_none(exchange: Exchange) -> None:
    exchange.write(STORY, *ALL)
    for text in ("附件不变。", "附件同前，不再重发。", "此前发的附件请以本次主题为准"):
        assert "no-attachment" not in exchange.write(STORY, text=text)
