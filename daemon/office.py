"""Everything that one configuration sets up: ledger, spool, library, ways in and out."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from daemon.clock import now
from daemon.config import Config
from daemon.config import Mailbox as Box
from daemon.filing import Filer
from daemon.inspection import Inspector
from daemon.intake import Intake
from daemon.ledger import Ledger, Limits
from daemon.library import Library
from daemon.memory import Remembered
from daemon.outbox import Maildir, Outbox, Server, Smtp, Transport
from daemon.poll import Poll
from daemon.spool import Spool


def ledger_path(config: Config) -> Path:
    return config.state / "ledger.db"


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
        self.ledger = Ledger(ledger_path(config))
        self._clock = clock
        self._stop = stop
        self._inspector = _inspector(config)
        self.line = self._polling(stop)

    def __enter__(self) -> Self:
        for notice in self.config.notices:
            self.ledger.sync(notice, self._clock())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._inspector.close()
        self.ledger.close()

    def poll(self, box: Box) -> int:
        """One pass over one mailbox; how many messages were new. Raises Unavailable."""
        return self.line(box)

    def deliver(self, box: Box) -> int:
        """Send the replies of this mailbox that are due; how many went."""
        replies = self.config.replies
        transport = _transport(box, self.config)
        if transport is None or replies.mode == "off":
            return 0
        limits = Limits(
            per_sender_per_day=replies.per_sender_per_day,
            per_mailbox_per_day=replies.per_mailbox_per_day,
        )
        return Outbox(
            ledger=self.ledger,
            mailbox=box.name,
            transport=transport,
            clock=self._clock,
            limits=limits,
            stop=self._stop,
        ).deliver()

    def catch_up(self) -> None:
        """File what a crash or a full disk left unfiled."""
        self.line.filer.arrears(self._clock)

    def _polling(self, stop: Callable[[], bool]) -> Poll:
        spool = Spool(self.config.state / "spool")
        filer = Filer(
            ledger=self.ledger,
            library=Library(self.config.state / "library"),
            spool=spool,
            inspector=self._inspector,
        )
        memory = Remembered(self.ledger, self.config.replies.per_sender_per_day)
        return Poll(
            config=self.config,
            ledger=self.ledger,
            spool=spool,
            filer=filer,
            intake=Intake.of(self.config, self._inspector, memory),
            now=self._clock,
            stop=stop,
        )


def _inspector(config: Config) -> Inspector:
    setting = config.inspection
    return Inspector(
        workers=setting.workers,
        timeout=setting.timeout.total_seconds(),
        memory=setting.memory,
        clamd=setting.clamd,
    )


def _transport(box: Box, config: Config) -> Transport | None:
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
            envelope=config.replies.envelope,
            ca=smtp.ca,
        )
    )
