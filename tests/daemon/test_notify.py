"""Words to the service manager."""

import socket
from pathlib import Path

import pytest

from daemon.notify import notify


@pytest.mark.parametrize("abstract", [False, True])
def test_the_manager_hears_the_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, abstract: bool
) -> None:
    name = f"@{tmp_path.name}" if abstract else str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(name.replace("@", "\0", 1))
        manager.settimeout(5)
        monkeypatch.setenv("NOTIFY_SOCKET", name)
        notify("READY=1")
        assert manager.recv(100) == b"READY=1"


def test_without_a_manager_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    with monkeypatch.context() as patch:
        opened: list[object] = []
        patch.setattr(socket, "socket", opened.append)
        notify("READY=1")
    assert opened == []
