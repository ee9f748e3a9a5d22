"""A worker that does what hostile files make libraries do. Runs inside the real confinement."""

import ctypes
import os
import resource
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

from daemon.sandbox import inside

Words = dict[str, Any]


def _answers(task: Words) -> Iterator[Words]:
    yield {"so_far": {"step": "recognised"}} | task.get("with", {})
    yield {"done": _DEEDS[task["do"]]()}


def _sleep() -> Words:
    time.sleep(60)
    return {}


def _spin() -> Words:
    while True:
        pass


def _crash() -> Words:
    ctypes.string_at(0)
    return {}


def _raise() -> Words:
    raise LookupError("no reader foresaw this")


def _leave() -> Words:
    os._exit(3)


def _swallow_memory() -> Words:
    try:
        return {"got": len(bytearray(2 << 30))}
    except MemoryError:
        return {"got": 0}


def _connect() -> Words:
    try:
        socket.socket().close()
    except OSError as error:
        return {"errno": error.errno}
    return {"errno": 0}


def _start_a_program() -> Words:
    try:
        subprocess.run(["/bin/true"], check=False)
    except OSError as error:
        return {"errno": error.errno}
    return {"errno": 0}


def _open_files() -> Words:
    return {"limit": resource.getrlimit(resource.RLIMIT_NOFILE)[0]}


def _chatter() -> Words:
    print("a library prints")
    os.write(1, b"and another, below Python\n")
    return {"pid": os.getpid()}


_DEEDS: Final[dict[str, Callable[[], Words]]] = {
    "sleep": _sleep,
    "spin": _spin,
    "crash": _crash,
    "raise": _raise,
    "leave": _leave,
    "swallow memory": _swallow_memory,
    "connect": _connect,
    "start a program": _start_a_program,
    "open files": _open_files,
    "chatter": _chatter,
}

main = partial(inside.serve, answers=_answers)
