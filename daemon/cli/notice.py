"""`baosong notice`: what a notice gives to its submitters."""

from pathlib import Path

import click

from daemon.cli.options import notice_of, notice_option


@click.group("notice")
def command() -> None:
    """What a notice gives to its submitters."""


@command.command("forms")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@notice_option
def forms(folder: Path, notice_path: Path | None) -> None:
    """Write the blank forms of the notice into FOLDER.

    They are .docx, under the names the notice gives them (附件1, 附件2 …).
    """
    from daemon.forms import write

    for path in write(notice_of(notice_path), folder):
        click.echo(str(path))
