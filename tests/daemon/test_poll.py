"""One pass over a mailbox: everything is written down, nothing twice, whatever goes wrong."""

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest

from daemon.config import Config
from daemon.errors import Unavailable
from daemon.intake import Intake
from daemon.office import Office
from tests import material
from tests.daemon.offices import NOON, Clock, answers, configured, post
from tests.letters import answer_to_ours, letter, out_of_office

SUBJECT = "农学院党委+战疫故事汇+20200701"
TEXT = (f"{SUBJECT}.docx", material.manuscript())
ONE, TWO = ("1.jpg", material.jpeg(seed=1)), ("2.jpg", material.jpeg(seed=2))
FORM = ("附件1推荐表.docx", material.form())


def complete(subject: str = SUBJECT) -> bytes:
    return letter(subject=subject, files=[TEXT, ONE, TWO, FORM], date=NOON)


def rows(office: Office) -> list[dict[str, object]]:
    return list(office.ledger.messages())


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return configured(tmp_path)


@pytest.fixture
def office(config: Config) -> Iterator[Office]:
    with Office(config, clock=Clock()) as open_office:
        yield open_office


def passes(office: Office, times: int = 1) -> int:
    box = office.config.mailboxes[0]
    new = sum(office.poll(box) for _ in range(times))
    office.deliver(box)
    return new


def test_a_complete_submission_is_accepted_filed_and_receipted(
    tmp_path: Path, office: Office
) -> None:
    post(tmp_path, "1", complete())
    assert passes(office) == 1
    [row] = rows(office)
    assert (row["status"], row["version"], row["codes"]) == ("accepted", 1, [])
    folder = tmp_path / "state/library/2020-four-ones/战疫故事汇/农学院党委/2020-07-01-1"
    assert {p.name for p in folder.iterdir()} >= {TEXT[0], "1.jpg", "2.jpg", "附件1推荐表.docx"}
    assert (folder / "来件.eml").read_bytes() == complete()
    [reply] = answers(tmp_path)
    assert message_from_bytes(reply)["Auto-Submitted"] == "auto-replied"


def test_ten_passes_leave_the_ledger_and_the_mails_of_one(tmp_path: Path, office: Office) -> None:
    post(tmp_path, "1", complete())
    post(tmp_path, "2", letter(subject=SUBJECT, files=[TEXT], date=NOON))
    post(tmp_path, "3", out_of_office())
    passes(office)
    once, mails = rows(office), answers(tmp_path)
    assert passes(office, times=10) == 0
    assert rows(office) == once
    assert answers(tmp_path) == mails
    assert len(mails) == 2


def test_automatic_mail_has_a_row_with_its_reason_and_no_answer(
    tmp_path: Path, office: Office
) -> None:
    post(tmp_path, "1", out_of_office())
    passes(office)
    [row] = rows(office)
    assert (row["status"], row["reply"]) == ("ignored", None)
    assert answers(tmp_path) == []


def test_a_mending_mail_asks_only_for_what_is_missing(tmp_path: Path, office: Office) -> None:
    post(tmp_path, "1", letter(subject=SUBJECT, files=[TEXT, ONE, TWO], date=NOON))
    passes(office)
    [first] = rows(office)
    assert first["codes"] == ["form-missing"]
    ours = str(message_from_bytes(answers(tmp_path)[0])["Message-ID"]).strip("<>")
    post(tmp_path, "2", answer_to_ours(SUBJECT, ours=ours, files=[FORM], date=NOON))
    passes(office)
    second = rows(office)[1]
    assert (second["status"], second["version"]) == ("accepted", 2)
    folder = next((tmp_path / "state/library").glob("*/*/*/*-1"))
    assert {p.name for p in folder.iterdir()} >= {TEXT[0], "1.jpg", "2.jpg", FORM[0]}


def test_a_reply_that_brings_only_the_missing_originals_is_enough(
    tmp_path: Path, office: Office
) -> None:
    """The text that holds the pictures is good itself, and stays so."""
    shown = [material.jpeg(seed=seed) for seed in (5, 6)]
    text = (TEXT[0], material.docx("值守的夜晚", "故事" * 300, pictures=shown))
    post(tmp_path, "1", letter(subject=SUBJECT, files=[text, FORM], date=NOON))
    passes(office)
    assert rows(office)[0]["codes"] == ["images-not-separate"]
    ours = str(message_from_bytes(answers(tmp_path)[0])["Message-ID"]).strip("<>")
    originals = [(f"原图{n}.jpg", picture) for n, picture in enumerate(shown)]
    post(tmp_path, "2", answer_to_ours(SUBJECT, ours=ours, files=originals, date=NOON))
    passes(office)
    assert (rows(office)[1]["status"], rows(office)[1]["codes"]) == ("accepted", [])


def test_thanks_for_a_receipt_stay_unanswered_and_unjudged(tmp_path: Path, office: Office) -> None:
    post(tmp_path, "1", complete())
    passes(office)
    ours = str(message_from_bytes(answers(tmp_path)[0])["Message-ID"]).strip("<>")
    thanks = letter(
        subject=f"回复：Re: {SUBJECT}",
        text="收到，谢谢老师！",
        headers=[("In-Reply-To", f"<{ours}>")],
        date=NOON,
    )
    post(tmp_path, "2", thanks)
    passes(office)
    assert [row["status"] for row in rows(office)] == ["accepted", "held"]
    assert len(answers(tmp_path)) == 1


def test_a_fault_of_ours_holds_the_message_and_the_next_one_is_served(
    tmp_path: Path, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge = Intake.judge

    def stumble(self: Intake, *args: object) -> object:
        monkeypatch.setattr(Intake, "judge", judge)
        raise KeyError("a slip of ours")

    monkeypatch.setattr(Intake, "judge", stumble)
    post(tmp_path, "1", letter(subject=SUBJECT, files=[TEXT], date=NOON))
    post(tmp_path, "2", complete("园艺学院党委+战疫故事汇+20200701"))
    passes(office)
    assert [row["status"] for row in rows(office)] == ["held", "accepted"]
    assert len(answers(tmp_path)) == 1
    with office.ledger._store.reading() as connection:
        [fault] = connection.execute("select fault from message where fault <> ''").fetchone()
    assert "a slip of ours" in fault


@pytest.mark.parametrize("world", [Unavailable("inspecting", "no worker"), OSError(28, "full")])
def test_a_fault_of_the_world_leaves_no_row_and_is_made_good_later(
    tmp_path: Path, office: Office, monkeypatch: pytest.MonkeyPatch, world: Exception
) -> None:
    post(tmp_path, "1", complete())

    def fail(*_: object) -> object:
        raise world

    with monkeypatch.context() as patch:
        patch.setattr(Intake, "judge", fail)
        with pytest.raises(Unavailable):
            passes(office)
    assert rows(office) == []
    passes(office)
    assert [row["status"] for row in rows(office)] == ["accepted"]


def test_the_same_bytes_lying_there_twice_are_judged_once(tmp_path: Path, office: Office) -> None:
    post(tmp_path, "1", complete())
    post(tmp_path, "2", complete())
    passes(office)
    assert [row["status"] for row in rows(office)] == ["accepted", "ignored"]
    assert len(answers(tmp_path)) == 1


def test_mail_older_than_go_live_is_recorded_and_not_answered(tmp_path: Path) -> None:
    config = configured(tmp_path, top="go_live = 2020-07-01T12:00:01+08:00")
    post(tmp_path, "1", letter(subject=SUBJECT, files=[TEXT], date=NOON))
    with Office(config, clock=Clock()) as office:
        passes(office)
        [row] = rows(office)
    assert (row["status"], row["reply"]) == ("returned", None)
    assert answers(tmp_path) == []


def test_a_sender_gets_three_answers_a_day_and_the_third_says_so(
    tmp_path: Path, config: Config
) -> None:
    clock = Clock()
    with Office(config, clock=clock) as office:
        for number in range(4):
            raw = letter(subject=SUBJECT, files=[TEXT], text=f"第{number}次", date=NOON)
            post(tmp_path, str(number), raw)
        passes(office)
        states = [row["reply"] is not None for row in rows(office)]
        assert states == [True, True, True, False]
        clock.pass_(timedelta(hours=25))
        post(tmp_path, "9", letter(subject=SUBJECT, files=[TEXT], text="次日", date=NOON))
        passes(office)
        assert rows(office)[-1]["reply"] is not None


def test_approve_mode_lets_replies_wait(tmp_path: Path) -> None:
    config = configured(tmp_path, replies='mode = "approve"')
    post(tmp_path, "1", letter(subject=SUBJECT, files=[TEXT], date=NOON))
    with Office(config, clock=Clock()) as office:
        passes(office)
        [row] = rows(office)
    assert isinstance(row["reply"], dict)
    assert row["reply"]["state"] == "waiting"
    assert answers(tmp_path) == []


def test_asked_to_stop_it_ends_after_the_message_in_hand(tmp_path: Path, config: Config) -> None:
    for number in range(3):
        unit = ("农学院党委", "园艺学院党委", "机关党委")[number]
        post(tmp_path, str(number), complete(f"{unit}+战疫故事汇+20200701"))
    asked = iter([False, True])
    with Office(config, lambda: next(asked), clock=Clock()) as office:
        assert office.poll(config.mailboxes[0]) == 1
    with Office(config, clock=Clock()) as office:
        assert office.poll(config.mailboxes[0]) == 2


def test_what_a_crash_left_unfiled_is_filed_at_the_next_start(
    tmp_path: Path, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    post(tmp_path, "1", complete())
    with Office(config, clock=Clock()) as office:
        filer = office.line.filer

        def crash(*_: object) -> None:
            raise Unavailable("filing", "killed")

        monkeypatch.setattr(type(filer), "shelve", crash)
        with pytest.raises(Unavailable):
            passes(office)
        monkeypatch.undo()
    assert not (tmp_path / "state/library").exists()
    with Office(config, clock=Clock()) as office:
        office.catch_up()
    assert len(list((tmp_path / "state/library").glob("*/*/*/*"))) == 1


def test_a_renumbered_mailbox_changes_nothing(tmp_path: Path, office: Office) -> None:
    post(tmp_path, "1", complete())
    passes(office)
    before = rows(office)[0]
    for numbers in (tmp_path / "state/uids").iterdir():
        numbers.unlink()
    passes(office)
    [after] = rows(office)
    moved = {"uidvalidity": after["uidvalidity"], "uid": after["uid"]}
    assert after == before | moved
    assert len(answers(tmp_path)) == 1


def test_letters_in_another_office_s_language_are_answered_in_it(tmp_path: Path) -> None:
    config = configured(tmp_path, top='language = "en"')
    post(tmp_path, "1", letter(subject=SUBJECT, files=[TEXT], date=NOON))
    with Office(config, clock=Clock()) as office:
        passes(office)
    body = message_from_bytes(answers(tmp_path)[0]).get_payload(0)
    assert b"required" in body.get_payload(decode=True).lower()  # type: ignore[union-attr]


def test_a_sender_whom_our_own_server_calls_forged_is_judged_and_not_answered(
    tmp_path: Path,
) -> None:
    config = configured(tmp_path, box='authserv = "mx.example.cn"')
    failed = [("Authentication-Results", "mx.example.cn; dmarc=fail header.from=example.edu.cn")]
    post(tmp_path, "1", letter(subject=SUBJECT, files=[TEXT], headers=failed, date=NOON))
    with Office(config, clock=Clock()) as office:
        passes(office)
        [row] = rows(office)
    assert (row["status"], row["reply"]) == ("returned", None)


def test_what_stands_in_a_form_can_be_asked_of_the_ledger(tmp_path: Path, office: Office) -> None:
    post(tmp_path, "1", complete())
    passes(office)
    with office.ledger._store.reading() as connection:
        rows_of_form = connection.execute("select unit, label, value from form").fetchall()
    filled = {row["label"]: row["value"] for row in rows_of_form}
    assert {row["unit"] for row in rows_of_form} == {"农学院党委"}
    assert filled["推荐单位"] == "农学院党委"
    assert filled["联系电话"]
