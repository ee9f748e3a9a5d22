"""What is free is not kept."""

import ctypes
import gc
from pathlib import Path

import pytest

from daemon.thrift import give_back

MIB = 1 << 20


def resident() -> int:
    """Bytes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


def test_memory_that_is_free_goes_back_to_the_machine() -> None:
    if not hasattr(ctypes.CDLL(None), "malloc_trim"):
        pytest.skip("this C library keeps nothing that it could give back")
    # below the size that is given back by itself
    many = [b"x" * 60_000 + b"%d" % n for n in range(1_000)]
    last = b"x" * 60_000 + b"."  # above the others: they cannot just be cut off
    del many
    gc.collect()
    before = resident()
    give_back()
    assert resident() < before - 30 * MIB
    assert last


def test_a_c_library_without_such_a_call_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(ctypes, "CDLL", asked.append)
    give_back()
    assert asked == [None]
