"""`baosong remind`: who still owes what, as a text for a group chat; the reminders by mail."""

import getpass
from collections.abc import Iterator, Sequence
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path

import click

from daemon.cli.options import Instant, NoInput, as_owner, config_option, open_ledger
from daemon.clock import now
from daemon.config import Config, load
from daemon.ledger import Ledger
from daemon.log import plain
from daemon.reminders import Preview, Reminding, coming, gaps, group_text, scheduled


@click.command("remind")
@config_option
@click.option("--text", "as_text", is_flag=True, help="A text to paste into a group chat.")
@click.option("--preview", is_flag=True, help="The mails that would be written at this moment.")
@click.option("--at", type=Instant(), help="As if it were then (with --text and --preview).")
@click.option(
    "--unit", "units", multiple=True, help="With --text: only this unit; may be repeated."
)
@click.option("--category", "categories", multiple=True, help="With --text: only this category.")
@click.option("--approve", type=int, multiple=True, metavar="ID", help="Let a reminder go.")
@click.option("--drop", type=int, multiple=True, metavar="ID", help="Never send a reminder.")
def command(
    config_path: Path,
    as_text: bool,
    preview: bool,
    at: datetime | None,
    units: tuple[str, ...],
    categories: tuple[str, ...],
    approve: tuple[int, ...],
    drop: tuple[int, ...],
) -> None:
    """Show what is still owed and when units are reminded of it ([[reminders]]); nothing is sent
    by this command but what is approved.
    """
    config, moment = load(config_path), at or now()
    _known("unit", units, [unit.name for n in config.notices for unit in n.roster])
    _known("category", categories, [c.name for n in config.notices for c in n.categories])
    if approve or drop:
        _decide(config, approve, drop)
        return
    with open_ledger(config) as ledger:
        found = [
            gap
            for gap in gaps(ledger.status(), config.notices, moment)
            if _asked(gap.unit.name, units) and _asked(gap.category.name, categories)
        ]
        reminding = Reminding(config=config, ledger=ledger)
        if as_text:
            click.echo(group_text(found, reminding.speech(moment)), nl=False)
            return
        lines = _previews(reminding, moment) if preview else _overview(config, ledger, moment)
        for line in lines:
            click.echo(line)


def _known(what: str, asked: Sequence[str], names: Sequence[str]) -> None:
    """Refuse a name that no notice has: its empty answer would read as if nothing were owed."""
    for name in asked:
        if name not in names:
            near = get_close_matches(name, dict.fromkeys(names), cutoff=0.4)
            hint = f"; perhaps {', '.join(near)}" if near else ""
            raise click.UsageError(f"no {what} is called {name!r}{hint}")


def _asked(name: str, names: tuple[str, ...]) -> bool:
    return not names or name in names


def _previews(reminding: Reminding, at: datetime) -> Iterator[str]:
    for shown in reminding.preview(at):
        yield from _preview(shown)


def _preview(shown: Preview) -> Iterator[str]:
    unit = shown.plan.gaps[0].unit.name
    if shown.letter is None or not shown.plan.to:
        yield f"== {unit}: nobody to write to; give `mail` in the roster, or call"
        return
    yield f"== {', '.join(shown.plan.to)}: {shown.letter.subject}"
    yield shown.letter.text


def _overview(config: Config, ledger: Ledger, at: datetime) -> Iterator[str]:
    """What waits for a person, what was written last, and what comes next."""
    for mail in ledger.dispatches.newest(20):
        state = "waits for approval" if mail.held else mail.state
        line = f"{mail.id:>6}  {state:18} {mail.created:%Y-%m-%d %H:%M}Z  {mail.to}  {mail.subject}"
        yield plain(f"{line}  [{mail.error}]" if mail.error else line, limit=400)
    for moment in coming(config, scheduled(config, ledger.status(), at), at)[:20]:
        window = f" {moment.window}" if moment.window else ""
        yield f"  next  {moment.at:%Y-%m-%d %H:%M}  {moment.category}{window}: {moment.units}"


def _decide(config: Config, approve: tuple[int, ...], drop: tuple[int, ...]) -> None:
    as_owner(config)
    with open_ledger(config, readonly=False) as ledger:
        for number in approve:
            if not ledger.dispatches.approve(number, now()):
                raise NoInput(f"{number}: there is no such mail, or it is past approval")
        for number in drop:
            if not ledger.dispatches.drop(number, now(), f"dropped by {getpass.getuser()}"):
                raise NoInput(f"{number}: there is no such mail, or it is past that")
