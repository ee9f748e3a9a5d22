"""Workers are there while there is something to inspect, and not for much longer."""

import os
import time
from pathlib import Path

import pytest

from daemon.errors import Unavailable
from daemon.sandbox import Limits, Pool

PATIENCE = 20.0  # seconds that a slow machine may take
PROGRAM = "daemon.inspection.worker"


def children() -> set[int]:
    tasks = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    return {int(word) for path in tasks for word in path.read_text().split()}


def asked(pool: Pool, path: Path) -> str:
    task = {"do": "examine", "path": str(path), "name": path.name, "size": 5, "sha256": ""}
    answer = pool.ask(task)
    assert answer.done is not None
    return str(answer.done["format"])


def test_after_a_rest_the_workers_are_gone_and_the_next_file_starts_one(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-")
    before = children()
    with Pool(workers=1, limits=Limits(), program=PROGRAM, rest=0.2) as pool:
        assert asked(pool, path) == "pdf"
        until = time.monotonic() + PATIENCE
        while children() - before and time.monotonic() < until:
            time.sleep(0.05)
        assert children() <= before
        assert asked(pool, path) == "pdf"


def test_who_is_asked_again_before_the_rest_is_over_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-")
    before = children()
    with Pool(workers=1, limits=Limits(), program=PROGRAM, rest=3600) as pool:
        asked(pool, path)
        first = children() - before
        asked(pool, path)
        assert children() - before == first


def test_one_that_was_started_ahead_is_the_one_that_answers(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-")
    before = children()
    with Pool(workers=1, limits=Limits(), program=PROGRAM) as pool:
        pool.warm()
        pool.warm()
        assert asked(pool, path) == "pdf"
        assert len(children() - before) == 1


def test_one_that_was_started_ahead_for_nothing_ends_as_well() -> None:
    before = children()
    with Pool(workers=1, limits=Limits(), program=PROGRAM, rest=0.2) as pool:
        pool.warm()
        until = time.monotonic() + PATIENCE
        while not pool._idle and time.monotonic() < until:
            time.sleep(0.01)
        assert len(children() - before) == 1
        while children() - before and time.monotonic() < until:
            time.sleep(0.05)
        assert children() <= before


def test_what_cannot_be_started_is_told_to_who_asks() -> None:
    with Pool(workers=1, limits=Limits(), program="there.is.no.such.module") as pool:
        pool.warm()
        with pytest.raises(Unavailable, match="start a worker process"):
            pool.ask({})
