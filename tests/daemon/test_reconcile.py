"""Messages in the mailbox = rows in the ledger = files on disk; and what is done when not."""

import os
import tracemalloc
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from daemon.config import Config
from daemon.errors import Unavailable
from daemon.ledger import Letter
from daemon.mailbox import Item
from daemon.office import Office
from daemon.reconcile import Difference, Reconciliation
from daemon.reconcile.boxes import Comparison
from tests import material
from tests.daemon.ledger.entries import an_entry
from tests.daemon.offices import NOON, Clock, configured, post
from tests.letters import letter

SUBJECT = "农学院党委+战疫故事汇+20200701"
OTHER = "园艺学院党委+战疫故事汇+20200701"
FILES = [
    (f"{SUBJECT}.docx", material.manuscript()),
    ("1.jpg", material.jpeg(seed=1)),
    ("2.jpg", material.jpeg(seed=2)),
    ("附件1推荐表.docx", material.form()),
]
FOLDER = "2020-four-ones/战疫故事汇/农学院党委/2020-07-01-1"


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return configured(tmp_path)


@pytest.fixture
def office(config: Config, tmp_path: Path) -> Iterator[Office]:
    """It has accepted one submission and returned another."""
    post(tmp_path, "1", letter(subject=SUBJECT, files=FILES, date=NOON))
    post(tmp_path, "2", letter(subject=OTHER, text="图片", files=[FILES[1]], date=NOON))
    with Office(config, clock=Clock()) as opened:
        opened.poll(config.mailboxes[0])
        yield opened


def compared(office: Office, *, later: float = 0, deep: bool = False) -> list[Difference]:
    now = NOON + timedelta(hours=later)
    return list(
        Reconciliation(config=office.config, ledger=office.ledger, now=now, deep=deep).differences()
    )


def mended(office: Office, *, deep: bool = False) -> list[str]:
    """Mend everything that can be; the kinds of the differences there were."""
    found = compared(office, later=3, deep=deep)
    for difference in found:
        if difference.mend:
            difference.mend(office.line)
    return [difference.kind for difference in found]


def the_letter(office: Office, message: int = 1) -> Letter:
    return next(one for one in office.ledger.letters() if one.message == message)


def test_after_a_pass_all_is_equal(office: Office) -> None:
    reconciliation = Reconciliation(
        config=office.config, ledger=office.ledger, now=NOON + timedelta(days=2), deep=True
    )
    assert [str(d) for d in reconciliation.differences()] == []
    assert reconciliation.seen == Counter(
        {
            "zuzhibu: messages": 2,
            "zuzhibu: rows": 2,
            "raw copies": 2,
            "library folders": 1,
        }
    )


def test_mail_that_just_came_is_a_note_and_later_a_fault(office: Office, tmp_path: Path) -> None:
    post(tmp_path, "3", letter(subject=SUBJECT, text="又一封", date=NOON))
    assert [(d.kind, d.note) for d in compared(office, later=0.9)] == [("unread", True)]
    assert [(d.kind, d.note) for d in compared(office, later=1.1)] == [("unread", False)]
    assert mended(office) == ["unread"]
    assert compared(office) == []


def test_a_message_that_a_pass_went_by_is_taken_in(office: Office) -> None:
    kept = the_letter(office, 1).uid
    with office.ledger._store.writing() as connection:
        connection.execute("delete from form_field")
        for table in ("attachment", "link", "finding", "reply", "event", "filing"):
            connection.execute(f"delete from {table} where message = 1")
        connection.execute("delete from message where id = 1")
    found = [d.kind for d in compared(office)]
    assert found[0] == "overlooked"
    mended(office)
    assert {row.uid for row in office.ledger.rows("zuzhibu", "")} >= {kept}
    assert [d.kind for d in compared(office) if not d.note] == []


def test_mail_that_somebody_deleted_is_a_note(office: Office, tmp_path: Path) -> None:
    (tmp_path / "in/new/2").unlink()
    [gone] = compared(office)
    assert (gone.kind, gone.note, gone.mend) == ("gone", True, None)
    assert "message 2 " in gone.said


def test_a_lost_raw_copy_is_taken_from_the_mailbox_again(office: Office, tmp_path: Path) -> None:
    raw = the_letter(office, 2).spool
    before = raw.read_bytes()
    raw.unlink()
    assert mended(office) == ["raw copy"]
    assert raw.read_bytes() == before
    assert office.ledger.history(2)[-1].what == "raw copy restored"
    assert compared(office, deep=True) == []


def test_a_raw_copy_gone_from_the_mailbox_too_comes_from_the_library(
    office: Office, tmp_path: Path
) -> None:
    (tmp_path / "in/new/1").unlink()
    the_letter(office).spool.unlink()
    assert mended(office) == ["gone", "raw copy"]
    assert the_letter(office).spool.read_bytes() == letter(subject=SUBJECT, files=FILES, date=NOON)


def test_what_cannot_be_mended_is_said_and_nothing_is_worse(office: Office, tmp_path: Path) -> None:
    (tmp_path / "in/new/2").unlink()
    raw = the_letter(office, 2).spool
    raw.write_bytes(b"half a lett")
    [_, fault] = compared(office)
    assert fault.mend
    assert "has 11 bytes instead of" in fault.said
    with pytest.raises(Unavailable, match="neither the mailbox nor the library"):
        fault.mend(office.line)
    assert raw.read_bytes() == b"half a lett"


def test_a_flipped_bit_is_found_when_every_byte_is_read(office: Office) -> None:
    raw = the_letter(office).spool
    data = bytearray(raw.read_bytes())
    data[100] ^= 1
    raw.write_bytes(data)
    assert compared(office) == []
    assert mended(office, deep=True) == ["raw copy"]
    assert compared(office, deep=True) == []
    assert raw.with_suffix(".damaged").read_bytes() == data


def test_a_state_folder_that_moved_is_pointed_at_again(office: Office, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    office.ledger.respool(1, tmp_path / "elsewhere" / "old.eml")
    assert mended(office) == ["moved"]
    assert compared(office) == []


def test_a_lost_library_folder_is_filed_anew(office: Office, tmp_path: Path) -> None:
    folder = tmp_path / "state/library" / FOLDER
    names = {path.name for path in folder.iterdir()}
    folder.rename(tmp_path / "taken away")
    assert mended(office) == ["folder"]
    assert {path.name for path in folder.iterdir()} == names
    assert compared(office, deep=True) == []


def test_a_file_missing_from_a_folder_is_named_and_the_rest_set_aside(
    office: Office, tmp_path: Path
) -> None:
    folder = tmp_path / "state/library" / FOLDER
    (folder / "1.jpg").unlink()
    (folder / "备注.txt").write_text("老师写的")
    [fault] = compared(office)
    assert "1.jpg is not there" in fault.said
    assert mended(office) == ["folder"]
    assert (folder / "1.jpg").read_bytes() == FILES[1][1]
    [note] = (tmp_path / "state/library/.damaged").glob("*/备注.txt")
    assert note.read_text() == "老师写的"


def test_an_edited_library_file_is_found_when_every_byte_is_read(
    office: Office, tmp_path: Path
) -> None:
    (tmp_path / "state/library" / FOLDER / "2.jpg").write_bytes(b"retouched")
    assert compared(office) == []
    [fault] = compared(office, deep=True)
    assert "2.jpg holds other bytes" in fault.said


def test_files_that_no_row_knows_are_named(office: Office, tmp_path: Path) -> None:
    stray = office.line.spool.receive([b"From: a@example.com\r\n\r\n"]).path
    os.utime(stray, (NOON.timestamp(), NOON.timestamp()))
    (tmp_path / "state/library/2020-four-ones/战疫故事汇/农学院党委/2020-07-01-7").mkdir()
    half = tmp_path / "state" / "spool" / "work" / "half.eml"
    half.write_bytes(b"From: ")
    os.utime(half, (NOON.timestamp(), NOON.timestamp()))
    assert compared(office, later=0.5)[1:] == []
    found = compared(office, later=25)
    assert [(d.kind, d.note) for d in found] == [
        ("stray", False),
        ("unfinished", True),
        ("stray", True),
    ]
    mended(office)
    assert half.exists()
    for difference in found:
        if difference.mend:
            difference.mend(office.line)
    assert not half.exists()
    assert stray.exists()


def test_a_mailbox_that_cannot_be_read_is_one_line(office: Office, tmp_path: Path) -> None:
    (tmp_path / "in").rename(tmp_path / "unmounted")
    [fault] = compared(office)
    assert (fault.kind, fault.where, fault.note) == ("mailbox", "zuzhibu", False)


class Vast:
    """A folder of 100,000 messages, listed one by one."""

    place, junk, uidvalidity = "zuzhibu", False, "1"

    def listing(self, after: int = 0) -> Iterator[Item]:
        return (Item(uid, 5000, NOON) for uid in range(after + 1, 100_001))

    def unchanged(self) -> bool:
        return False

    def found(self, *, new: bool) -> None:
        raise AssertionError("who compares says nothing of news")

    def fetch(self, uid: int) -> Iterator[bytes]:
        raise AssertionError("nothing is fetched to compare")

    def fetch_many(self, items: Iterable[Item]) -> Iterator[tuple[Item, Iterator[bytes]]]:
        raise AssertionError("nothing is fetched to compare")

    def dispose(self, uid: int) -> None:
        raise AssertionError("nothing is touched to compare")


def fill(office: Office, count: int) -> None:
    """Rows for UIDs 1 to `count`, copied from one."""
    office.ledger.record(an_entry(1, reply=None, shelf=""))
    with office.ledger._store.writing() as connection:
        names = [row["name"] for row in connection.execute("pragma table_info(message)")]
        same = [name for name in names if name not in {"id", "uid", "version"}]
        connection.execute(
            "with recursive n(uid) as (select 2 union all select uid + 1 from n where uid < ?)"
            f" insert into message (uid, {', '.join(same)})"
            f" select n.uid, {', '.join(f'message.{name}' for name in same)}"
            " from n join message on message.id = 1",
            (count,),
        )


def test_a_hundred_thousand_messages_are_compared_in_flat_memory(config: Config) -> None:
    with Office(config, clock=Clock()) as office:
        fill(office, 99_999)
        seen: Counter[str] = Counter()
        comparison = Comparison(
            ledger=office.ledger,
            box=config.mailboxes[0],
            state=config.state,
            now=NOON + timedelta(days=1),
            seen=seen,
        )
        tracemalloc.start()
        found = list(comparison._folder(Vast()))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert [d.where for d in found] == ["zuzhibu 1:100000"]
    assert seen == {"zuzhibu: messages": 100_000, "zuzhibu: rows": 99_999}
    assert peak < 4 << 20
