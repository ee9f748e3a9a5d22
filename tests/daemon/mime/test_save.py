"""What is written of a part is all of it, or the world's fault."""

import hashlib
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from daemon.mime import save

ROOM = 1 << 20


def test_blocks_of_any_length_become_one_file(tmp_path: Path) -> None:
    blocks = [b"a" * 300_000, b"", b"b", b"c" * 70_000]
    saved = save.write(tmp_path / "1", iter(blocks))
    data = b"".join(blocks)
    assert saved.disk.read_bytes() == data
    assert (saved.size, saved.sha256) == (len(data), hashlib.sha256(data).hexdigest())


def test_a_disk_that_takes_only_a_part_is_not_passed_over(tmp_path: Path) -> None:
    """The system writes what still fits, and fails at the next."""
    with _room(), pytest.raises(OSError, match="File too large"):
        save.write(tmp_path / "1", [bytes(ROOM - 10), b"what does not fit any more"])
    assert (tmp_path / "1").stat().st_size == ROOM


@contextmanager
def _room() -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
