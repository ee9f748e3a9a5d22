"""An office whose mail has been read, and hands that decide about it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from daemon.config import Config
from daemon.office import Office
from tests.daemon.offices import Clock, configured


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return configured(tmp_path)


@pytest.fixture
def office(config: Config) -> Iterator[Office]:
    with Office(config, clock=Clock()) as open_office:
        yield open_office
