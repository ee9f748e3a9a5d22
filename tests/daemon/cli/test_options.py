"""What root does in the state folder is done as its owner."""

import os
from pathlib import Path

import pytest

from daemon.cli.options import as_owner
from daemon.config import Config
from tests.daemon.offices import configured


@pytest.fixture
def became(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, object]]:
    """What this process made of itself; it stays who it is."""
    done: list[tuple[str, object]] = []
    for name in ("setgroups", "setgid", "setuid"):
        monkeypatch.setattr(os, name, lambda value, name=name: done.append((name, value)))
    return done


def belongs_to(config: Config, uid: int, monkeypatch: pytest.MonkeyPatch) -> None:
    config.state.mkdir()
    real = Path.stat

    def stat(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        found = real(path, follow_symlinks=follow_symlinks)
        changed = [*found[:4], uid, uid, *found[6:10]]
        return os.stat_result(changed) if path == config.state else found

    monkeypatch.setattr(Path, "stat", stat)


def test_root_becomes_the_service(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, became: list[tuple[str, object]]
) -> None:
    config = configured(tmp_path)
    belongs_to(config, 61234, monkeypatch)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    as_owner(config)
    assert became == [("setgroups", []), ("setgid", 61234), ("setuid", 61234)]


@pytest.mark.parametrize(("me", "owner"), [(0, 0), (1000, 61234)])
def test_anybody_else_stays_who_they_are(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    became: list[tuple[str, object]],
    me: int,
    owner: int,
) -> None:
    config = configured(tmp_path)
    as_owner(config)
    belongs_to(config, owner, monkeypatch)
    monkeypatch.setattr(os, "geteuid", lambda: me)
    as_owner(config)
    assert became == []
