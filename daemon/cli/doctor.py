"""`baosong doctor`: everything the daemon needs, looked at one by one."""

from pathlib import Path

import click

from daemon.cli.options import config_option

COLOURS = {"ok": "green", "look": "yellow", "bad": "red"}


@click.command("doctor")
@config_option
def command(config_path: Path) -> int:
    r"""Check configuration, machine and mailboxes; each line is ok or says what to do.

    \b
    Nothing is sent, marked or recorded. Exit status: 0 when all is well, 78 for a fault in the
    configuration, 1 for any other.
    """
    from daemon.doctor import examine, exit_status

    seen = []
    for check in examine(config_path):
        click.secho(str(check), fg=COLOURS[check.grade])
        seen.append(check)
    return exit_status(seen)
