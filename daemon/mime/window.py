"""A stretch of the spooled file in memory, and the boundaries in it."""

import re
from io import FileIO
from typing import NamedTuple

_LINE_END = rb"(?P<closing>--)?[ \t]{0,60}(?:\r?\n)"
_LAST_LINE_END = rb"(?P<closing>--)?[ \t]{0,60}(?:\r?\n|\Z)"
_TAIL, _LAST_TAIL = re.compile(_LINE_END), re.compile(_LAST_LINE_END)
_FEW = 3  # open multiparts; above, one search for a pattern is quicker than one for each


class Delimiter(NamedTuple):
    """A boundary's line. `start` does not count the line end before it, `end` counts its own."""

    start: int
    end: int
    mark: bytes
    closing: bool


class Window:
    """The bytes from `start` to `end` of the file. One buffer serves the whole file: a new one
    for each block costs as much as the search."""

    def __init__(self, size: int) -> None:
        self.start = self.end = 0
        self._buffer = bytearray(size)
        self._view = memoryview(self._buffer)

    def fill(self, file: FileIO, at: int) -> None:
        file.seek(at)
        self.start, self.end = at, at + file.readinto(self._buffer)

    def read(self, start: int, end: int) -> bytes | None:
        """None: they are not all here."""
        if not self.start <= start <= end <= self.end:
            return None
        return bytes(self._view[start - self.start : end - self.start])

    def delimiter(self, at: int, marks: tuple[bytes, ...], *, whole: bool) -> Delimiter | None:
        """The first boundary behind a line end that stands at `at` or later. `whole`: the file
        ends here, so its last line needs no end."""
        begin = at - self.start
        if len(marks) <= _FEW:
            begin = self._candidate(begin, marks)
            found = self._there(begin, marks, whole=whole) if begin >= 0 else None
            if found or begin < 0:
                return found
        return self._behind(begin, marks, whole=whole)

    def _candidate(self, begin: int, marks: tuple[bytes, ...]) -> int:
        """Where a line first begins like a boundary, or -1. A search for one long string is
        three times as fast as one for a pattern, and in base64 there is not even a dash: one for
        a single byte is ten times as fast again."""
        dash, end = self._buffer.find(b"-", begin, self.end - self.start), self.end - self.start
        if dash < 0:
            return -1
        begin = max(begin, dash - 1)
        lines = [self._buffer.find(b"\n--" + m, begin, end) for m in marks]
        return min((line for line in lines if line >= 0), default=-1)

    def _there(self, line: int, marks: tuple[bytes, ...], *, whole: bool) -> Delimiter | None:
        """The boundary of that very line, as nearly always: a pattern would have to be compiled
        for each mail, which costs 0.2 ms."""
        ends, size = _LAST_TAIL if whole else _TAIL, self.end - self.start
        for mark in reversed(marks):
            if self._buffer.startswith(b"\n--" + mark, line, size):
                tail = ends.match(self._buffer, line + 3 + len(mark), size)
                if tail:
                    return self._delimiter(line, mark, tail)
        return None

    def _behind(self, begin: int, marks: tuple[bytes, ...], *, whole: bool) -> Delimiter | None:
        names = b"\n--(?P<mark>" + b"|".join(map(re.escape, reversed(marks))) + b")"
        pattern = re.compile(names + (_LAST_LINE_END if whole else _LINE_END))
        found = pattern.search(self._buffer, begin, self.end - self.start)
        return self._delimiter(found.start(), bytes(found["mark"]), found) if found else None

    def _delimiter(self, line: int, mark: bytes, tail: re.Match[bytes]) -> Delimiter:
        before = self._buffer.startswith(b"\r", max(line - 1, 0), line)
        return Delimiter(
            start=self.start + line - before,
            end=self.start + tail.end(),
            mark=mark,
            closing=tail["closing"] is not None,
        )
