"""`baosong restore`: a state folder from a backup."""

from pathlib import Path

import click

from daemon.cli.options import NoInput
from daemon.clock import now


@click.command("restore")
@click.argument("source", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--into",
    "state",
    metavar="STATE",
    required=True,
    type=click.Path(path_type=Path),
    help="An empty folder: the `state` of the configuration.",
)
def command(source: Path, state: Path) -> None:
    """Fill the empty folder STATE from the backup DIR.

    Mail that came since the backup is read again from the mailboxes. Replies that may have been
    sent in that time are not sent by themselves: `baosong replies` lists them for a person.
    """
    from daemon import backup

    if not backup.empty(state):
        raise click.UsageError(f"{state} is not empty: nothing is overwritten")
    if faults := list(backup.faults(source)):
        raise NoInput("\n".join(faults))
    count = backup.restore(source, state, now())
    said = source / backup.CONFIGURATION
    if said.is_dir():
        click.echo(f"the configuration of that day is in {said}, without its passwords")
    click.echo("passwords are where the configuration says; sign-ins: baosong oauth sign-in")
    click.echo(f"{state} has its {count} files; replies that wait: baosong replies")
