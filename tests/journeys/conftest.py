from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.bureau import Bureau
from tests.servers.fixtures import (
    browser,
    dovecot,
    letterbox,
    new_letterbox,
    postbox,
    vouched,
    vouching_dovecot,
)
from tests.servers.letterbox import Letterbox
from tests.servers.postbox import Postbox

__all__ = [
    "browser",
    "dovecot",
    "letterbox",
    "new_letterbox",
    "postbox",
    "vouched",
    "vouching_dovecot",
]


@pytest.fixture
def bureau(tmp_path: Path, new_letterbox: Callable[[], Letterbox], postbox: Postbox) -> Bureau:
    return Bureau(tmp_path, new_letterbox(), new_letterbox(), postbox)
