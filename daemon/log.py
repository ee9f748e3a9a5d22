"""Logging for journald and for eyes: no control character of a stranger reaches either."""

import logging
import os
import sys
import unicodedata
from typing import TextIO

_PRIORITY = {logging.DEBUG: 7, logging.INFO: 6, logging.WARNING: 4, logging.ERROR: 3}
_UNSAFE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}  # controls, bidi marks, surrogates, line breaks


def plain(text: object, *, limit: int = 400) -> str:
    """One line that a terminal shows as it is: what could move the cursor is written out."""
    line = str(text)
    short = line if len(line) <= limit else line[: limit - 1] + "…"
    return "".join(_shown(c) for c in short)


def _shown(c: str) -> str:
    return c.encode("unicode_escape").decode() if unicodedata.category(c) in _UNSAFE else c


class Lines(logging.Formatter):
    """A record as lines. Under systemd each has its `<priority>`, and the journal adds the time."""

    def __init__(self, *, journal: bool) -> None:
        super().__init__("%(message)s" if journal else "%(asctime)s %(levelname)s %(message)s")
        self.journal = journal

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        mark = f"<{_PRIORITY.get(record.levelno, 5)}>" if self.journal else ""
        # A traceback keeps its lines; a message never makes lines, see `formatMessage`.
        return "\n".join(mark + plain(line, limit=4000) for line in text.split("\n"))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's own name
        record.message = plain(record.message, limit=4000)
        return super().formatMessage(record)


def setup(level: int = logging.INFO, stream: TextIO | None = None) -> None:
    """Log to `stream` (standard error). Called once, by the command line."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(Lines(journal="JOURNAL_STREAM" in os.environ))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # Both write a line for each poll, and the scheduler a warning when a pass takes its time.
    logging.getLogger("imapclient").setLevel(logging.WARNING)
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    logging.getLogger("httpx").setLevel(logging.WARNING)  # a line for each renewal of a sign-in
