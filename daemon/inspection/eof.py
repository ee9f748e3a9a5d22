"""Where the last `%%EOF` of a PDF stands, found without looking at every byte of it in Python.

pypdf walks back from the end of the file, 60 to 100 ns a byte: nothing in a whole PDF, 3 s in one
of 30 MB that was cut, and 2.5 ms where a tool wrote 40 KB behind the mark.
"""

from mmap import mmap
from typing import Final

_MARK: Final = b"%%EOF"
_BEGUN: Final = (b"%%EO", b"%%E", b"%%", b"%")  # the mark itself may be cut


def behind(data: mmap | bytes) -> int:
    """From where to walk back, so that pypdf finds the mark it would have found from the end.

    In the last line it takes a mark anywhere, or half a one; before that a line that begins with
    one. 0 when there is none.
    """
    begin, end = _last_line(data)
    last = data[begin:end]
    if not last or _MARK in last or last.strip().endswith(_BEGUN):
        return len(data)
    at = max(data.rfind(b"\n" + _MARK, 0, begin), data.rfind(b"\r" + _MARK, 0, begin)) + 1
    if at or data[: len(_MARK)] == _MARK:
        return min(found for found in _ends(data, at) if found >= 0)
    return 0


def _last_line(data: mmap | bytes) -> tuple[int, int]:
    """Begin and end of the last line that is not empty."""
    end = len(data)
    while end and data[end - 1] in b"\r\n":
        end -= 1
    return max(data.rfind(b"\r", 0, end), data.rfind(b"\n", 0, end)) + 1, end


def _ends(data: mmap | bytes, at: int) -> tuple[int, int]:
    """The next CR and LF: one of them is there, the line at `at` is not the last."""
    return data.find(b"\r", at), data.find(b"\n", at)
