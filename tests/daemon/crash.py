"""SIGKILL between any two lines: the work runs in a child that dies before a given line."""

import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

Trace = Callable[[FrameType, str, Any], Any]


def deaths(work: Callable[[int], object], *, within: str) -> Iterator[int]:
    """Run `work(step)` again and again, killed before its step-th line in files of `within`.

    Yields the step after each death, for the caller to look at what is left; ends when work does.
    """
    step = 1
    while killed_at(step, work, within):
        yield step
        step += 1


def killed_at(step: int, work: Callable[[int], object], within: str) -> bool:
    child = os.fork()
    if child == 0:
        _live(step, work, within)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the work itself failed"
    return os.WIFSIGNALED(status)


def _live(step: int, work: Callable[[int], object], within: str) -> None:
    killer = _killer(step, within)
    threading.settrace(killer)
    sys.settrace(killer)
    try:
        work(step)
    except BaseException:  # noqa: BLE001 - the child's only way to tell its parent
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _killer(step: int, within: str) -> Trace:
    left = step

    def line(frame: FrameType, event: str, argument: Any) -> Trace:
        nonlocal left
        if event == "line":
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return line

    def call(frame: FrameType, event: str, argument: Any) -> Trace | None:
        return line if within in frame.f_code.co_filename else None

    return call
