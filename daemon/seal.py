"""The seal on a drill: only this installation can make one, so nobody's mail passes as a drill."""

import hmac
import logging
import os
import secrets
from hashlib import sha256
from pathlib import Path

from daemon.errors import Unavailable
from rules.submission import Message

HEADER = "X-Baosong-Drill"
KEY = "drill.key"
log = logging.getLogger(__name__)


def seal(state: Path, address: str, name: str) -> str:
    """The header's value for the drill called `name`. Makes the key at the first drill."""
    path = state / KEY
    try:
        if not path.exists():
            _make(path)
        key = path.read_bytes()
    except OSError as error:  # the state folder is not ours to write
        raise Unavailable(f"reading {path}", error) from error
    return f"{name}; {_mark(key, address, name)}"


def sealed(state: Path, address: str, message: Message) -> bool:
    """Whether this message is a drill of ours, sent to this address."""
    name, _, mark = message.header(HEADER).partition("; ")
    if not mark:
        return False
    try:
        key = (state / KEY).read_bytes()
    except FileNotFoundError:  # no drill was ever sent from here: somebody else wrote the header
        return False
    except OSError as error:  # made by another user, a disk that fails
        # The letter claims no unit and no category: as mail like any it does no harm either.
        log.warning("a drill cannot be told: %s", error)
        return False
    expected = _mark(key, address, name)
    return hmac.compare_digest(expected.encode(), mark.strip().encode("utf-8", "replace"))


def _make(path: Path) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secrets.token_bytes(32))
        file.flush()
        os.fsync(file.fileno())


def _mark(key: bytes, address: str, name: str) -> str:
    return hmac.new(key, f"{address.lower()}\n{name}".encode(), sha256).hexdigest()
