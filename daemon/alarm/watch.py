"""The watch: each minute, what is wrong is raised once, and told once more when it is over."""

import logging
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

from daemon.alarm.channel import Channel, Telling
from daemon.alarm.condition import Condition, Facts, conditions
from daemon.alarm.words import headline, letter, words
from daemon.config import Config
from daemon.errors import Unavailable
from daemon.ledger import Alarm, Ledger
from daemon.log import plain
from daemon.patience import Patience

EVERY = timedelta(minutes=1)
BY_NIGHT = frozenset({"reconcile"})  # raised and ended by another hand
log = logging.getLogger(__name__)


@dataclass(kw_only=True, slots=True)
class Watch:
    """`channels` none: alarms are in the log and with `doctor` only."""

    config: Config
    ledger: Ledger
    channels: Sequence[Channel]
    clock: Callable[[], datetime]
    _patience: Patience = field(default_factory=lambda: Patience(EVERY))
    _deaf: Alarm | None = None

    def __call__(self) -> None:
        """Look once. A ledger that cannot be written is told from memory, once."""
        try:
            self._look()
        except Unavailable as error:  # a full disk, a file system that went read-only
            self._ledger_fails(error)
            raise
        if self._deaf is not None:
            deaf, self._deaf = self._deaf, None
            self._said(replace(deaf, told=True, over=self.clock()))

    def found(self, differences: Sequence[object]) -> None:
        """The night's reconciliation ended with these."""
        if differences:
            lines = "\n".join(f"· {plain(d)}" for d in differences[:20])
            count = len(differences)
            self._begin(Condition(kind="reconcile", words={"count": count, "lines": lines}))
        elif any(a.kind == "reconcile" for a in self.ledger.alarms.all()):
            self.ledger.alarms.end("reconcile", "", self.clock())

    def _look(self) -> None:
        before = {(a.kind, a.subject): a for a in self.ledger.alarms.all()}
        present = list(conditions(facts(self.config, self.ledger, self.clock())))
        for condition in present:
            self._begin(condition, before.get((condition.kind, condition.subject)))
        still = {(c.kind, c.subject) for c in present}
        for key, alarm in before.items():
            if key not in still and alarm.over is None and alarm.kind not in BY_NIGHT:
                self.ledger.alarms.end(*key, self.clock())
        self._tell(a for a in self.ledger.alarms.all() if a.untold)

    def _begin(self, condition: Condition, before: Alarm | None = None) -> None:
        said = words(condition, self.config.language, pages=bool(self.config.web.listen))
        if before is None or before.over is not None or before.words != said:
            self.ledger.alarms.begin(condition.kind, condition.subject, said, self.clock())

    def _tell(self, alarms: Iterable[Alarm]) -> None:
        """A channel that fails is tried again, at growing intervals."""
        for alarm in alarms:
            if self._patience.due(self.clock()) and self._said(alarm):
                self.ledger.alarms.told(alarm, self.clock())

    def _said(self, alarm: Alarm) -> bool:
        """Whether at least one channel took it; without any channel the log is where it is told."""
        telling = _telling(alarm, self.config, self.clock())
        log.warning("%s", telling.headline)
        heard = [self._heard(channel, telling) for channel in self.channels]
        if heard and not any(heard):
            self._patience.failed(self.clock(), refused=False)
            return False
        self._patience.recovered()
        return True

    def _heard(self, channel: Channel, telling: Telling) -> bool:
        try:
            channel.tell(telling)
        except Unavailable as error:  # a command that is gone, a server that is away
            log.error("nobody was told: %s", error)  # noqa: TRY400 - the world's fault, no traceback
            return False
        return True

    def _ledger_fails(self, error: Unavailable) -> None:
        if self._deaf is None and self._patience.due(self.clock()):
            condition = Condition(kind="ledger", words={"error": str(error)})
            said = words(condition, self.config.language)
            alarm = Alarm(kind="ledger", subject="", since=self.clock(), words=said)
            self._deaf = alarm if self._said(alarm) else None


def facts(config: Config, ledger: Ledger, now: datetime) -> Facts:
    """What the ledger and the disk say. Raises Unavailable."""
    names = {box.name for box in config.mailboxes}
    return Facts(
        now=now,
        bounds=config.alarm,
        pulses=tuple(p for p in ledger.pulses.all() if p.mailbox in names),
        backlog=ledger.backlog(),
        free=_free(config.state),
        raised=frozenset((a.kind, a.subject) for a in ledger.alarms.all() if a.over is None),
        said=lambda at: _said_at(at, config),
    )


def _free(state: Path) -> int:
    try:
        return shutil.disk_usage(state).free
    except OSError as error:  # the state folder was taken away
        raise Unavailable(f"looking at the disk under {state}", error) from error


def _said_at(at: datetime, config: Config) -> str:
    zone = ZoneInfo(config.notices[0].zone)
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def _telling(alarm: Alarm, config: Config, now: datetime) -> Telling:
    phase = "over" if alarm.over else "raised"
    named = f"{alarm.kind}|{alarm.subject}|{alarm.since.isoformat()}|{phase}"
    since, over = (_said_at(at, config) if at else "" for at in (alarm.since, alarm.over))
    return Telling(
        id=sha256(named.encode()).hexdigest()[:32],
        headline=headline(alarm, config.language),
        text=letter(alarm, config.language, since, over),
        about=alarm.subject,
        now=now,
    )
