"""运行: does the machine work? Mailboxes, queues, disk, alarms; looked at anew each time."""

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from daemon.alarm import conditions, facts, words
from daemon.alarm.condition import Facts
from daemon.ledger import Person, Pulse, Waits
from daemon.web import page
from daemon.web.desk import Desk, desk_of
from daemon.web.guard import require


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One mailbox. `pulse` is None until it has been polled for the first time; `desk` replies
    wait for a person."""

    name: str
    address: str
    pulse: Pulse | None
    unsent: Waits | None
    failed: Waits | None
    held: Waits | None
    desk: int

    @property
    def state(self) -> str:
        if self.pulse is None or (self.pulse.read_at is None and not self.pulse.failing_since):
            return "unread"
        return "failing" if self.pulse.failing_since else "well"


def running(request: Request) -> Response:
    desk, person = desk_of(request), require(request)
    disk = shutil.disk_usage(desk.config.state)
    seen = facts(desk.config, desk.ledger, desk.clock())
    return page.render(
        request,
        "running.html",
        lines=tuple(_lines(desk, person, seen)),
        alarms=tuple(_alarms(desk, person, seen)),
        night=desk.ledger.nights.last(),
        disk=disk,
        ledger_size=desk.ledger.path.stat().st_size,
        made=desk.ledger.made(),
        version=version("baosong"),
        now=desk.clock(),
        mode=desk.config.replies.mode,
    )


def _lines(desk: Desk, person: Person, seen: Facts) -> Iterator[Line]:
    pulses = {pulse.mailbox: pulse for pulse in seen.pulses}
    backlog = seen.backlog
    waiting = desk.ledger.outgoing.on_the_desk()
    for box in desk.config.mailboxes:
        if person.sees(box.name):
            yield Line(
                name=box.name,
                address=box.address,
                pulse=pulses.get(box.name),
                unsent=_of(box.name, backlog.unsent),
                failed=_of(box.name, backlog.failed),
                held=_of(box.name, backlog.held),
                desk=waiting.get(box.name, 0),
            )


def _of(mailbox: str, waits: Iterable[Waits]) -> Waits | None:
    return next((w for w in waits if w.mailbox == mailbox), None)


def _alarms(desk: Desk, person: Person, seen: Facts) -> Iterator[list[str]]:
    """Each as lines: the matter, then what to do about it."""
    for condition in conditions(seen):
        if not condition.subject or person.sees(condition.subject):
            yield words(condition, desk.language, pages=True).splitlines()
    for alarm in desk.ledger.alarms.all():
        if alarm.kind == "reconcile" and alarm.over is None:
            lines = alarm.words.splitlines()
            # each difference names a mailbox or a message, of whatever department
            yield lines if person.mailboxes is None else [lines[0], lines[-1]]


ROUTES = (Route("/running", running),)
