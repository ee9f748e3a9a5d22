"""The daemon's day: when each mailbox is read, what signals do, and who waits after a fault."""

import logging
import os
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import timedelta
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Any, Protocol

from daemon import clock, config, oauth
from daemon.config import Config, Mailbox
from daemon.config.crosscheck import unreadable_secrets, warnings
from daemon.errors import ConfigError, Unavailable
from daemon.mailbox import LoginRefused
from daemon.notify import notify
from daemon.patience import Patience
from daemon.thrift import give_back

if TYPE_CHECKING:
    from daemon.vigil import Vigil

DRAIN = 8.0  # seconds that running passes get to reach the end of their message
DELIVER = timedelta(seconds=10)  # between two looks into the outbox
WATCH = timedelta(minutes=1)  # between two looks at what is wrong
NIGHT = {"hour": 3, "minute": 17}  # of the office's own clock
UNAVAILABLE = 75  # EX_TEMPFAIL: some mailbox could not be read
_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)

log = logging.getLogger(__name__)


class Line(Protocol):
    """The straight line from mailbox to reply. All raise Unavailable, and can be repeated.

    `remind` writes the reminders and digests that are due; `watch` raises alarms and ends them;
    `nightly` holds mailboxes, ledger and files against each other and gives a line for each
    difference.
    """

    def poll(self, box: Mailbox) -> int: ...
    def deliver(self, box: Mailbox) -> int: ...
    def remind(self) -> None: ...
    def watch(self) -> None: ...
    def nightly(self) -> Sequence[object]: ...


class Assemble(Protocol):
    """Builds the line of a configuration. `stop` tells it to end after the message in hand."""

    def __call__(
        self, config: Config, *, stop: Callable[[], bool]
    ) -> AbstractContextManager[Line]: ...


class Service:
    """`run` serves until SIGTERM, `run_once` makes one pass. The path is read anew on SIGHUP.

    `beside` is open for as long as a line is served: the staff's pages.
    """

    def __init__(
        self,
        path: Path,
        assemble: Assemble,
        *,
        beside: Callable[[Any], AbstractContextManager[object]] = nullcontext,
        abandon: Callable[[int], Any] = os._exit,
    ) -> None:
        self.path = path
        self._assemble = assemble
        self._beside = beside
        self._abandon = abandon
        # Python runs a handler between any two lines of the main thread, even inside a lock:
        # SimpleQueue is the one that may be put to from there.
        self._signals: SimpleQueue[int] = SimpleQueue()
        self._endings: SimpleQueue[int] = SimpleQueue()
        self._leaving = False
        self._renewing = False
        self._patience: dict[str, Patience] = {}
        self._alone: dict[str, Lock] = {}
        self._listeners: Mapping[str, Vigil] = {}

    def run_once(self) -> int:
        """One pass over all mailboxes, then the outbox. 75 when a mailbox could not be read."""
        settings = self._load()
        with self._listening(UNAVAILABLE), self._assemble(settings, stop=self._halts) as line:
            read = [self._pass(line, box) for box in settings.mailboxes if not self._leaving]
            self._remind(line)
            for box in settings.mailboxes:
                self._deliver(line, box)
            self._watch(line)
        return 0 if all(read) else UNAVAILABLE

    def run(self) -> int:
        """Serve until SIGTERM or SIGINT. A running message is finished, for up to 8 seconds."""
        settings: Config | None = self._load()
        with self._listening(0):
            while settings is not None:
                self._renewing = False
                with self._assemble(settings, stop=self._halts) as line:
                    settings = self._serve(settings, line)
        return 0

    def receive(self, number: int, _frame: object = None) -> None:
        """A signal arrives."""
        self._signals.put(number)
        if number != signal.SIGHUP:
            self._leaving = True
            self._endings.put(number)

    def _halts(self) -> bool:
        return self._leaving or self._renewing

    @contextmanager
    def _listening(self, status: int) -> Iterator[None]:
        """Signals are ours; a pass that outlasts an ending ends the process with `status`."""
        done = Event()
        Thread(target=self._guard, args=(done, status), daemon=True).start()
        before = {number: signal.signal(number, self.receive) for number in _SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
            done.set()
            self._endings.put(0)

    def _guard(self, done: Event, status: int) -> None:
        self._endings.get()
        if not done.wait(DRAIN):
            # Worker threads would keep the process; each step can be repeated after a crash.
            log.warning("a pass is still busy; it will be repeated at the next start")
            logging.shutdown()
            self._abandon(status)

    def _load(self) -> Config:
        settings = config.load(self.path)
        if missing := (*unreadable_secrets(settings), *oauth.unsigned(settings)):
            raise ConfigError(missing, source=str(self.path))
        for warning in warnings(settings):
            log.warning("%s", warning)
        return settings

    def _serve(self, settings: Config, line: Line) -> Config | None:
        """Serve one configuration; the next one, or None to leave."""
        # Here, for one pass does without: 45 ms of imports.
        from daemon.timetable import bring_forward

        scheduler = self._schedule(settings, line)
        scheduler.start()
        notify("READY=1")
        log.info("serving %s", ", ".join(box.name for box in settings.mailboxes))
        wake = partial(bring_forward, scheduler)
        with self._beside(line), _vigils(settings, wake) as self._listeners:
            following = self._wait()
            if following is None:
                notify("STOPPING=1")
        self._renewing = True
        scheduler.shutdown()  # waits until each pass has come to the end of its message
        return following

    def _wait(self) -> Config | None:
        while True:
            try:
                # A signal that falls between two lines and this wait is seen when the wait ends.
                number = self._signals.get(timeout=1)
            except Empty:  # no signal: a good second
                continue
            if number != signal.SIGHUP:
                log.info("%s: finishing what is in hand", signal.Signals(number).name)
                return None
            if settings := self._reload():
                return settings

    def _reload(self) -> Config | None:
        """The new configuration; None when it cannot be used: a slip must not end the service."""
        notify("RELOADING=1")
        settings, faults = self._tried()
        for fault in faults:
            log.error("%s is not taken, the old configuration stays: %s", self.path, fault)
        if settings is None:
            notify("READY=1")
        return settings

    def _tried(self) -> tuple[Config | None, tuple[object, ...]]:
        try:
            settings = self._load()
            with self._assemble(settings, stop=self._halts):
                return settings, ()
        except ConfigError as error:  # what the editor of the file has overlooked
            return None, error.problems
        except Unavailable as error:  # another state folder, which is not ours to write
            return None, (error,)

    def _schedule(self, settings: Config, line: Line) -> Any:
        from daemon.timetable import every, timetable

        scheduler = timetable(threads=3 * len(settings.mailboxes) + 2)
        self._patience = {b.name: Patience(b.poll) for b in settings.mailboxes}
        for box in settings.mailboxes:
            self._alone[box.name] = Lock()
            # One may wait while one runs: what comes during a pass is read right after it.
            every(scheduler, box.poll, self._turn, line, box, id=box.name, max_instances=2)
            every(scheduler, DELIVER, self._deliver, line, box)
        # The first look comes when the mailboxes have had time to answer.
        for work in (self._remind, self._watch):
            scheduler.add_job(work, "interval", args=(line,), seconds=WATCH.total_seconds())
        scheduler.add_job(give_back, "interval", seconds=WATCH.total_seconds())
        scheduler.add_job(self._nightly, "cron", args=(line,), timezone=_zone(settings), **NIGHT)
        return scheduler

    def _turn(self, line: Line, box: Mailbox) -> None:
        with self._alone[box.name]:
            if self._halts() or not self._patience[box.name].due(clock.now()):
                return
            read = self._pass(line, box)
            if listener := self._listeners.get(box.name):
                listener.readable(read)
        if read:  # the answers do not wait for the next look into the outbox
            self._deliver(line, box)

    def _pass(self, line: Line, box: Mailbox) -> bool:
        """Read one mailbox; False when the world did not let us. It never stops another."""
        patience = self._patience.setdefault(box.name, Patience(box.poll))
        try:
            new = line.poll(box)
        except (Unavailable, ConfigError) as error:
            # No network, a server that refuses, a full disk; a password taken away meanwhile.
            refused = isinstance(error, LoginRefused | ConfigError)
            wait = patience.failed(clock.now(), refused=refused)
            log.warning("%s: %s; next attempt in %s", box.name, error, wait)
            return False
        if patience.recovered():
            log.info("%s: can be read again", box.name)
        if new:
            log.info("%s: %d new", box.name, new)
        return True

    def _deliver(self, line: Line, box: Mailbox) -> None:
        if self._halts():
            return
        try:
            sent = line.deliver(box)
        except (Unavailable, ConfigError) as error:  # as in a pass; the replies stay due
            log.warning("%s: replies wait: %s", box.name, error)
            return
        if sent:
            log.info("%s: %d replies sent", box.name, sent)

    def _remind(self, line: Line) -> None:
        try:
            line.remind()
        except Unavailable as error:  # a full disk; what is due today is still due in a minute
            log.warning("reminders wait: %s", error)

    def _watch(self, line: Line) -> None:
        try:
            line.watch()
        except Unavailable as error:  # a full disk, the state folder taken away
            log.warning("alarms: %s", error)

    def _nightly(self, line: Line) -> None:
        try:
            found = line.nightly()
        except Unavailable as error:  # as above
            log.warning("the nightly reconciliation: %s", error)
            return
        log.info("the nightly reconciliation found %d differences", len(found))
        for difference in found:
            log.warning("%s", difference)


def _vigils(
    settings: Config, wake: Callable[[str], None]
) -> AbstractContextManager[Mapping[str, "Vigil"]]:
    """Who listens between the passes; imapclient, 1 MiB, is there for a mailbox on a server."""
    if not any(box.imap for box in settings.mailboxes):
        return nullcontext({})
    from daemon.vigil import vigils

    return vigils(settings.mailboxes, wake)


def _zone(settings: Config) -> str:
    return settings.notices[0].zone
