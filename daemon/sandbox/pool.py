"""Workers that look into hostile files: how many there are, and when they are let go."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, Final, Self

from daemon.errors import Unavailable
from daemon.sandbox.worker import Answer, Limits, Words, Worker

_TASKS_PER_WORKER: Final = 2_000  # then a fresh one: libraries leak
_REST: Final = 60.0  # seconds without a task until the workers end


class Pool:
    """At most `workers` sandboxed processes, each started when first needed.

    Whoever asks speaks with a worker in a thread of his own. Only starting is left to one thread
    that stays for as long as the pool: a worker is killed by the kernel when the *thread* that
    started it ends, so that none outlives the daemon. After `rest` seconds without a task the
    processes end; the next task starts them anew.
    """

    def __init__(
        self,
        *,
        workers: int,
        limits: Limits,
        program: str,
        setting: Any = None,
        rest: float = _REST,
    ) -> None:
        """`program` is the module whose `main` runs in a worker; `setting` (values that JSON can
        carry) is told it with its limits."""
        self._told = (limits, program, setting)
        self._rest = rest
        self._starter = ThreadPoolExecutor(1, thread_name_prefix="sandbox")
        self._turn = threading.Condition()
        self._free = workers  # that may be taken, of `workers`
        self._workers = workers
        self._idle: list[Worker] = []
        self._busy: set[Worker] = set()
        self._since = 0.0  # when the last task ended
        self._timer: threading.Timer | None = None
        self._closing = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def ask(self, task: Words) -> Answer:
        """Wait for a worker and for its answer. From any thread.

        Raises Unavailable: no worker to be had, a full disk, a closed pool.
        """
        with self._place():
            worker = self._taken()
            done = False
            try:
                answer = worker.ask(task)
                done = not answer.lost and worker.asked < _TASKS_PER_WORKER
            finally:
                self._put_back(worker, again=done)
            if answer.lost and self._closing:
                raise _stopping()
            return answer

    @contextmanager
    def _place(self) -> Iterator[None]:
        with self._turn:
            self._turn.wait_for(lambda: self._free or self._closing)
            if self._closing:
                raise _stopping()
            self._free -= 1
        try:
            yield
        finally:
            with self._turn:
                self._free += 1
                self._since = time.monotonic()
                self._watch(self._rest)
                self._turn.notify_all()

    def warm(self) -> None:
        """Begin to start a worker, when there is none: work is on its way."""
        with self._turn:
            if not (self._has_workers() or self._closing):
                self._starter.submit(self._start_ahead)

    def _has_workers(self) -> bool:
        return bool(self._idle or self._busy)

    def _start_ahead(self) -> None:
        if self._has_workers():
            return
        self._put_back(Worker(*self._told), again=True)  # who asks next hears of a fault
        with self._turn:
            self._since = time.monotonic()
            self._watch(self._rest)

    def _taken(self) -> Worker:
        worker = self._rested() or self._started()
        with self._turn:
            self._busy.add(worker)
            if self._closing:
                worker.interrupt()
        return worker

    def _rested(self) -> Worker | None:
        """The one that was busy last, whose memory is warm."""
        with self._turn:
            while self._idle:
                worker = self._idle.pop()
                if worker.alive:
                    return worker
                worker.kill()
        return None

    def _started(self) -> Worker:
        try:
            return self._starter.submit(lambda: self._rested() or Worker(*self._told)).result()
        except RuntimeError as error:  # the pool was closed by another thread
            raise _stopping() from error

    def _put_back(self, worker: Worker, *, again: bool) -> None:
        with self._turn:
            self._busy.discard(worker)
            if again and not self._closing:
                self._idle.append(worker)
                return
        worker.kill()

    def _watch(self, wait: float) -> None:
        """Under the lock. One timer serves many tasks: it looks when the last of them ended."""
        if self._timer is None and self._idle and not self._closing:
            self._timer = threading.Timer(wait, self._let_go)
            self._timer.daemon = True
            self._timer.start()

    def _let_go(self) -> None:
        with self._turn:
            self._timer = None
            left = self._since + self._rest - time.monotonic()
            if self._busy or left > 0:
                self._watch(max(left, self._rest / 10))
                return
            resting, self._idle = self._idle, []
        for worker in resting:
            worker.kill()

    def close(self) -> None:
        """Kill what runs, wait for those who asked. Tasks under way end in `Unavailable`."""
        with self._turn:
            self._closing = True
            if self._timer is not None:
                self._timer.cancel()
            for worker in self._busy:
                worker.interrupt()
            self._turn.notify_all()
            self._turn.wait_for(lambda: self._free == self._workers)
            resting, self._idle = self._idle, []
        for worker in resting:
            worker.kill()
        self._starter.shutdown(wait=True)


def _stopping() -> Unavailable:
    return Unavailable("look into a file", "the daemon is stopping")
