"""Entries as a ZIP that is never whole in memory, nor anywhere on disk."""

import stat
from collections.abc import Iterable, Iterator
from datetime import datetime
from io import RawIOBase
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from daemon.handover.package import Entry

if TYPE_CHECKING:
    from typing_extensions import Buffer

EARLIEST = (1980, 1, 1, 0, 0, 0)
LAST_YEAR = 2107
UNIX = 3
MODE = (stat.S_IFREG | 0o644) << 16


class _Pipe(RawIOBase):
    """Keeps what is written until it is taken."""

    def __init__(self) -> None:
        self._chunks: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: "Buffer", /) -> int:
        self._chunks.append(bytes(data))
        return len(self._chunks[-1])

    def taken(self) -> bytes:
        chunks, self._chunks = self._chunks, []
        return b"".join(chunks)


def zipped(entries: Iterable[Entry], root: str) -> Iterator[bytes]:
    """The bytes of the ZIP, all of it under the folder `root`.

    Nothing is compressed: what people hand in is already. Names bear the UTF-8 mark; the times are
    those of the entries, so equal entries are equal bytes.
    """
    pipe = _Pipe()
    with ZipFile(pipe, "w", ZIP_STORED) as archive:
        for entry in entries:
            with archive.open(_info(entry, root), "w") as file:
                for chunk in entry.chunks():
                    file.write(chunk)
                    yield pipe.taken()
            yield pipe.taken()
    yield pipe.taken()


def _info(entry: Entry, root: str) -> ZipInfo:
    info = ZipInfo(f"{root}/{entry.name}", _time(entry.at))
    info.file_size = entry.size  # it tells whether 64-bit fields are needed
    info.create_system, info.external_attr = UNIX, MODE
    return info


def _time(at: datetime) -> Any:
    if not EARLIEST[0] <= at.year <= LAST_YEAR:
        return EARLIEST
    return at.timetuple()[:6]
