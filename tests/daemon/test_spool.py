"""The spool: whole files or none."""

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest

from daemon.errors import Unavailable
from daemon.spool import Spool


def everything(root: Path) -> list[Path]:
    return [p for p in root.rglob("*") if p.is_file()]


def test_a_message_is_stored_byte_for_byte_under_its_digest(tmp_path: Path) -> None:
    spooled = Spool(tmp_path).receive([b"one ", b"", b"two\r\n"])
    digest = sha256(b"one two\r\n").hexdigest()
    assert spooled.path == tmp_path / digest[:2] / f"{digest}.eml"
    assert (spooled.sha256, spooled.size) == (digest, 9)
    assert spooled.path.read_bytes() == b"one two\r\n"


def test_the_same_message_twice_is_one_file(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    assert spool.receive([b"x"]) == spool.receive([b"x"])
    assert len(everything(tmp_path)) == 1


def test_a_stored_message_is_found_by_its_digest(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spooled = spool.receive([b"x"])
    assert spool.find(spooled.sha256) == spooled.path
    assert spool.find("0" * 64) is None


def test_a_connection_that_breaks_leaves_nothing_behind(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield b"half"
        raise ConnectionResetError("the server hung up")

    with pytest.raises(ConnectionResetError):
        Spool(tmp_path).receive(broken())
    assert everything(tmp_path) == []


def test_a_disk_that_refuses_is_a_fault_of_the_world(tmp_path: Path) -> None:
    (tmp_path / "spool").write_text("a file where the folder should be")
    with pytest.raises(Unavailable, match="写入来件暂存"):
        Spool(tmp_path / "spool").receive([b"x"])


def test_the_work_folder_is_gone_afterwards(tmp_path: Path) -> None:
    with Spool(tmp_path).temporary() as folder:
        (folder / "1").write_bytes(b"x")
        assert folder.is_relative_to(tmp_path)
    assert not folder.exists()


def test_a_work_folder_is_used_again_while_others_are_in_use(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    with spool.temporary() as other:
        with spool.temporary() as first:
            (first / "1").write_bytes(b"x")
            (first / "2").symlink_to(other)
        with spool.temporary() as again:
            assert again == first
            assert list(again.iterdir()) == []
            assert other.is_dir()
    assert list(spool.unfinished()) == []


def test_a_work_folder_with_folders_in_it_is_not_used_again(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    with spool.temporary():
        with spool.temporary() as first:
            (first / "a.zip").mkdir()
            (first / "a.zip/1").write_bytes(b"x")
        assert not first.exists()
        with spool.temporary() as second:
            assert list(second.iterdir()) == []
    assert list(spool.unfinished()) == []


def test_a_work_folder_that_somebody_took_away_is_made_anew(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    with spool.temporary():
        with spool.temporary() as first:
            shutil.rmtree(first)
        with spool.temporary() as second:
            pass
        second.rmdir()
        with spool.temporary() as third:
            assert third.is_dir()
    assert list(spool.unfinished()) == []


def test_work_folders_are_lent_to_threads(tmp_path: Path) -> None:
    spool = Spool(tmp_path)

    def use(number: int) -> bool:
        with spool.temporary() as folder:
            mine = not any(folder.iterdir())
            (folder / str(number)).write_bytes(b"x")
            return mine and [path.name for path in folder.iterdir()] == [str(number)]

    with ThreadPoolExecutor(4) as threads:
        assert all(threads.map(use, range(200)))
    assert list(spool.unfinished()) == []


def test_many_are_settled_at_once_and_none_is_there_before(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    written = [spool.write([text]) for text in (b"one", b"two", b"one")]
    assert list(spool.letters()) == []
    spooled = spool.settle(written)
    assert [one.path.read_bytes() for one in spooled] == [b"one", b"two", b"one"]
    assert len(everything(tmp_path)) == 2


def test_what_is_not_wanted_after_all_is_taken_away(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.forget([spool.write([b"x"])])
    assert everything(tmp_path) == []


def test_the_folders_of_what_is_stored_are_synced_up_to_the_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also those that an earlier start made and did not come to sync."""
    synced: set[Path] = set()
    monkeypatch.setattr("daemon.spool._sync", synced.add)
    root = tmp_path / "spool"
    folder = root / sha256(b"x").hexdigest()[:2]
    folder.mkdir(parents=True)
    spooled = Spool(root).receive([b"x"])
    assert {spooled.path.parent, root, tmp_path} <= synced


def test_new_folders_of_a_group_are_synced_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    spool = Spool(tmp_path / "spool")
    written = [spool.write([b"%d" % number]) for number in range(20)]
    monkeypatch.setattr("daemon.spool._sync", synced.append)
    folders = {one.path.parent for one in spool.settle(written)}
    assert len(folders) > 10
    assert synced.count(spool.root) == synced.count(tmp_path) == 1
    assert set(synced[-len(folders) :]) == folders, "with the letters in them, and last of all"


def test_a_folder_that_somebody_took_away_is_made_anew(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    first = spool.receive([b"x"])
    shutil.rmtree(first.path.parent)
    assert spool.receive([b"x"]).path.read_bytes() == b"x"


def test_a_group_that_cannot_be_settled_leaves_nothing_half_done(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    written = [spool.write([text]) for text in (b"one", b"two")]
    (tmp_path / written[1].sha256[:2]).write_text("a file where the folder should be")
    with pytest.raises(Unavailable, match="存放来件"):
        spool.settle(written)
    assert list(spool.unfinished()) == []
    assert list(spool.letters()) == []
