"""Hostile files meet C libraries in processes of their own, which may die.

A worker is a fresh interpreter, spoken to in lines of JSON (never pickle: a worker that was taken
over must not be able to run anything here). What it does is `inside`; what it may do is taken away
in `confine`.
"""

import contextlib
import json
import logging
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from daemon.errors import Unavailable

log = logging.getLogger(__name__)

Words = dict[str, Any]  # one line of JSON

_START_TIMEOUT: Final = 20.0
_LAST_WORDS: Final = 5.0
_LONGEST_LINE: Final = 64 << 20
_START: Final = (
    "import sys, json, importlib; sys.path[:] = json.loads(sys.argv[1]);"
    "importlib.import_module(sys.argv[2]).main(sys.argv[3])"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """What one worker may take. Bytes and seconds."""

    memory: int = 1 << 30
    timeout: float = 60.0  # of wall and of processor time, per task
    file_size: int = (4 << 30) + (64 << 20)
    open_files: int = 64


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """`done` is the answer, `so_far` what was known before the worker was lost to `lost`."""

    done: Words | None = None
    so_far: Words | None = None
    lost: str = ""  # timeout | died


class Worker:
    """One sandboxed process. Belongs to the thread that started it."""

    def __init__(self, limits: Limits, program: str, setting: Any = None) -> None:
        """`program` is the module whose `main` runs over there, told `limits` and `setting`."""
        self._limits = limits
        self._buffer = bytearray()
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the process
        self._notes = tempfile.TemporaryFile()  # noqa: SIM115 - as above
        self.asked = 0
        notes = self._notes.fileno()
        told = {"parent": os.getpid(), "notes": notes, "setting": setting}
        allowed = json.dumps(asdict(limits) | told)
        # The same modules as here, wherever they came from: a wheel, a checkout, a test.
        places = json.dumps([str(Path(place).absolute()) for place in sys.path])
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own words
                [sys.executable, "-I", "-c", _START, places, program, allowed],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                pass_fds=[notes],
                cwd="/",
                process_group=0,  # Ctrl-C in a terminal is meant for the daemon
                env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "LIBARCHIVE": _libarchive()},
            )
        except OSError as error:  # no memory or no process slot left
            self._errors.close()
            self._notes.close()
            raise Unavailable("start a worker process", error) from error
        self._await_ready()

    def _await_ready(self) -> None:
        line = self._line(time.monotonic() + _START_TIMEOUT)
        if line is None or "ready" not in line:
            told = self._last_words()
            self.kill()
            raise Unavailable("start a worker process", told or "it did not answer")

    def ask(self, task: Words) -> Answer:
        """Put one task, wait for the answer as long as the limits allow, or the task's own
        "timeout"."""
        self.asked += 1
        timeout: float = task.get("timeout", self._limits.timeout)
        deadline = time.monotonic() + timeout
        self._say(task)
        while (line := self._line(deadline)) is not None:
            if "world" in line:
                raise Unavailable("look into a file", line["world"])
            if "done" in line:
                return Answer(done=line["done"])
            deadline = min(deadline, time.monotonic() + line.get("within", timeout))
        return Answer(so_far=self._noted(), lost=self._lost(deadline))

    def _noted(self) -> Words | None:
        size = min(os.fstat(self._notes.fileno()).st_size, _LONGEST_LINE)
        return _words(os.pread(self._notes.fileno(), size, 0).partition(b"\n")[0])

    def _say(self, task: Words) -> None:
        assert self._process.stdin is not None
        # A worker that died between two tasks: reading its answer finds that out.
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(json.dumps(task).encode() + b"\n")
            self._process.stdin.flush()

    def _line(self, deadline: float) -> Words | None:
        """The next line, or None when there will be none."""
        while b"\n" not in self._buffer:
            chunk = self._chunk(deadline)
            if not chunk or len(self._buffer) > _LONGEST_LINE:
                return None
            self._buffer += chunk
        line, _, rest = self._buffer.partition(b"\n")
        self._buffer = rest
        return _words(line)

    def _chunk(self, deadline: float) -> bytes:
        assert self._process.stdout is not None
        left = max(0.0, deadline - time.monotonic())
        ready, _, _ = select.select([self._process.stdout], [], [], left)
        return os.read(self._process.stdout.fileno(), 1 << 16) if ready else b""

    def _lost(self, deadline: float) -> str:
        late = time.monotonic() >= deadline
        if not late:  # it is dying: let it say why
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(_LAST_WORDS)
        told = self._last_words()
        status = self.kill()
        lost = "timeout" if late or status == -signal.SIGXCPU else "died"
        log.warning("worker lost (%s, status %s): %s", lost, status, told)
        return lost

    def _last_words(self) -> str:
        size = self._errors.seek(0, os.SEEK_END)
        self._errors.seek(max(0, size - 4000))
        return self._errors.read().decode("utf-8", "replace").strip()

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def kill(self) -> int:
        """End the process; returns its status."""
        end(self._process)
        status = self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout, self._errors, self._notes):
            if pipe is not None:
                _close(pipe)
        return status

    def interrupt(self) -> None:
        """End the process from another thread: its own thread notices and tidies up."""
        end(self._process)


def _words(line: bytes | bytearray) -> Words | None:
    try:
        words = json.loads(line)
    except ValueError:  # a worker that was taken over may say anything
        return None
    return words if isinstance(words, dict) else None


def end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.kill()


def _close(pipe: Any) -> None:
    with contextlib.suppress(BrokenPipeError):  # the last task was in the buffer when it died
        pipe.close()


def _libarchive() -> str:
    """Named here, because finding it would start a process, which a worker may not."""
    return os.environ.get("LIBARCHIVE", "libarchive.so.13")
