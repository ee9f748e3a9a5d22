"""Workers that look into hostile files: how many there are, and when they are let go."""

import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Final, Self

from daemon.errors import Unavailable
from daemon.sandbox.worker import Answer, Limits, Words, Worker

_TASKS_PER_WORKER: Final = 2_000  # then a fresh one: libraries leak
_REST: Final = 60.0  # seconds without a file until the workers end


class Pool:
    """At most `workers` sandboxed processes, each started when first needed by a thread of its own.

    The thread stays for as long as the pool: a worker is killed by the kernel when the *thread*
    that started it ends, so that none outlives the daemon. After `rest` seconds without a task
    the processes end; the next task starts them anew.
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
        self._program = program
        self._limits = limits
        self._setting = setting
        self._rest = rest
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="sandbox")
        self._own = threading.local()
        self._lock = threading.Lock()
        self._started: set[Worker] = set()
        self._busy = 0
        self._since = 0.0  # when the last task ended
        self._timer: threading.Timer | None = None
        self._closing = threading.Event()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def ask(self, task: Words) -> Future[Answer]:
        """Raises `Unavailable`, here or from the future: no worker, a full disk, a closed pool."""
        try:
            return self._threads.submit(self._answer, task)
        except RuntimeError as error:  # the pool was closed by another thread
            raise Unavailable("look into a file", "the daemon is stopping") from error

    def _answer(self, task: Words) -> Answer:
        with self._lock:
            self._busy += 1
        try:
            return self._answered(task)
        finally:
            with self._lock:
                self._busy -= 1
                self._since = time.monotonic()
                self._watch(self._rest)

    def _answered(self, task: Words) -> Answer:
        worker = self._worker()
        answer = worker.ask(task)
        if answer.lost or worker.asked >= _TASKS_PER_WORKER:
            self._discard(worker)
        if answer.lost and self._closing.is_set():
            raise Unavailable("look into a file", "the daemon is stopping")
        return answer

    def _worker(self) -> Worker:
        worker: Worker | None = getattr(self._own, "worker", None)
        if worker is not None and worker.alive:
            return worker
        if worker is not None:
            self._discard(worker)
        if self._closing.is_set():
            raise Unavailable("look into a file", "the daemon is stopping")
        worker = self._own.worker = Worker(self._limits, self._program, self._setting)
        with self._lock:
            self._started.add(worker)
            if self._closing.is_set():
                worker.interrupt()
        return worker

    def _discard(self, worker: Worker) -> None:
        self._own.worker = None
        with self._lock:
            self._started.discard(worker)
        worker.kill()

    def _watch(self, wait: float) -> None:
        """Under the lock. One timer serves many tasks: it looks when the last of them ended."""
        if self._timer is None and self._started and not self._closing.is_set():
            self._timer = threading.Timer(wait, self._let_go)
            self._timer.daemon = True
            self._timer.start()

    def _let_go(self) -> None:
        with self._lock:
            self._timer = None
            left = self._since + self._rest - time.monotonic()
            if self._busy or left > 0:
                self._watch(max(left, self._rest / 10))
                return
            resting, self._started = self._started, set()
            for worker in resting:  # its thread finds it ended, and starts another
                worker.kill()

    def close(self) -> None:
        """Kill what runs, wait for the threads. Tasks under way end in `Unavailable`."""
        with self._lock:
            self._closing.set()
            if self._timer is not None:
                self._timer.cancel()
            for worker in self._started:
                worker.interrupt()
        self._threads.shutdown(wait=True)  # what still waits is told that we are stopping
        with self._lock:
            left, self._started = tuple(self._started), set()
        for worker in left:
            worker.kill()
