"""A backup made while mail comes in, and an office that goes on from it."""

import os
import subprocess
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from daemon import backup
from daemon.config import Config
from daemon.errors import Unavailable
from daemon.ledger import Ledger
from daemon.office import Office
from daemon.reconcile import Reconciliation
from tests import material
from tests.daemon.offices import NOON, Clock, answers, configured, post
from tests.letters import letter, out_of_office

SUBJECT = "农学院党委+战疫故事汇+20200701"
FILES = [
    (f"{SUBJECT}.docx", material.manuscript()),
    ("1.jpg", material.jpeg(seed=1)),
    ("2.jpg", material.jpeg(seed=2)),
    ("附件1推荐表.docx", material.form()),
]


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """An office that has accepted one, returned one and ignored one."""
    made = configured(tmp_path)
    post(tmp_path, "1", letter(subject=SUBJECT, files=FILES, date=NOON))
    post(tmp_path, "2", faulty("园艺学院党委"))
    post(tmp_path, "3", out_of_office())
    passes(made)
    return made


def faulty(unit: str) -> bytes:
    return letter(subject=f"{unit}+战疫故事汇+20200701", files=[FILES[1]], date=NOON)


def passes(config: Config, *, later: timedelta = timedelta(0)) -> list[dict[str, object]]:
    """Poll and deliver; what the ledger lists then."""
    with Office(config, clock=Clock(NOON + later)) as office:
        office.poll(config.mailboxes[0])
        office.deliver(config.mailboxes[0])
        return list(office.ledger.messages())


def backed_up(config: Config, name: str = "backup") -> Path:
    into = config.state.parent / name
    with Ledger(config.ledger) as ledger:
        assert list(backup.backup(ledger, config.state, into)) == []
    return into


def restored(config: Config, source: Path) -> Config:
    """The same office with another state folder, filled from the backup an hour later."""
    state = config.state.parent / "state2"
    backup.restore(source, state, NOON + timedelta(hours=1))
    return config.model_copy(update={"state": state})


def differences(config: Config) -> list[str]:
    with Ledger(config.ledger) as ledger:
        compared = Reconciliation(
            config=config, ledger=ledger, now=NOON + timedelta(days=2), deep=True
        )
        return [str(d) for d in compared.differences()]


def test_a_restored_office_replays_its_mailbox_and_nothing_happens(
    tmp_path: Path, config: Config
) -> None:
    before, mails = passes(config), answers(tmp_path)
    after = restored(config, backed_up(config))
    assert passes(after, later=timedelta(hours=2)) == before
    assert answers(tmp_path) == mails
    assert len(mails) == 2
    assert differences(after) == []


def test_mail_since_the_backup_is_read_again_and_answered_by_a_person_alone(
    tmp_path: Path, config: Config
) -> None:
    source = backed_up(config)
    post(tmp_path, "4", faulty("机关党委"))
    before = passes(config)
    mails = answers(tmp_path)
    assert len(mails) == 3
    (tmp_path / "out").rename(tmp_path / "out that was read")
    after = passes(restored(config, source), later=timedelta(hours=2))
    assert [(m["unit"], m["status"], m["version"]) for m in after] == [
        (m["unit"], m["status"], m["version"]) for m in before
    ]
    assert answers(tmp_path) == []
    assert after[3]["reply"] == {**reply(before[3]), "state": "waiting", "attempts": 0}


def reply(row: dict[str, object]) -> dict[str, object]:
    found = row["reply"]
    assert isinstance(found, dict)
    return found


def test_mail_after_the_restore_is_answered_as_ever(tmp_path: Path, config: Config) -> None:
    after = restored(config, backed_up(config))
    post(tmp_path, "5", faulty("机关党委"), at=NOON + timedelta(hours=3))
    passes(after, later=timedelta(hours=4))
    assert len(answers(tmp_path)) == 3


def test_replies_that_were_on_their_way_wait_for_a_person(tmp_path: Path, config: Config) -> None:
    post(tmp_path, "6", faulty("机关党委"))
    with Office(config, clock=Clock()) as office:
        office.poll(config.mailboxes[0])
        source = backed_up(config)
        office.deliver(config.mailboxes[0])
    after = restored(config, source)
    passes(after, later=timedelta(hours=2))
    assert len(answers(tmp_path)) == 3
    with Ledger(after.ledger) as ledger:
        [waiting] = ledger.drafts.listing()
    assert waiting.held
    assert "may have been sent since" in waiting.error


def test_a_backup_made_while_mail_is_taken_in_is_whole_at_one_moment(
    tmp_path: Path, config: Config
) -> None:
    for number in range(10, 22):
        post(tmp_path, str(number), faulty(f"第{number}党支部"))
    with Office(config, clock=Clock()) as office:
        taking = threading.Thread(target=office.poll, args=(config.mailboxes[0],))
        taking.start()
        sources = [backed_up(config, f"backup {number}") for number in range(3)]
        taking.join()
    for source in sources:
        assert list(backup.faults(source)) == []
        with Ledger(source / "ledger.db", readonly=True) as copy:
            rows, letters = list(copy.messages()), {one.sha256 for one in copy.letters()}
        assert 3 <= len(rows) <= 15
        assert {path.stem for path in source.glob("spool/*/*.eml")} == letters


def test_a_backup_is_checked_by_any_machine_and_linked_where_it_can_be(config: Config) -> None:
    source = backed_up(config)
    done = subprocess.run(
        ["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=source, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout
    for path in source.glob("spool/*/*.eml"):
        assert path.stat().st_nlink == 2
    assert all(p.stat().st_nlink == 1 for p in source.glob("library/**/*.jpg"))
    assert (source.stat().st_mode & 0o777) == 0o700


def test_raw_mail_is_copied_where_it_cannot_be_linked(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refuse)
    source = backed_up(config)
    assert list(backup.faults(source)) == []
    assert all(p.stat().st_nlink == 1 for p in source.glob("spool/*/*.eml"))


def test_what_is_missing_is_named_and_the_rest_is_backed_up(config: Config) -> None:
    with Ledger(config.ledger) as ledger:
        first, second, _ = (one.spool for one in ledger.letters())
        first.unlink()
        second.write_bytes(b"other")
        said = list(backup.backup(ledger, config.state, config.state.parent / "backup"))
    assert [line.partition(":")[0] for line in said] == ["message 1", "message 2"]
    assert list(backup.faults(config.state.parent / "backup")) == []


@pytest.mark.parametrize(
    ("harm", "fault"),
    [
        ("flip", "holds other bytes"),
        ("lose", "is not there"),
        ("stop", "not finished"),
        ("lead away", "leads out of the backup"),
    ],
)
def test_a_backup_that_is_not_whole_is_refused(config: Config, harm: str, fault: str) -> None:
    source = backed_up(config)
    [raw, *_] = sorted(source.glob("spool/*/*.eml"))
    if harm == "flip":
        raw.unlink()
        raw.write_bytes(b"other bytes")
    elif harm == "lose":
        raw.unlink()
    elif harm == "stop":
        (source / "SHA256SUMS").unlink()
    else:
        with (source / "SHA256SUMS").open("a") as sums:
            sums.write(f"{'0' * 64}  ../../etc/passwd\n")
    [line] = backup.faults(source)
    assert fault in line


def test_a_folder_that_holds_something_is_not_empty(tmp_path: Path) -> None:
    assert backup.empty(tmp_path / "new")
    assert backup.empty(tmp_path)
    (tmp_path / ".hidden").touch()
    assert not backup.empty(tmp_path)


def test_a_disk_that_refuses_is_the_worlds_fault(config: Config, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with Ledger(config.ledger) as ledger, pytest.raises(Unavailable, match="backup"):
        list(backup.backup(ledger, config.state, tmp_path / "file"))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_what_root_restores_belongs_to_the_owner_of_the_folder(config: Config) -> None:
    source, state = backed_up(config), config.state.parent / "state3"
    state.mkdir()
    os.chown(state, 1234, 1234)
    backup.restore(source, state, NOON)
    assert {path.stat().st_uid for path in (state, *state.rglob("*"))} == {1234}
