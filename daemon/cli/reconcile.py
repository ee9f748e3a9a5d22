"""`baosong reconcile`: mailbox, ledger and files, held against each other."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from daemon.cli.options import as_owner, config_option, json_option, open_ledger
from daemon.clock import now
from daemon.config import Config, load
from daemon.errors import ConfigError, Unavailable
from daemon.log import plain
from daemon.reconcile import Difference, Reconciliation

if TYPE_CHECKING:
    from daemon.poll import Poll

COLOURS = {"mended": "green", "note": "bright_black", "open": "yellow"}
Seen = tuple[str, Difference, str]  # mended | note | open, what it is, why it cannot be mended


@click.command("reconcile")
@config_option
@json_option
@click.option("--deep", is_flag=True, help="Read every file to its end and compare its SHA-256.")
@click.option("--repair", is_flag=True, help="Put right what can be, and say what cannot.")
def command(config_path: Path, as_json: bool, deep: bool, repair: bool) -> int:
    """Compare messages in the mailbox, rows in the ledger and files on disk.

    Each difference is one line; a "note" is no fault (mail that somebody deleted, say). Works
    while the daemon runs; without --repair nothing is changed. Exit status: 0 when all is equal
    or mended, else 1.
    """
    config = load(config_path)
    as_owner(config)
    with open_ledger(config) as ledger:
        compared = Reconciliation(config=config, ledger=ledger, now=now(), deep=deep)
        open_ones = 0
        for state, difference, why in _mended(config, compared) if repair else _told(compared):
            open_ones += state == "open"
            _show(state, difference, why, as_json=as_json)
    _sum(compared, as_json=as_json)
    return int(open_ones > 0)


def _told(compared: Reconciliation) -> Iterator[Seen]:
    for difference in compared.differences():
        mendable = "--repair mends it" if difference.mend else ""
        yield ("note" if difference.note else "open"), difference, mendable


def _mended(config: Config, compared: Reconciliation) -> Iterator[Seen]:
    from daemon.office import Office

    with Office(config) as office:
        for difference in compared.differences():
            yield _mend(difference, office.line)


def _mend(difference: Difference, line: "Poll") -> Seen:
    otherwise = "note" if difference.note else "open"
    if difference.mend is None:
        return otherwise, difference, "" if difference.note else "a person must see to it"
    try:
        difference.mend(line)
    except (Unavailable, ConfigError) as error:  # nowhere to take it from, no network, a full disk
        return otherwise, difference, f"cannot be mended: {error}"
    return "mended", difference, ""


def _show(state: str, difference: Difference, why: str, *, as_json: bool) -> None:
    if as_json:
        said = {"kind": difference.kind, "where": difference.where, "said": difference.said}
        click.echo(json.dumps({"state": state, **said, "why": why}, ensure_ascii=False))
        return
    mark = click.style(f"{state:6}", fg=COLOURS[state])
    click.echo(f"{mark} {plain(difference)}" + (f" → {plain(why)}" if why else ""))


def _sum(compared: Reconciliation, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"seen": dict(compared.seen)}, ensure_ascii=False))
        return
    for what, count in compared.seen.items():
        click.echo(f"{count:>8} {what}")
