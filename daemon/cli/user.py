"""`baosong user`: who may see the staff's pages."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from daemon.cli.options import NoInput, as_owner, config_option, group_config
from daemon.clock import now
from daemon.config import Config
from daemon.ledger import Ledger, Person
from daemon.ledger.people import Role
from daemon.log import plain

PUNCTUATION = frozenset("._-@")
name_argument = click.argument("name", metavar="NAME")
file_option = click.option(
    "--password-file",
    metavar="FILE",
    type=click.Path(path_type=Path, allow_dash=True),
    help="Take the password from here, - is standard input; without it, it is asked for.",
)
role_option = click.option(
    "--role", type=click.Choice(["read", "act", "admin"]), default="act", show_default=True
)
mailbox_option = click.option(
    "--mailbox",
    "mailboxes",
    metavar="MAILBOX",
    multiple=True,
    help="Only this department; may be given several times. Without it: all.",
)


@click.group("user")
@config_option
def command(config_path: Path) -> None:
    """Let people into the staff's pages, or out. All of it works while the daemon runs.

    \b
    read   sees
    act    sees, and decides: replies, verdicts, extensions
    admin  sees and decides, for every department
    """


@command.command("add")
@config_option
@name_argument
@role_option
@mailbox_option
@file_option
@click.pass_context
def add(
    ctx: click.Context,
    config_path: Path,
    name: str,
    role: Role,
    mailboxes: tuple[str, ...],
    password_file: Path | None,
) -> None:
    """Let a person in, with a password."""
    with _people(ctx) as (config, ledger):
        new = _person(config, name, role, mailboxes)
        if ledger.people.find(name):
            raise _taken(name)
        if not ledger.people.add(new, _hashed(password_file), now()):
            raise _taken(name)
    click.echo(_line(new))


@command.command("list")
@config_option
@click.pass_context
def list_(ctx: click.Context, config_path: Path) -> None:
    """Who may see the pages: name, role, departments."""
    with _people(ctx) as (_, ledger):
        for person in ledger.people.all():
            click.echo(_line(person))


@command.command("grant")
@config_option
@name_argument
@role_option
@mailbox_option
@click.pass_context
def grant(
    ctx: click.Context, config_path: Path, name: str, role: Role, mailboxes: tuple[str, ...]
) -> None:
    """Give a person another role, or other departments."""
    with _people(ctx) as (config, ledger):
        changed = _person(config, name, role, mailboxes)
        if not ledger.people.grant(changed):
            raise _nobody(name)
    click.echo(_line(changed))


@command.command("password")
@config_option
@name_argument
@file_option
@click.pass_context
def password(ctx: click.Context, config_path: Path, name: str, password_file: Path | None) -> None:
    """Give a person another password. Wherever they are signed in, they no longer are."""
    with _people(ctx) as (_, ledger):
        if ledger.people.find(name) is None:
            raise _nobody(name)
        ledger.people.password(name, _hashed(password_file), now())
        ledger.failures.forgiven("name", name.casefold())
    click.echo(f"{plain(name)}: another password")


@command.command("remove")
@config_option
@name_argument
@click.pass_context
def remove(ctx: click.Context, config_path: Path, name: str) -> None:
    """Let a person out, at once. What they did stays in the history."""
    with _people(ctx) as (_, ledger):
        if not ledger.people.remove(name):
            raise _nobody(name)
    click.echo(f"{plain(name)}: removed")


@contextmanager
def _people(ctx: click.Context) -> Iterator[tuple[Config, Ledger]]:
    """The ledger, to write in; one that is not there yet is begun."""
    config = group_config(ctx)
    as_owner(config)
    with Ledger(config.ledger) as ledger:
        yield config, ledger


def _person(config: Config, name: str, role: Role, mailboxes: tuple[str, ...]) -> Person:
    if not 0 < len(name) <= 64 or not all(c.isalnum() or c in PUNCTUATION for c in name):
        raise click.UsageError("a name has letters, digits and . _ - @, at most 64 of them")
    if role == "admin" and mailboxes:
        raise click.UsageError("an admin has every department: leave --mailbox out")
    for mailbox in mailboxes:
        if config.mailbox(mailbox) is None:
            known = ", ".join(box.name for box in config.mailboxes)
            raise click.UsageError(f"there is no mailbox {plain(mailbox)}; there are {known}")
    return Person(name=name, role=role, mailboxes=frozenset(mailboxes) or None)


def _hashed(source: Path | None) -> str:
    from daemon.web.passwords import Passwords, too_weak

    given = _asked() if source is None else _read(source)
    if why := too_weak(given):
        raise click.UsageError(f"the password: {why}")
    return Passwords().hash(given)


def _asked() -> str:
    if not sys.stdin.isatty():
        raise click.UsageError("no terminal to ask on: give --password-file")
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))


def _read(source: Path) -> str:
    try:
        with click.open_file(str(source), encoding="utf-8") as file:
            return str(file.read()).rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:  # no such file, a folder, an old encoding
        raise NoInput(f"{source} cannot be read as UTF-8 text: {error}") from error


def _taken(name: str) -> NoInput:
    return NoInput(f"there is a {plain(name)} already; `baosong user grant` gives another role")


def _nobody(name: str) -> NoInput:
    return NoInput(f"there is no {plain(name)}; `baosong user list` lists everybody")


def _line(person: Person) -> str:
    boxes = "all departments" if person.mailboxes is None else " ".join(sorted(person.mailboxes))
    return f"{plain(person.name)}  {person.role}  {boxes}"
