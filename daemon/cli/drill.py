"""`baosong drill NAME`: a made-up submission through the real mailbox, step by step."""

from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import click

from daemon.cli.options import as_owner, config_option, open_ledger
from daemon.clock import now
from daemon.config import Config, Mailbox, load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from daemon.drill import Drill, Step
    from daemon.office import Office

MARGIN = timedelta(seconds=60)
AT_LEAST = 10.0  # seconds between two logins of ours


@click.command("drill")
@click.argument("name", metavar="NAME")
@config_option
@click.option("--wait", metavar="SECONDS", type=click.IntRange(min=1), help="How long at most.")
@click.option("--poll", "polls", is_flag=True, help="Read the mailbox here: no daemon is running.")
def command(config_path: Path, name: str, wait: int | None, polls: bool) -> int:
    """Send a made-up submission through the mailbox NAME, and show what becomes of it.

    It goes out by the mailbox's own way to its own address, and is read, inspected and recorded
    like any mail. It carries a seal, so that it never counts and is never answered.
    Exit status 1 when it does not arrive or is not known for what it is.
    """
    config = load(config_path)
    box = config.mailbox(name)
    if box is None:
        names = ", ".join(b.name for b in config.mailboxes)
        raise click.UsageError(f"no mailbox is called {name!r}; there are: {names}")
    as_owner(config)
    span = timedelta(seconds=wait) if wait else box.poll + MARGIN
    well = True
    with _desk(config, box, polls=polls) as drill:
        began = now()
        for step in drill.steps(span):
            _show(step, began)
            well = well and step.well
    return int(not well)


@contextmanager
def _desk(config: Config, box: Mailbox, *, polls: bool) -> "Iterator[Drill]":
    """The drill, with a daemon that polls elsewhere, or an office that does so here."""
    from daemon.drill import LOOK, Drill, way
    from daemon.office import Office, way_out

    send = way(box, way_out(box, config))
    if send is None:
        raise click.UsageError(f"{box.name} has no way to send: replies are off")
    with Office(config) if polls else open_ledger(config) as held:
        ledger = held.ledger if isinstance(held, Office) else held
        look = _polling(held, box) if isinstance(held, Office) else partial(Event().wait, LOOK)
        yield Drill(config=config, box=box, ledger=ledger, send=send, clock=now, look=look)


def _polling(office: "Office", box: Mailbox) -> "Callable[[], object]":
    """Providers take a login every second for an attack."""

    def look() -> None:
        Event().wait(min(box.poll.total_seconds(), AT_LEAST))
        office.poll(box)

    return look


def _show(step: "Step", began: datetime) -> None:
    mark = click.style("ok   ", fg="green") if step.well else click.style("TO DO", fg="red")
    at = step.at.astimezone()
    after = (step.at - began).total_seconds()
    click.echo(f"{mark} {at:%H:%M:%S}.{at.microsecond // 100_000} {after:+7.1f} s  {step.said}")
