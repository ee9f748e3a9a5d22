"""What the doctor finds on the machine itself."""

import builtins
import resource
import shutil
from collections import namedtuple
from pathlib import Path
from types import ModuleType

import pytest

from daemon.config import load
from daemon.doctor import Check
from daemon.doctor.machine import LEAST_ROOM, ROOM, examine, is_writable, readers
from tests.daemon.config.files import SMALLEST, written
from tests.servers.dovecot import free_port

Usage = namedtuple("Usage", "total used free")


def found(folder: Path, extra: str = "") -> dict[str, Check]:
    return {c.what: c for c in examine(load(written(folder, SMALLEST + extra)))}


@pytest.mark.parametrize(
    ("free", "grade"),
    [(ROOM, "ok"), (ROOM - 1, "look"), (LEAST_ROOM, "look"), (LEAST_ROOM - 1, "bad")],
)
def test_room_on_the_disk_is_graded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, grade: str
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(0, 0, free))
    assert found(tmp_path)["disk"].grade == grade


@pytest.mark.parametrize(
    ("limit", "grade"), [(256, "ok"), (255, "look"), (resource.RLIM_INFINITY, "ok")]
)
def test_the_limit_of_open_files_is_graded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int, grade: str
) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _which: (limit, limit))
    assert found(tmp_path)["files"].grade == grade


def test_a_folder_to_be_is_writable_where_its_parent_is(tmp_path: Path) -> None:
    assert is_writable(tmp_path / "a" / "b")
    assert not is_writable(Path("/proc/nowhere"))


def test_the_readers_on_this_machine_are_found() -> None:
    grades = {c.what: c.grade for c in readers()}
    assert grades == {"libmagic": "ok", "libarchive": "ok", "libmediainfo": "ok"}


def test_a_missing_reader_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def missing(name: str, *args: object, **more: object) -> ModuleType:
        if name.partition(".")[0] in {"magic", "libarchive", "pymediainfo"}:
            raise ImportError(name)
        return real(name, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", missing)
    cures = {c.what: (c.grade, c.cure) for c in readers()}
    assert cures["libmagic"] == ("look", "apt install libmagic1")
    assert cures["libarchive"] == ("bad", "apt install libarchive13")
    assert cures["libmediainfo"][0] == "bad"


def test_a_scanner_that_does_not_answer_is_bad(tmp_path: Path) -> None:
    extra = f'[inspection]\nclamd = "127.0.0.1:{free_port()}"'
    assert found(tmp_path, extra)["clamd"].grade == "bad"
