"""A worker may hang, crash or starve: that costs one answer, and the next one comes."""

import errno
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from daemon.errors import Unavailable
from daemon.sandbox import Answer, Limits, Pool

PROGRAM = "tests.daemon.sandbox.misbehaving"
LIMITS = Limits(timeout=30.0)


@pytest.fixture
def pool() -> Iterator[Pool]:
    with Pool(workers=1, limits=LIMITS, program=PROGRAM) as ready:
        yield ready


def ask(pool: Pool, deed: str, **more: object) -> Answer:
    return pool.ask({"do": deed, **more})


def _alive(pid: int) -> bool:
    """Not gone, and not merely waiting to be buried."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(") ")[1][0] not in "ZX"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize("deed", ["sleep", "spin"])
def test_a_worker_that_hangs_is_given_up_with_what_it_had_said(deed: str) -> None:
    with Pool(workers=1, limits=Limits(timeout=2.0), program=PROGRAM) as hurried:
        answer = ask(hurried, deed)
    assert answer == Answer(so_far={"step": "recognised"}, lost="timeout")


@pytest.mark.parametrize("deed", ["crash", "raise", "leave"])
def test_a_worker_that_dies_costs_one_answer(pool: Pool, deed: str) -> None:
    answer = ask(pool, deed)
    assert answer == Answer(so_far={"step": "recognised"}, lost="died")


def test_the_pool_heals_itself(pool: Pool) -> None:
    assert ask(pool, "crash").lost == "died"
    assert ask(pool, "open files").done == {"limit": LIMITS.open_files}


def test_a_step_may_be_given_less_time_than_the_whole() -> None:
    """The deed sleeps for a minute, which the limits alone would have let it do."""
    with Pool(workers=1, limits=Limits(timeout=600), program=PROGRAM) as patient:
        assert ask(patient, "sleep", **{"with": {"within": 0.3}}).lost == "timeout"


def test_memory_is_refused_before_it_is_taken(pool: Pool) -> None:
    assert ask(pool, "swallow memory").done == {"got": 0}


def test_there_is_no_network(pool: Pool) -> None:
    assert ask(pool, "connect").done == {"errno": errno.EPERM}


def test_no_other_program_can_be_started(pool: Pool) -> None:
    assert ask(pool, "start a program").done == {"errno": errno.EPERM}


def test_what_a_library_prints_is_no_answer(pool: Pool) -> None:
    done = ask(pool, "chatter").done
    assert done is not None
    assert _alive(done["pid"])


def test_the_last_words_of_a_worker_reach_the_log(
    pool: Pool, caplog: pytest.LogCaptureFixture
) -> None:
    ask(pool, "raise")
    assert "no reader foresaw this" in caplog.text


def test_a_worker_is_kept_for_the_next_task(pool: Pool) -> None:
    assert ask(pool, "chatter").done == ask(pool, "chatter").done


def test_as_many_workers_as_were_asked_for() -> None:
    with Pool(workers=2, limits=LIMITS, program=PROGRAM) as two, ThreadPoolExecutor(6) as threads:
        answers = threads.map(lambda _: ask(two, "chatter"), range(12))
        pids = {(a.done or {})["pid"] for a in answers}
    assert 1 <= len(pids) <= 2
    assert not any(map(_alive, pids))


def test_threads_may_share_a_pool() -> None:
    answers: list[Answer] = []
    with Pool(workers=2, limits=LIMITS, program=PROGRAM) as two:
        threads = [
            threading.Thread(target=lambda: answers.append(ask(two, "chatter"))) for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert all(answer.done for answer in answers)


def test_a_worker_ignores_the_signal_that_is_meant_for_the_daemon(pool: Pool) -> None:
    before = (ask(pool, "chatter").done or {})["pid"]
    os.kill(before, signal.SIGTERM)
    assert (ask(pool, "chatter").done or {})["pid"] == before


def test_closing_gives_no_verdict_on_what_is_under_way() -> None:
    pool = Pool(workers=1, limits=Limits(timeout=60), program=PROGRAM)
    ask(pool, "chatter")
    with ThreadPoolExecutor(1) as threads:
        under_way = threads.submit(ask, pool, "sleep")
        while not pool._busy:
            time.sleep(0.01)
        time.sleep(0.2)
        pool.close()
        with pytest.raises(Unavailable, match="stopping"):
            under_way.result()


def test_what_waits_for_a_worker_is_told_that_the_daemon_stops() -> None:
    pool = Pool(workers=1, limits=Limits(timeout=60), program=PROGRAM)
    ask(pool, "chatter")
    with ThreadPoolExecutor(3) as threads:
        waiting = [threads.submit(ask, pool, "sleep") for _ in range(3)]
        pool.close()
        for future in waiting:
            with pytest.raises(Unavailable, match="stopping"):
                future.result()


def test_a_closed_pool_takes_no_more_tasks() -> None:
    pool = Pool(workers=1, limits=LIMITS, program=PROGRAM)
    pool.close()
    with pytest.raises(Unavailable, match="stopping"):
        pool.ask({"do": "chatter"})


def test_a_pool_that_was_never_used_starts_nothing() -> None:
    with Pool(workers=2, limits=LIMITS, program="there.is.no.such.module") as pool:
        assert not pool._has_workers()


def test_a_worker_that_cannot_start_is_the_fault_of_the_world() -> None:
    with (
        Pool(workers=1, limits=LIMITS, program="there.is.no.such.module") as pool,
        pytest.raises(Unavailable, match="start a worker process"),
    ):
        ask(pool, "chatter")


def test_workers_die_with_a_daemon_that_was_killed() -> None:
    program = (
        "import os, signal\n"
        "from daemon.sandbox import Limits, Pool\n"
        f"pool = Pool(workers=1, limits=Limits(), program={PROGRAM!r})\n"
        "print(pool.ask({'do': 'chatter'}).done['pid'], flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert run.returncode == -signal.SIGKILL
    worker = int(run.stdout)
    for _ in range(200):
        if not _alive(worker):
            return
        time.sleep(0.05)
    pytest.fail(f"worker {worker} outlived its daemon")
