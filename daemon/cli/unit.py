"""`baosong unit`: the systemd unit of this installation."""

from pathlib import Path

import click

from daemon.cli.options import config_option


@click.command("unit")
@config_option
def command(config_path: Path) -> None:
    """Print the systemd unit that runs this configuration, with how to install it on top."""
    from daemon.config import load
    from daemon.systemd import unit

    click.echo(unit(load(config_path), config_path.absolute()), nl=False)
