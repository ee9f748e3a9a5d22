"""`baosong status`: who has handed in what, for every unit and every window."""

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from daemon.cli.options import config_option, json_option, open_ledger
from daemon.clock import now
from daemon.config import Config, load

if TYPE_CHECKING:
    from daemon.ledger import Standing

UNFOLDED = 1000  # columns: a pipe or a file has no edge to fold at


@click.command("status")
@config_option
@json_option
@click.option("--csv", "as_csv", is_flag=True, help="Comma-separated, for any spreadsheet.")
@click.option("--xlsx", type=click.Path(path_type=Path, dir_okay=False), help="Write Excel.")
@click.option("--missing", "only_missing", is_flag=True, help="Only what has not been handed in.")
def command(
    config_path: Path, as_json: bool, as_csv: bool, xlsx: Path | None, only_missing: bool
) -> None:
    """Show the status table: units down, categories and their windows across.

    The SQL view `status` in the ledger is the same table for any SQLite tool.
    """
    from daemon import report

    if sum((as_json, as_csv, xlsx is not None)) > 1:
        raise click.UsageError("--json, --csv and --xlsx: one of them")
    config = load(config_path)
    # a day begins at the office's midnight
    here = now().astimezone(ZoneInfo(config.notices[0].zone))
    with open_ledger(config) as ledger:
        standings = ledger.status()
    if only_missing:
        standings = report.missing(standings)
    if xlsx is not None:
        report.to_xlsx(standings, xlsx, language=config.language, today=here.date())
        click.echo(f"{xlsx}: {len(standings)}", err=True)
    elif as_json or as_csv:
        for line in _lines(standings, config, here, as_csv=as_csv):
            click.echo(line)
    else:
        _show(standings, config, here)


def _lines(
    standings: "tuple[Standing, ...]", config: Config, at: datetime, *, as_csv: bool
) -> list[str]:
    from daemon import report

    if as_csv:
        rows = report.to_csv(standings, config.language, at.date())
        return [row.rstrip("\r\n") for row in rows]
    return list(report.to_json(standings))


def _show(standings: "tuple[Standing, ...]", config: Config, at: datetime) -> None:
    from rich.console import Console

    from daemon.report.terminal import to_terminal

    console = Console(highlight=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = UNFOLDED
    console.print(to_terminal(standings, config.language, at.date()))
