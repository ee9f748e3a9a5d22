"""`baosong export`: any table of the ledger, for spreadsheets and programs."""

from pathlib import Path
from zoneinfo import ZoneInfo

import click

from daemon.cli.options import config_option, json_option, open_ledger
from daemon.clock import now
from daemon.config import load
from daemon.report import TABLES, Export


@click.command("export")
@click.argument("tables", nargs=-1, metavar="[TABLE…]")
@config_option
@json_option
@click.option("--csv", "as_csv", is_flag=True, help="Comma-separated, for any spreadsheet.")
@click.option("--xlsx", type=click.Path(path_type=Path, dir_okay=False), help="Write Excel.")
def command(
    tables: tuple[str, ...], config_path: Path, as_json: bool, as_csv: bool, xlsx: Path | None
) -> None:
    """Write tables of the ledger: matrix, messages, attachments, links, findings, replies,
    fields, reminders, acts, history. A workbook takes several, all of them when none is named.
    """
    _check(tables, one=as_json or as_csv, ways=sum((as_json, as_csv, xlsx is not None)))
    config = load(config_path)
    today = now().astimezone(ZoneInfo(config.notices[0].zone)).date()
    with open_ledger(config) as ledger:
        export = Export(
            ledger=ledger, notices=config.notices, language=config.language, today=today
        )
        if xlsx is not None:
            export.xlsx(xlsx, tables or TABLES)
        elif as_csv:
            for line in export.csv(tables[0]):
                click.echo(line.rstrip("\r\n"))
        else:
            for line in export.objects(tables[0]):
                click.echo(line)


def _check(tables: tuple[str, ...], *, one: bool, ways: int) -> None:
    if ways != 1:
        raise click.UsageError("give one of --json, --csv and --xlsx FILE")
    if unknown := set(tables) - set(TABLES):
        raise click.UsageError(f"no table {', '.join(sorted(unknown))}: {', '.join(TABLES)}")
    if one and len(tables) != 1:
        raise click.UsageError("--json and --csv write one table")
