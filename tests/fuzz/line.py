"""The whole line: any bytes are a mail that gets a verdict, a row, and an answer or a silence."""

import tempfile
from pathlib import Path

from tests.fuzz import laws
from tests.fuzz.here import Here
from tests.fuzz.office import Desk


class Target:
    """One desk in memory, to which one mail comes after another."""

    def __init__(self) -> None:
        self._desk = Desk(Path(tempfile.mkdtemp(dir="/dev/shm")), Here())

    def __call__(self, data: bytes) -> None:
        laws.check(self._desk.take(data))
