"""The spooled file, read in windows. The only part of the splitter that touches a disk."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from daemon.mime import header
from daemon.mime.limits import LIMITS, Excess, Limits

_LONGEST_MARK = 1000  # bytes of a boundary; RFC 2046 allows 70
_LINE_END = rb"(--)?[ \t]{0,60}(?:\r?\n)"
_LAST_LINE_END = rb"(--)?[ \t]{0,60}(?:\r?\n|\Z)"
_FIRST_PART = re.compile(rb"(?:\A|\n)--([^\s-][^\r\n]{0,199}?)[ \t]*\r?\n(?i:content-)")


@dataclass(frozen=True, slots=True)
class Span:
    """Bytes of the file: start inclusive, end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Delimiter:
    """A boundary's line. `start` does not count the line end before it, `end` counts its own."""

    start: int
    end: int
    mark: bytes
    closing: bool


class Source:
    """A message in a file. `limits.block` bytes are held at once, plus one boundary's length."""

    def __init__(self, path: Path, limits: Limits = LIMITS) -> None:
        self.limits = limits
        self._file = path.open("rb", buffering=0)
        self._window = bytearray(limits.block + _LONGEST_MARK + 100)
        self.size = path.stat().st_size

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
        names = b"\n--(" + b"|".join(map(re.escape, reversed(marks))) + b")"
        more, last = re.compile(names + _LINE_END), re.compile(names + _LAST_LINE_END)
        # The line end that closes a header block also opens the first boundary's line.
        at = max(start - 1, 0)
        while True:
            length = self._look(at)
            whole = at + length >= self.size
            if _may_hold(self._window, length, marks):
                found = (last if whole else more).search(self._window, 0, length)
                if found:
                    return self._delimiter(at, found, start=start)
            if whole:
                return None
            at += self.limits.block

    def _look(self, at: int) -> int:
        """Fill the window from there on; how many bytes it holds. One buffer serves the whole
        file: a new one for each block costs as much as the search."""
        self._file.seek(at)
        return self._file.readinto(self._window)

    def _delimiter(self, at: int, found: re.Match[bytes], *, start: int) -> Delimiter:
        line = found.start()
        end_of_body = at + line - self._window.startswith(b"\r", max(line - 1, 0), line)
        return Delimiter(
            start=max(end_of_body, start),
            end=at + found.end(),
            mark=bytes(found[1]),
            closing=found[2] is not None,
        )

    def guess_mark(self, start: int) -> bytes:
        """The boundary that the body really uses, when its header names none or a wrong one."""
        found = _FIRST_PART.search(self.read(start, 65536))
        return found[1] if found else b""


def _may_hold(window: bytearray, length: int, marks: tuple[bytes, ...]) -> bool:
    """A search for one long string is three times as fast as one for a pattern."""
    return len(marks) > 3 or any(window.find(b"\n--" + m, 0, length) >= 0 for m in marks)


def _lines(window: bytes) -> bytes:
    """Very old clients end their lines with a bare carriage return."""
    return window if b"\n" in window else window.replace(b"\r", b"\n")
