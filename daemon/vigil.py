"""Somebody who listens at a mailbox between the scheduled passes, and wakes the next one early.

Only a convenience: where nothing is heard, the schedule still reads everything.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from threading import Event, Thread

from daemon.config.server import Imap
from daemon.config.settings import Mailbox
from daemon.errors import ConfigError, Unavailable
from daemon.mailbox import LoginRefused
from daemon.mailbox.idle import Idle
from daemon.mailbox.imap import Declined
from daemon.patience import pause

MOST_FAILURES = 3  # in a row, while the mailbox can be read: then this server is not for listening
BREATH = 1.0  # seconds between two IDLEs: a server that ends each at once is not a loop
STOP = 2.0  # seconds for the thread to end; it holds nothing that could be lost

log = logging.getLogger(__name__)


class Vigil:
    """A thread for one mailbox. `wake` is called when something may have come.

    It connects only after `readable(True)`: a login that is refused is not tried twice as often.
    """

    def __init__(self, box: Mailbox, imap: Imap, wake: Callable[[], None]) -> None:
        self._box = box
        self._wake = wake
        self._idle = Idle(box, imap)
        self._over = Event()
        self._open = Event()
        self._failures = 0
        self._thread = Thread(target=self._run, name=f"idle {box.name}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End it soon; `join` waits a little until it has."""
        self._over.set()
        self._open.set()
        self._idle.stop()

    def join(self) -> None:
        self._thread.join(STOP)

    @property
    def alive(self) -> bool:
        """Whether it still listens, or will again."""
        return self._thread.is_alive()

    def readable(self, yes: bool) -> None:
        if yes:
            self._open.set()
        elif not self._over.is_set():
            self._open.clear()

    def _run(self) -> None:
        while self._failures < MOST_FAILURES:
            self._open.wait()
            if self._over.is_set():
                return
            try:
                self._listen()
            except Declined as no:
                log.info("%s: read by the clock alone: %s", self._box.name, no)
                return
            except (Unavailable, ConfigError) as fault:  # as in a pass
                self._fail(fault)
        log.warning("%s: nobody listens any more; it is read by the clock", self._box.name)

    def _listen(self) -> None:
        with self._idle as idle:
            while not self._over.is_set():
                idle.begin()
                self._failures = 0
                self._wake()  # what came before the server began to tell
                while idle.heard():
                    self._wake()
                idle.end()
                self._over.wait(BREATH)

    def _fail(self, fault: Unavailable | ConfigError) -> None:
        if self._over.is_set():
            return
        self._failures += 1
        refused = isinstance(fault, LoginRefused | ConfigError)
        wait = pause(self._failures, poll=self._box.poll, refused=refused)
        log.info("%s: %s; listening again in %s", self._box.name, fault, wait)
        self._over.wait(wait.total_seconds())


@contextmanager
def vigils(boxes: Iterable[Mailbox], wake: Callable[[str], None]) -> Iterator[Mapping[str, Vigil]]:
    """One for each mailbox on a server, by its name, which `wake` is called with."""
    started = {b.name: Vigil(b, b.imap, partial(wake, b.name)) for b in boxes if b.imap}
    for vigil in started.values():
        vigil.start()
    try:
        yield started
    finally:
        for vigil in started.values():
            vigil.stop()
        for vigil in started.values():
            vigil.join()
