"""Work that is broken off before a given line, as a crash would, in this very process."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

PLACES = ("/daemon/acts/", "/daemon/ledger/", "/daemon/filing.py", "/daemon/library.py")
Trace = Callable[[FrameType, str, Any], Any]


class Broken(BaseException):
    """Nothing catches it: what is open is left as it is, but for a transaction, which ends."""


def broken_at(step: int, work: Callable[[], object]) -> bool:
    """Run `work` up to its step-th line in PLACES; whether it got no further."""
    before = sys.gettrace()
    sys.settrace(_breaker(step))
    try:
        work()
    except Broken:
        return True
    finally:
        sys.settrace(before)
    return False


def lines(work: Callable[[], object]) -> int:
    """How many there are."""
    count = 0

    def line(frame: FrameType, event: str, argument: Any) -> Trace:
        nonlocal count
        count += event == "line"
        return line

    before = sys.gettrace()
    sys.settrace(lambda frame, event, argument: line if _here(frame) else None)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def _breaker(step: int) -> Trace:
    left = step

    def line(frame: FrameType, event: str, argument: Any) -> Trace:
        nonlocal left
        left -= event == "line"
        if left == 0 and event == "line":
            left = -1
            raise Broken
        return line

    return lambda frame, event, argument: line if _here(frame) else None


def _here(frame: FrameType) -> bool:
    return any(place in frame.f_code.co_filename for place in PLACES)
