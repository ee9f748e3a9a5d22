"""`baosong messages`: every message seen, oldest first, ignored ones too."""

import json
from pathlib import Path
from typing import Any

import click

from daemon.cli.options import config_option, json_option, open_ledger
from daemon.config import load

COLOURS = {"accepted": "green", "returned": "yellow", "held": "magenta", "ignored": "bright_black"}


@click.command("messages")
@config_option
@json_option
def command(config_path: Path, as_json: bool) -> None:
    """List every message seen, with its verdict and what became of the reply."""
    with open_ledger(load(config_path)) as ledger:
        for row in ledger.messages():
            click.echo(_object(row) if as_json else _line(row))


def _object(row: dict[str, Any]) -> str:
    """Message-IDs as they stand in the mails, in angle brackets."""
    reply = row["reply"] and row["reply"] | {"message_id": f"<{row['reply']['message_id']}>"}
    message_id = row["message_id"] and f"<{row['message_id']}>"
    return json.dumps(row | {"message_id": message_id, "reply": reply}, ensure_ascii=False)


def _line(row: dict[str, Any]) -> str:
    status = click.style(f"{row['status']:8}", fg=COLOURS[row["status"]])
    late = "late" if row["late"] else ""
    reply = row["reply"]["state"] if row["reply"] else "-"
    codes = ", ".join(row["codes"])
    return (
        f"{row['received'] or '-':25.25} {status} {late:4} {reply:8} "
        f"{row['subject'] or '-'} <{row['from']}>" + (f"  [{codes}]" if codes else "")
    )
