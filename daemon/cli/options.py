"""Options that several commands share."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

if TYPE_CHECKING:
    from daemon.config import Config
    from daemon.ledger import Ledger
    from rules.notice import Notice


class NoInput(click.ClickException):
    """A file that is named on the command line and cannot be read. Exit status 65."""

    exit_code = 65


class Instant(click.ParamType[datetime]):
    """An instant in ISO 8601 with its zone: 2020-07-03T23:59:59+08:00."""

    name = "ISO8601"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        try:
            instant = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not an instant such as 2020-07-03T17:30:00+08:00", param, ctx)
        if instant.tzinfo is None:
            self.fail(f"{value!r} lacks a zone: write {value}+08:00", param, ctx)
        return instant


def readable(paths: Sequence[Path]) -> None:
    """Refuse before any work is done: every file that is not there, in one line each."""
    missing = [p for p in paths if not p.is_file()]
    if missing:
        raise NoInput("\n".join(_absent(p) for p in missing))


def _absent(path: Path) -> str:
    return f"not a file: {path}" if path.exists() else f"no such file: {path}"


config_option = click.option(
    "--config",
    "config_path",
    type=click.Path(path_type=Path),
    default=Path("/etc/baosong/config.toml"),
    show_default=True,
    help="The configuration (TOML).",
)
json_option = click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
messages_argument = click.argument(
    "messages", nargs=-1, required=True, metavar="MESSAGE.eml…", type=click.Path(path_type=Path)
)
notice_option = click.option(
    "--notice",
    "notice_path",
    type=click.Path(path_type=Path),
    help="The notice (TOML); without it the first notice, which is shipped.",
)
language_option = click.option(
    "--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True
)


def group_config(ctx: click.Context) -> "Config":
    """The configuration of a subcommand: `--config` may stand before its name or behind it."""
    from daemon.config import load

    here = ctx.get_parameter_source("config_path") is not ParameterSource.DEFAULT
    source = ctx if here or ctx.parent is None else ctx.parent
    return load(source.params.get("config_path", ctx.params["config_path"]))


def notice_of(path: Path | None) -> "Notice":
    """The notice at `path`, or the shipped one."""
    from daemon.config.notices import SHIPPED, load

    if path is not None and not path.is_file():
        raise NoInput(_absent(path))
    return load(path or SHIPPED)


def as_owner(config: "Config") -> None:
    """Root becomes the owner of the state folder: what it wrote there, the daemon could not."""
    if os.geteuid() != 0 or not config.state.exists():
        return
    owner = config.state.stat()
    if owner.st_uid != 0:
        os.setgroups([])
        os.setgid(owner.st_gid)
        os.setuid(owner.st_uid)


@contextmanager
def open_ledger(config: "Config", *, readonly: bool = True) -> Iterator["Ledger"]:
    """The ledger for reading. A daemon that has not run yet has none: exit status 65."""
    from daemon.ledger import Ledger

    if not config.ledger.is_file():
        raise NoInput(f"no ledger at {config.ledger} yet; `baosong run --once` makes it")
    with Ledger(config.ledger, readonly=readonly) as ledger:
        yield ledger
