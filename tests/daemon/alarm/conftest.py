"""A disk with room on it, whatever this machine has; an office that is listened to."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.daemon.alarm.listening import GIB, Scene, disk
from tests.daemon.offices import NOON, configured


@pytest.fixture(autouse=True)
def _room(monkeypatch: pytest.MonkeyPatch) -> None:
    disk(monkeypatch, 100 * GIB)


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    made = Scene(tmp_path, configured(tmp_path))
    made.ledger.sync(made.config.notices[0], NOON)
    yield made
    made.ledger.close()
