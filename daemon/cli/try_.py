"""`baosong try`: judge messages without touching ledger or network."""

import json
from dataclasses import replace
from datetime import datetime
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from daemon import links
from daemon.cli.json_ import outcome_object
from daemon.cli.options import Instant, json_option, messages_argument, notice_of, readable
from daemon.cli.show import show
from daemon.clock import now
from daemon.config import load
from daemon.inspection import Inspector
from daemon.intake import NOTHING, Arrival, Intake, Outcome
from daemon.looking import Here
from rules.notice import Language

EXITS = {"accepted": 0, "returned": 1, "held": 2, "ignored": 3}


@click.command("try")
@messages_argument
@click.option(
    "--config",
    "config_path",
    type=click.Path(path_type=Path),
    help="Take notices, addresses and limits from this configuration.",
)
@click.option(
    "--notice",
    "notice_path",
    type=click.Path(path_type=Path),
    help="Judge by this notice; without it, by the shipped one.",
)
@click.option("--mailbox", metavar="NAME", help="The mailbox the mail came to, by its name.")
@click.option("--received", type=Instant(), help="When it came; without it, as the mail says.")
@json_option
def command(
    messages: tuple[Path, ...],
    config_path: Path | None,
    notice_path: Path | None,
    mailbox: str | None,
    received: datetime | None,
    as_json: bool,
) -> int:
    """Judge MESSAGE.eml as the daemon would, and show the answer it would give.

    Exit status: 0 accepted, 1 returned, 2 held, 3 ignored (the worst of several),
    64 a fault in the command line, 65 no such file, 78 a fault in notice or configuration.
    """
    readable(messages)
    worst = 0
    with Inspector(workers=1) as inspector:
        intake = _intake(config_path, notice_path, inspector)
        _known(mailbox, intake)
        for path in messages:
            outcome = _judge(path, intake, mailbox=mailbox or "", received=received)
            _show(path, outcome, intake.language, as_json=as_json)
            worst = max(worst, EXITS[outcome.verdict.status])
    return worst


def _intake(config_path: Path | None, notice_path: Path | None, inspector: Inspector) -> Intake:
    """By a configuration, or by a notice alone: then its mailboxes are our own addresses."""
    if config_path is None:
        notice = notice_of(notice_path)
        ours = frozenset(m.address.lower() for m in notice.mailboxes)
        return Intake(notices=(notice,), looker=Here(inspector), ours=ours)
    config = load(config_path)
    intake = Intake.of(config, Here(inspector, links.known(config.links)), NOTHING)
    return intake if notice_path is None else replace(intake, notices=(notice_of(notice_path),))


def _known(mailbox: str | None, intake: Intake) -> None:
    names = sorted({m.name for n in intake.notices for m in n.mailboxes})
    if mailbox is not None and mailbox not in names:
        raise click.UsageError(f"no mailbox is called {mailbox!r}; there are: {', '.join(names)}")


def _judge(path: Path, intake: Intake, *, mailbox: str, received: datetime | None) -> Outcome:
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    arrival = Arrival(
        now=now(),
        at_once=True,
        reply_id=f"baosong.{digest[:32]}@try.invalid",
        mailbox=mailbox,
        received=received,
    )
    with TemporaryDirectory(prefix="baosong-") as work:
        return intake.judge(path, Path(work), arrival)


def _show(path: Path, outcome: Outcome, language: Language, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(outcome_object(str(path), outcome, language), ensure_ascii=False))
    else:
        show(str(path), outcome, language)
