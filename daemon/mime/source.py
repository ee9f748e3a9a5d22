"""The spooled file, read in windows. The only part of the splitter that touches a disk."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from daemon.mime import header
from daemon.mime.limits import LIMITS, Excess, Limits
from daemon.mime.window import Delimiter, Window

_LONGEST_MARK = 1000  # bytes of a boundary; RFC 2046 allows 70
_FIRST_PART = re.compile(rb"(?:\A|\n)--([^\s-][^\r\n]{0,199}?)[ \t]*\r?\n(?i:content-)")


@dataclass(frozen=True, slots=True)
class Span:
    """Bytes of the file: start inclusive, end exclusive."""

    start: int
    end: int


class Source:
    """A message in a file. `limits.block` bytes are held at once, plus one boundary's length."""

    def __init__(self, path: Path, limits: Limits = LIMITS) -> None:
        self.limits = limits
        self._file = path.open("rb", buffering=0)
        self.size = os.fstat(self._file.fileno()).st_size
        self._window = Window(min(limits.block, self.size) + _LONGEST_MARK + 100)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._file.close()

    def read(self, start: int, size: int) -> bytes:
        """Most mails are small, and read from the disk once: into the window."""
        if not self._window.end:
            self._window.fill(self._file, 0)
        held = self._window.read(start, min(start + size, self.size))
        if held is not None:
            return held
        self._file.seek(start)
        return self._file.read(size)

    def blocks(self, span: Span) -> Iterator[bytes]:
        """The span's bytes. Where its lines are equal, blocks end with a line, which spares the
        decoders a copy."""
        width = self.read(span.start, 1000).find(b"\n") + 1 or 1
        step = max(self.limits.block // width * width, 1)
        for start in range(span.start, span.end, step):
            yield self.read(start, min(step, span.end - start))

    def header(self, start: int) -> tuple[bytes, int]:
        """The header block that begins there, and where its body begins."""
        for size in (4096, 65536, self.limits.header + 4):
            window = _lines(self.read(start, size))
            found = header.measure(window, whole=len(window) < size)
            if found and found[0] <= self.limits.header:
                return window[: found[0]], start + found[1]
        raise Excess(f"信头超过 {self.limits.header // 1024} KiB")

    def delimiter(self, start: int, marks: tuple[bytes, ...]) -> Delimiter | None:
        """The next line that is the boundary of one of the open multiparts."""
        if not marks:
            return None
        # The line end that closes a header block also opens the first boundary's line.
        window, at = self._window, max(start - 1, 0)
        if not window.start <= at < window.start + self.limits.block:
            window.fill(self._file, at)
        while True:
            whole = window.end >= self.size
            found = window.delimiter(at, marks, whole=whole)
            if found:
                return found if found.start >= start else found._replace(start=start)
            if whole:
                return None
            at = window.start + self.limits.block
            window.fill(self._file, at)

    def guess_mark(self, start: int) -> bytes:
        """The boundary that the body really uses, when its header names none or a wrong one."""
        found = _FIRST_PART.search(self.read(start, 65536))
        return found[1] if found else b""


def _lines(window: bytes) -> bytes:
    """Very old clients end their lines with a bare carriage return."""
    return window if b"\n" in window else window.replace(b"\r", b"\n")
