"""`baosong backup`: a whole copy of the state, while the daemon works."""

from pathlib import Path

import click

from daemon.cli.options import config_option, open_ledger


@click.command("backup")
@click.argument("target", metavar="DIR", type=click.Path(path_type=Path))
@config_option
def command(config_path: Path, target: Path) -> int:
    """Copy ledger, raw mail and library into DIR, which must be empty or not there yet.

    Raw mail is linked where DIR is on the same file system: a copy for another disk goes there.
    `sha256sum -c SHA256SUMS` checks it without this program. The configuration and its notices
    are in DIR/configuration, without passwords; sign-ins by OAuth 2 are not in it. Exit status 1
    when a file was missing or damaged; the rest is in the backup.
    """
    from daemon import backup
    from daemon.config import load
    from daemon.config.sources import sources

    config = load(config_path)
    if not backup.empty(target):
        raise click.UsageError(f"{target} is not empty")
    with open_ledger(config) as ledger:
        faults = 0
        for fault in backup.backup(
            ledger, config.state, target, configuration=sources(config_path)
        ):
            click.secho(fault, fg="yellow", err=True)
            faults += 1
    click.echo(f"{target} is a whole backup" if not faults else f"{faults} files are missing")
    return int(faults > 0)
