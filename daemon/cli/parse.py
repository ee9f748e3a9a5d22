"""`baosong parse`: the parser's own face, with no notice."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from daemon.cli.json_ import message_object
from daemon.cli.options import json_option, messages_argument, readable
from daemon.message import File, Opened, read


@click.command("parse")
@messages_argument
@json_option
def command(messages: tuple[Path, ...], as_json: bool) -> None:
    """Print what MESSAGE.eml says: sender, subject, date, text, and the files in it.

    Nothing is judged and nothing is kept; memory does not grow with the message.
    """
    readable(messages)
    for path in messages:
        with TemporaryDirectory(prefix="baosong-") as work:
            opened = read(path, Path(work))
            if as_json:
                click.echo(json.dumps(_object(path, opened), ensure_ascii=False))
            else:
                _show(path, opened)


def _object(path: Path, opened: Opened) -> dict[str, object]:
    return {
        "file": str(path),
        "message": message_object(opened.message),
        "attachments": [_file(f) for f in opened.files],
    }


def _file(file: File) -> dict[str, object]:
    return {"name": file.name, "size": file.size, "sha256": file.sha256}


def _show(path: Path, opened: Opened) -> None:
    message = opened.message
    click.secho(str(path), bold=True)
    for label, value in (
        ("From", f"{message.sender_name} <{message.sender}>".strip()),
        ("Subject", message.subject),
        ("Date", message.date.isoformat() if message.date else "-"),
        ("Message-ID", message.message_id or "-"),
    ):
        click.echo(f"  {label:11}{value}")
    for file in opened.files:
        click.echo(f"  {file.size:>11,} B  {file.sha256[:12]}  {file.name}")
    if message.unreadable:
        click.secho(f"  ! {message.unreadable}", fg="yellow")
