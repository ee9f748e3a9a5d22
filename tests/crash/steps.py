"""Every step of this process that the world can see, counted; and death before one of them.

A step is a change on disk, a sync, a statement of SQL, and what is sent or heard on a socket.
Nothing of this is in the product: the hooks are set in the process before the program starts.
"""

import os
import signal
import socket
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

CHANGES = frozenset({"os.mkdir", "os.remove", "os.rename", "os.rmdir", "shutil.rmtree"})
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
PHASES = ("fetch", "spool", "record", "file", "send", "mark")
# The innermost of these on the stack says what the program is about.
PLACES = (
    ("/daemon/spool.py", "spool"),
    ("/daemon/library.py", "file"),
    ("/daemon/filing.py", "file"),
    ("/daemon/outbox/", "send"),
    ("/daemon/mailbox/", "fetch"),
    ("/daemon/inspection/", "inspect"),
    ("/daemon/poll.py", "record"),
)
MARKING = frozenset({"dispose", "_move"})

Step = Callable[[str], None]


def phase(frame: FrameType | None) -> str:
    while frame is not None:
        code = frame.f_code
        found = next((name for place, name in PLACES if place in code.co_filename), "")
        if found:
            return "mark" if found == "fetch" and _marking(frame) else found
        frame = frame.f_back
    return "start"


def _marking(frame: FrameType | None) -> bool:
    while frame is not None and "/daemon/mailbox/" in frame.f_code.co_filename:
        if frame.f_code.co_name in MARKING:
            return True
        frame = frame.f_back
    return False


class Counted:
    """Counts steps by phase; before step `number` of `doomed`, says so on `out` and dies."""

    def __init__(self, doomed: str, number: int, out: int) -> None:
        self.doomed = doomed
        self.number = number
        self.out = out
        self.steps: Counter[str] = Counter()

    def __call__(self, what: str) -> None:
        now = phase(sys._getframe(1))
        self.steps[now] += 1
        if now == self.doomed and self.steps[now] == self.number:
            os.write(self.out, f"{now}: {what}".encode("utf-8", "replace"))
            os.kill(os.getpid(), signal.SIGKILL)


def watch(step: Step) -> None:
    """From now on every step of this process is told before it is taken; never undone."""
    sys.addaudithook(lambda event, arguments: _audited(step, event, arguments))
    _before(os, "fsync", lambda handle, *_: step(f"fsync {_path(handle)}"))
    for name in ("sendall", "recv_into"):
        _before(socket.socket, name, lambda _socket, data, *_, name=name: step(_heard(name, data)))
    connect = sqlite3.connect

    def traced(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*arguments, **options)
        connection.set_trace_callback(lambda statement: step(_sql(statement)))
        return connection

    setattr(sqlite3, "connect", traced)  # noqa: B010 - mypy forbids the assignment


def _audited(step: Step, event: str, arguments: tuple[Any, ...]) -> None:
    writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING
    if event in CHANGES or writes:
        step(f"{event} {arguments[0]}")


def _before(owner: Any, name: str, told: Callable[..., None]) -> None:
    real = getattr(owner, name)

    def first_told(*arguments: Any) -> Any:
        told(*arguments)
        return real(*arguments)

    setattr(owner, name, first_told)


def _sql(statement: str) -> str:
    return f"sql {' '.join(statement.split())}"[:40]


def _path(handle: int) -> str:
    return str(Path(f"/proc/self/fd/{handle}").readlink())


def _heard(name: str, data: bytes | memoryview) -> str:
    return f"{name} {bytes(data[:40])!r}" if name == "sendall" else "waiting for an answer"
