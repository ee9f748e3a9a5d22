"""One set of workers for all tests that only need to be answered."""

from collections.abc import Iterator

import pytest

from daemon.inspection import Inspector


@pytest.fixture(scope="session")
def inspector() -> Iterator[Inspector]:
    with Inspector(workers=2) as ready:
        yield ready
