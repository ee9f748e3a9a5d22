"""Everything that one configuration sets up: ledger, spool, library, ways in and out."""

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

from daemon import links, oauth, sandbox
from daemon.acts import Acts
from daemon.alarm import Channel, Command, Mail, Watch, Way
from daemon.clock import now
from daemon.config import Config
from daemon.config import Mailbox as Box
from daemon.errors import ConfigError, Unavailable
from daemon.filing import Filer
from daemon.intake import Intake
from daemon.ledger import Ledger, Limits
from daemon.library import Library
from daemon.looking import Lookers
from daemon.mailbox import LoginRefused, usage
from daemon.mailbox.kept import Kept
from daemon.memory import Remembered
from daemon.outbox import Maildir, Outbox, Queue, Server, Smtp, Transport
from daemon.poll import Poll
from daemon.reconcile import Difference, Reconciliation
from daemon.reminders import Digests, Reminding
from daemon.spool import Spool

ALIVE = timedelta(minutes=1)  # between two notes that a mailbox answers
MEASURE = timedelta(hours=6)  # between two looks at its quota
log = logging.getLogger(__name__)


class Office:
    """Polls mailboxes and delivers replies, from several threads if need be.

    `stop` is asked between messages. Raises Unavailable when the state folder cannot be used.
    """

    def __init__(
        self,
        config: Config,
        stop: Callable[[], bool] = lambda: False,
        *,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self.config = config
        self.ledger = Ledger(config.ledger)
        self.clock = clock
        self._stop = stop
        self.inspector = _lookers(config)
        self._kept = Kept()
        self.line = self._polling(stop)
        self.acts = Acts(self.line)
        self._watch = Watch(
            config=config, ledger=self.ledger, channels=tuple(_channels(config)), clock=clock
        )
        self._alive: dict[str, datetime] = {}
        # not at the start: `run --once` every few minutes would log in twice each time
        self._measured = {box.name: clock() for box in config.mailboxes}

    def __enter__(self) -> Self:
        for notice in self.config.notices:
            self.ledger.sync(notice, self.clock())
        for box in self.config.mailboxes:
            self._sign_in(box)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._kept.close()
        self.inspector.close()
        self.ledger.close()

    def poll(self, box: Box) -> int:
        """One pass over one mailbox; how many messages were new. Raises Unavailable."""
        try:
            new = self.line(box)
        except (Unavailable, ConfigError) as error:
            refused = isinstance(error, LoginRefused | ConfigError)
            self.ledger.pulses.failed(box.name, self.clock(), str(error), refused=refused)
            raise
        self.ledger.pulses.read(box.name, self.clock())
        if oauth.of(box):
            self._sign_in(box)
        self._measure(box)
        return new

    def deliver(self, box: Box) -> int:
        """Send the mails of this mailbox that are due, answers first; how many went."""
        transport = way_out(box, self.config)
        if transport is None or self.config.replies.mode == "off":
            return 0
        answers = self._outbox(box, transport, self.ledger.replies)
        # who is reminded has not used up what he may be answered
        ours = self._outbox(box, transport, self.ledger.dispatches, per_sender=0)
        return answers.deliver() + ours.deliver()

    def _outbox(
        self, box: Box, transport: Transport, queue: Queue, *, per_sender: int | None = None
    ) -> Outbox:
        replies = self.config.replies
        each = replies.per_sender_per_day if per_sender is None else per_sender
        limits = Limits(per_sender_per_day=each, per_mailbox_per_day=replies.per_mailbox_per_day)
        return Outbox(
            ledger=self.ledger,
            queue=queue,
            mailbox=box.name,
            transport=transport,
            clock=self.clock,
            limits=limits,
            stop=self._stop,
        )

    def watch(self) -> None:
        """Raise alarms, and tell which are over. Raises Unavailable."""
        self._watch()

    def remind(self) -> None:
        """Write the reminders and digests that are due; the outbox sends them. Unavailable."""
        for write in (Reminding, Digests):
            write(config=self.config, ledger=self.ledger)(self.clock())

    def nightly(self) -> tuple[Difference, ...]:
        """The night's comparison; what is found is an alarm. Notes are left out."""
        try:
            self.catch_up()
        except Unavailable as error:  # a full disk; the comparison will name what is not filed
            log.warning("filing what was left: %s", error)
        compared = Reconciliation(config=self.config, ledger=self.ledger, now=self.clock())
        every = tuple(compared.differences())
        self._tidy(every)
        found = tuple(d for d in every if not d.note)
        self._watch.found(found)
        self.ledger.nights.reconciled(self.clock(), len(found))
        return found

    def _tidy(self, found: Iterable[Difference]) -> None:
        """What crashes left half written, a day old: it was never recorded, and fills the disk."""
        for left in found:
            if left.kind == "unfinished" and left.mend is not None:
                left.mend(self.line)

    def catch_up(self) -> None:
        """File what a crash or a full disk left unfiled."""
        self.line.filer.arrears(self.clock)

    def _answers(self, box: Box) -> None:
        """A first pass may take hours: a mailbox that hands out mail is not silent."""
        at = self.clock()
        if at - self._alive.get(box.name, at - ALIVE) >= ALIVE:
            self._alive[box.name] = at
            self.ledger.pulses.read(box.name, at)

    def _sign_in(self, box: Box) -> None:
        """Note when it ends: a person signs in anew, or a password has taken its place."""
        try:
            self.ledger.pulses.expires(box.name, oauth.ends(box))
        except ConfigError as error:  # not readable: the next login says so, too
            log.info("%s: its sign-in is not known: %s", box.name, error)

    def _measure(self, box: Box) -> None:
        if self.clock() - self._measured[box.name] < MEASURE:
            return
        self._measured[box.name] = self.clock()
        try:
            quota = usage(box)
        except (Unavailable, ConfigError) as error:  # it has just been read; it will be again
            log.info("%s: its quota is not known: %s", box.name, error)
            return
        if quota is not None:
            self.ledger.pulses.quota(box.name, *quota)

    def _polling(self, stop: Callable[[], bool]) -> Poll:
        spool = Spool(self.config.state / "spool")
        filer = Filer(
            ledger=self.ledger,
            library=Library(self.config.state / "library"),
            spool=spool,
            inspector=self.inspector,
        )
        memory = Remembered(self.ledger, self.config.replies.per_sender_per_day)
        return Poll(
            config=self.config,
            ledger=self.ledger,
            spool=spool,
            filer=filer,
            intake=Intake.of(self.config, self.inspector, memory),
            now=self.clock,
            stop=stop,
            alive=self._answers,
            opening=self._kept.opening,
        )


def _lookers(config: Config) -> Lookers:
    setting = config.inspection
    return Lookers(
        workers=setting.workers,
        limits=sandbox.Limits(memory=setting.memory, timeout=setting.timeout.total_seconds()),
        clamd=setting.clamd,
        providers=links.known(config.links),
    )


def _channels(config: Config) -> Iterator[Channel]:
    if config.alarm.command:
        yield Command(config.alarm.command)
    if config.alarm.mail:
        yield Mail(to=config.alarm.mail, ways=tuple(_ways(config)))


def _ways(config: Config) -> Iterator[Way]:
    for box in config.mailboxes:
        transport = way_out(box, config)
        if transport is not None:
            yield Way(mailbox=box.name, address=box.address, transport=transport)


def way_out(box: Box, config: Config) -> Transport | None:
    """The way out; None where replies are off and none is configured."""
    if box.outbox is not None:
        return Maildir(box.outbox.maildir)
    if box.smtp is None:
        return None
    smtp = box.smtp
    return Smtp(
        Server(
            host=smtp.host,
            port=smtp.where,
            sender=box.address,
            tls=smtp.tls,
            username=smtp.username or "",
            password=smtp.password.reveal if smtp.password else str,
            access=oauth.access(smtp.password, smtp.username),
            envelope=config.replies.envelope,
            ca=smtp.ca,
        )
    )
