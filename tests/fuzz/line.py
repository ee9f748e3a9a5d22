"""The whole line: any bytes are a mail that gets a verdict, a row, and an answer or a silence."""

import shutil
import tempfile
from pathlib import Path

from tests.fuzz import laws
from tests.fuzz.here import Here
from tests.fuzz.office import Desk


class Target:
    """A desk that is changed for a new one before its ledger grows long."""

    def __init__(self) -> None:
        self._inspector = Here()
        self._mails = 0
        self._settle()

    def __call__(self, data: bytes) -> None:
        self._mails += 1
        if self._mails % 200 == 0:
            self._desk.__exit__()
            shutil.rmtree(self._root)
            self._settle()
        laws.check(self._desk.take(data))

    def _settle(self) -> None:
        self._root = Path(tempfile.mkdtemp(dir="/dev/shm"))
        self._desk = Desk(self._root, self._inspector)
