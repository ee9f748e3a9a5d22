"""`baosong doctor`: everything the daemon needs, looked at one by one."""

import os
from pathlib import Path

import click

from daemon.cli.options import config_option
from daemon.errors import ConfigError
from daemon.speech import Language

COLOURS = {"ok": "green", "look": "yellow", "bad": "red"}


@click.command("doctor")
@config_option
def command(config_path: Path) -> int:
    """Check configuration, machine and mailboxes; each line is ok or says what to do.

    Nothing is sent, marked or recorded. Exit status: 0 when all is well, 78 for a fault in the
    configuration, 1 for any other.
    """
    from daemon.doctor import examine, exit_status

    language = _language(config_path)
    seen = []
    for check in examine(config_path):
        click.secho(check.spoken(language), fg=COLOURS[check.grade])
        seen.append(check)
    return exit_status(seen)


def _language(path: Path) -> Language:
    """The configuration's; where it cannot be read, what the terminal itself speaks."""
    from daemon.config import load

    try:
        return load(path).language
    except ConfigError:  # its faults are the first that is told
        return "zh" if os.environ.get("LANG", "").startswith("zh") else "en"
