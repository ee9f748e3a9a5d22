"""`baosong replies`: the desk where replies wait for a person, or have failed."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from getpass import getuser
from pathlib import Path

import click

from daemon import releasing
from daemon.cli.options import (
    NoInput,
    as_owner,
    config_option,
    group_config,
    json_option,
    open_ledger,
)
from daemon.clock import now
from daemon.ledger import Ledger, Waiting
from daemon.log import plain

COLOURS = {"waiting": "yellow", "approved": "cyan", "failed": "red"}
one_reply = click.argument("reply", metavar="ID", type=click.IntRange(min=1))
by_option = click.option("--by", default=None, help="Who decides so; left out, the login name.")


@click.group("replies", invoke_without_command=True)
@config_option
@json_option
@click.pass_context
def command(ctx: click.Context, config_path: Path, as_json: bool) -> None:
    """List the replies that wait or failed; `replies show ID` shows one.

    With replies.mode = "approve" each reply waits until it is approved. A reply that a server
    refused is kept, too: approving it sends it again. All of it works while the daemon runs.
    """
    if ctx.invoked_subcommand is not None:
        return
    with _desk(ctx) as ledger:
        for reply in _listed(ledger):
            click.echo(json.dumps(_object(reply), ensure_ascii=False) if as_json else _line(reply))


@command.command("show")
@config_option
@json_option
@one_reply
@click.pass_context
def show(ctx: click.Context, config_path: Path, as_json: bool, reply: int) -> None:
    """Show one reply as it will go.

    With it stands what was found in the mail it answers.
    """
    with _desk(ctx) as ledger, _refusals():
        known = releasing.known(ledger, reply)
        text, said = releasing.text(ledger, reply), ledger.drafts.findings(reply)
    if as_json:
        findings = [
            {"code": s.title, "saw": s.saw, "required": s.required, "fix": s.fix} for s in said
        ]
        whole = _object(known) | {"text": text, "findings": findings}
        click.echo(json.dumps(whole, ensure_ascii=False))
        return
    click.echo(f"{_line(known)}\n")
    click.echo("\n".join(plain(line, limit=2000) for line in text.splitlines()))
    for finding in said:
        click.secho(f"\n● {finding.title}", fg="yellow")
        click.echo(f"  {plain(finding.saw)}")


@command.command("approve")
@config_option
@click.argument("replies", metavar="ID…", nargs=-1, type=click.IntRange(min=1))
@click.option("--all", "every", is_flag=True, help="All that wait; failed ones only by their ID.")
@click.option("--revive", is_flag=True, help="Write again to an address that mail came back from.")
@by_option
@click.pass_context
def approve(
    ctx: click.Context,
    config_path: Path,
    replies: tuple[int, ...],
    every: bool,
    revive: bool,
    by: str | None,
) -> int:
    """Let replies go, those that failed once more.

    Without --all, those of the IDs.
    """
    if bool(replies) == every:
        raise click.UsageError("name the replies by their ID, or give --all")
    with _desk(ctx) as ledger:
        wanted = [r.id for r in ledger.drafts.listing() if r.held] if every else list(replies)
        refused = [why for reply in wanted if (why := _approve(ledger, reply, by, revive=revive))]
    click.echo(f"approved: {len(wanted) - len(refused)}")
    if refused:
        raise NoInput("\n".join(refused))
    return 0


@command.command("edit")
@config_option
@one_reply
@click.option("--text", metavar="FILE", help="Take the text from here; - is standard input.")
@by_option
@click.pass_context
def edit(
    ctx: click.Context, config_path: Path, reply: int, text: str | None, by: str | None
) -> None:
    """Put other words into a reply. Without --text your $EDITOR opens.

    Recipient, subject and Message-ID stay; the text before is kept in the history.
    """
    with _desk(ctx) as ledger, _refusals():
        before = releasing.text(ledger, releasing.known(ledger, reply).id)
        words = click.edit(before, extension=".txt") if text is None else _read(text)
        if words is None or not releasing.edit(ledger, reply, words, _by(by)):
            click.echo(f"reply {reply} is unchanged")
            return
    click.echo(f"reply {reply} has its new text")


@command.command("drop")
@config_option
@one_reply
@click.option("--why", required=True, help="Kept in the history.")
@by_option
@click.pass_context
def drop(ctx: click.Context, config_path: Path, reply: int, why: str, by: str | None) -> None:
    """Never send this reply."""
    with _desk(ctx) as ledger, _refusals():
        releasing.drop(ledger, reply, why, _by(by))
    click.echo(f"reply {reply} is dropped")


@contextmanager
def _desk(ctx: click.Context) -> Iterator[Ledger]:
    """The ledger, to write in."""
    config = group_config(ctx)
    as_owner(config)
    with open_ledger(config, readonly=False) as ledger:
        yield ledger


def _listed(ledger: Ledger) -> Iterator[Waiting]:
    yield from ledger.drafts.listing("waiting")
    yield from ledger.drafts.listing("failed")


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except releasing.Refused as refused:  # no such reply, or one that somebody was faster with
        raise NoInput(_in_words(refused)) from refused


def _approve(ledger: Ledger, reply: int, by: str | None, *, revive: bool) -> str:
    """Why it cannot be approved; "" when it is."""
    try:
        releasing.approve(ledger, reply, _by(by), revive=revive)
    except releasing.Refused as refused:  # as above; the other replies are still approved
        return f"no reply {reply}" if refused.reply is None else _in_words(refused)
    return ""


def _by(who: str | None) -> releasing.By:
    return releasing.By(who=who or getuser(), at=now())


def _in_words(refused: releasing.Refused) -> str:
    reply = refused.reply
    if reply is None:
        return "no such reply; `baosong replies` lists those that wait"
    if refused.why == "dead":
        dead = f"{plain(reply.to)} came back ({plain(refused.detail)})"
        return f"reply {reply.id}: mail to {dead}; see --revive"
    if refused.why == "empty":
        return f"reply {reply.id}: the new text is empty; to send nothing, drop it"
    state = "being sent" if reply.state == "waiting" else reply.state
    return f"reply {reply.id} is {state}: nothing can be changed any more"


def _read(name: str) -> str:
    try:
        with click.open_file(name, encoding="utf-8") as file:
            return str(file.read())
    except (OSError, UnicodeDecodeError) as error:  # no such file, a folder, an old encoding
        raise NoInput(f"{name} cannot be read as UTF-8 text: {error}") from error


def _object(reply: Waiting) -> dict[str, object]:
    return {
        "id": reply.id,
        "state": reply.state,
        "held": reply.held,
        "mailbox": reply.mailbox,
        "message": reply.message,
        "message_id": f"<{reply.message_id}>",
        "to": reply.to,
        "subject": reply.subject,
        "created": reply.created.isoformat(),
        "attempts": reply.attempts,
        "error": reply.error,
    }


def _line(reply: Waiting) -> str:
    state = click.style(f"{reply.state:8}", fg=COLOURS.get(reply.state))
    error = f"  [{plain(reply.error, limit=120)}]" if reply.error else ""
    when = f"{reply.created.astimezone():%m-%d %H:%M}"
    return f"{reply.id:>5} {state} {when}  {plain(reply.to)}  {plain(reply.subject)}{error}"
