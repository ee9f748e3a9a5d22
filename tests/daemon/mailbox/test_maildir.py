"""The Maildir mailbox: UIDs that ascend and last, and nothing touched that need not be."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from daemon.config.settings import Mailbox
from daemon.errors import Unavailable
from daemon.mailbox import Folder, Item, Vanished, open_mailbox

LETTER = b"Subject: one\n\ntext\n"
NOON = datetime(2020, 7, 10, 12, tzinfo=UTC)


def a_maildir(path: Path) -> Path:
    for name in ("new", "cur", "tmp"):
        (path / name).mkdir(parents=True)
    return path


def put(maildir: Path, name: str, raw: bytes = LETTER, *, at: datetime = NOON) -> Path:
    path = maildir / name
    path.write_bytes(raw)
    os.utime(path, (at.timestamp(), at.timestamp()))
    return path


def opened(maildir: Path, **words: Any) -> list[Folder]:
    box = Mailbox.model_validate(
        {
            "name": "office",
            "department": "组织部",
            "address": "office@example.org",
            "maildir": {"path": maildir, **words},
        }
    )
    with open_mailbox(box, state=maildir.parent / "state") as folders:
        return list(folders)


def inbox(maildir: Path, **words: Any) -> Folder:
    return opened(maildir, **words)[0]


def uids(folder: Folder, *, after: int = 0) -> list[int]:
    return [item.uid for item in folder.listing(after)]


def tree(maildir: Path) -> dict[str, bytes]:
    files = (p for p in maildir.rglob("*") if p.is_file())
    return {str(p.relative_to(maildir)): p.read_bytes() for p in files}


def test_new_and_cur_are_both_listed_with_time_size_and_flags(tmp_path: Path) -> None:
    maildir = a_maildir(tmp_path / "mail")
    put(maildir, "cur/1.a.host:2,RS")
    put(maildir, "new/2.b.host", LETTER * 2, at=NOON.replace(hour=13))
    assert list(inbox(maildir).listing()) == [
        Item(1, len(LETTER), NOON, ("R", "S")),
        Item(2, 2 * len(LETTER), NOON.replace(hour=13), ()),
    ]


def test_uids_follow_the_time_of_arrival(tmp_path: Path) -> None:
    maildir = a_maildir(tmp_path / "mail")
    put(maildir, "new/9.first", at=NOON)
    put(maildir, "new/1.second", at=NOON.replace(hour=13))
    assert [item.received for item in inbox(maildir).listing()] == [NOON, NOON.replace(hour=13)]


def test_a_uid_outlives_restart_flags_and_folder(tmp_path: Path) -> None:
    maildir = a_maildir(tmp_path / "mail")
    path = put(maildir, "new/1.a.host")
    before = inbox(maildir)
    assert uids(before) == [1]
    path.rename(maildir / "cur" / "1.a.host:2,S")
    put(maildir, "new/0.older", at=NOON.replace(year=2019))
    after = inbox(maildir)
    assert uids(after) == [1, 2]
    assert after.uidvalidity == before.uidvalidity


def test_a_uid_is_not_given_again_when_its_message_is_gone(tmp_path: Path) -> None:
    maildir = a_maildir(tmp_path / "mail")
    path = put(maildir, "new/1.a")
    assert uids(inbox(maildir)) == [1]
    path.unlink()
    put(maildir, "new/2.b")
    assert uids(inbox(maildir)) == [2]


def test_a_list_cut_by_a_power_loss_gives_its_last_uid_anew(tmp_path: Path) -> None:
    maildir = a_maildir(tmp_path / "mail")
    put(maildir, "new/1.a")
    inbox(maildir).listing()
    assert uids(inbox(maildir)) == [1]
    with (tmp_path / "state" / "uids" / "office").open("ab") as file:
        file.write(b"2.hal")
    put(maildir, "new/2.half")
    assert uids(inbox(maildir)) == [1, 2]
    assert uids(inbox(maildir), after=1) == [2]


def test_a_lost_list_begins_another_uidvalidity(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    maildir = a_maildir(tmp_path / "mail")
    before = inbox(maildir).uidvalidity
    (tmp_path / "state" / "uids" / "office").unlink()
    monkeypatch.setattr("daemon.clock.now", lambda: datetime(2031, 1, 1, tzinfo=UTC))
    assert inbox(maildir).uidvalidity != before


def test_reading_changes_nothing_in_the_maildir(tmp_path: Path) -> None:
    maildir = a_maildir(tmp_path / "mail")
    put(maildir, "new/1.a")
    before = tree(maildir)
    folder = inbox(maildir)
    assert b"".join(folder.fetch(uids(folder)[0])) == LETTER
    folder.dispose(1)
    assert tree(maildir) == before


@pytest.mark.parametrize(
    ("name", "becomes"), [("new/1.a", "cur/1.a:2,S"), ("cur/1.a:2,F", "cur/1.a:2,FS")]
)
def test_after_seen_moves_to_cur_and_adds_the_flag(tmp_path: Path, name: str, becomes: str) -> None:
    maildir = a_maildir(tmp_path / "mail")
    put(maildir, name)
    folder = inbox(maildir, after="seen")
    folder.dispose(uids(folder)[0])
    assert set(tree(maildir)) == {becomes}


def test_a_message_that_is_gone_is_said_to_be_gone(tmp_path: Path) -> None:
    maildir = a_maildir(tmp_path / "mail")
    path = put(maildir, "new/1.a")
    folder = inbox(maildir)
    assert uids(folder) == [1]
    path.unlink()
    with pytest.raises(Vanished, match="reading message 1 of"):
        list(folder.fetch(1))


@pytest.mark.parametrize("uid", [0, -1, 99])
def test_a_uid_that_was_never_given_is_gone_too(tmp_path: Path, uid: int) -> None:
    with pytest.raises(Vanished):
        list(inbox(a_maildir(tmp_path / "mail")).fetch(uid))


def test_a_maildir_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match=r"listing .*mail: No such file"):
        list(inbox(tmp_path / "mail").listing())


def test_the_junk_subfolder_is_listed_apart_and_never_touched(tmp_path: Path) -> None:
    maildir = a_maildir(tmp_path / "mail")
    a_maildir(maildir / ".Junk")
    put(maildir, ".Junk/new/1.spam")
    before = tree(maildir)
    main, junk = opened(maildir, after="seen")
    assert (main.place, main.junk, uids(main)) == ("office", False, [])
    assert (junk.place, junk.junk, uids(junk)) == ("office/Junk", True, [1])
    junk.dispose(1)
    assert tree(maildir) == before


def test_without_a_junk_setting_there_is_one_folder(tmp_path: Path) -> None:
    maildir = a_maildir(tmp_path / "mail")
    a_maildir(maildir / ".Junk")
    assert [f.place for f in opened(maildir, junk="")] == ["office"]


def test_file_names_that_are_no_utf_8_keep_their_uid(tmp_path: Path) -> None:
    maildir = a_maildir(tmp_path / "mail")
    name = os.fsdecode(b"1.\xd7\xe9.host\n2")
    put(maildir, f"new/{name}")
    assert uids(inbox(maildir)) == uids(inbox(maildir)) == [1]
    assert b"".join(inbox(maildir).fetch(1)) == LETTER


def test_many_messages_are_found_with_one_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    maildir = a_maildir(tmp_path / "mail")
    for number in range(5):
        put(maildir, f"new/{number}.a")
    folder = inbox(maildir)
    listed = list(folder.listing())
    monkeypatch.setattr(Path, "iterdir", lambda self: pytest.fail(f"{self} is listed again"))
    assert [b"".join(chunks) for _, chunks in folder.fetch_many(listed)] == [LETTER] * 5


def test_a_message_that_another_program_moves_meanwhile_is_still_fetched(tmp_path: Path) -> None:
    maildir = a_maildir(tmp_path / "mail")
    path = put(maildir, "new/1.a")
    folder = inbox(maildir)
    listed = list(folder.listing())
    path.rename(maildir / "cur/1.a:2,S")
    assert [b"".join(chunks) for _, chunks in folder.fetch_many(listed)] == [LETTER]
