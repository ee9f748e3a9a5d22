"""`baosong act`: what staff decide on the pages, from a terminal."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING

import click

from daemon.cli.options import Instant, NoInput, as_owner, config_option, group_config
from daemon.log import plain

if TYPE_CHECKING:
    from daemon.acts import Acts, Done, Hand, Place

by_option = click.option("--by", default=None, help="Who decides so; left out, the login name.")
why_option = click.option("--why", default="", help="The reason, kept in the history.")
reply_option = click.option("--reply", is_flag=True, help="Tell the sender the new verdict.")
one_message = click.argument("message", metavar="MESSAGE", type=click.IntRange(min=1))


@click.group("act", invoke_without_command=True)
@config_option
@click.pass_context
def command(ctx: click.Context, config_path: Path) -> None:
    """List what people decided, newest first; its subcommands decide. MESSAGE is a number, as on
    the page of a message. All of it works while the daemon runs."""
    if ctx.invoked_subcommand is None:
        with _acts(ctx) as acts:
            for act in acts.line.ledger.acts.listing():
                about = f"message {act.message}" if act.message else " ".join(_names(act.place))
                undone = f"  [undone by {act.undone_by}]" if act.undone_by else ""
                line = f"{act.who}  {act.kind}  {about}  {act.why}{undone}"
                click.echo(f"{act.id:>5} {act.at.astimezone():%Y-%m-%d %H:%M}  {plain(line)}")


@command.command("accept")
@config_option
@one_message
@why_option
@by_option
@click.pass_context
def accept(ctx: click.Context, config_path: Path, message: int, why: str, by: str | None) -> None:
    """Accept a held or returned message."""
    with _acts(ctx) as acts:
        _say(acts.accept(message, _hand(by, why)))


@command.command("return")
@config_option
@one_message
@click.option("--words", required=True, help="What the sender is told, as it stands.")
@by_option
@click.pass_context
def return_(
    ctx: click.Context, config_path: Path, message: int, words: str, by: str | None
) -> None:
    """Return a message in your own words."""
    from daemon.acts import Faults

    with _acts(ctx) as acts:
        _say(acts.return_(message, _hand(by, ""), Faults(words=words)))


@command.command("correct")
@config_option
@one_message
@click.option("--unit", default="")
@click.option("--category", default="")
@click.option("--window", default="")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), default=None)
@reply_option
@why_option
@by_option
@click.pass_context
def correct(
    ctx: click.Context,
    config_path: Path,
    message: int,
    unit: str,
    category: str,
    window: str,
    day: datetime | None,
    reply: bool,
    why: str,
    by: str | None,
) -> None:
    """Put unit, category, window or date right; the rules judge again."""
    from daemon.acts import Correction

    right = Correction(
        unit=unit, category=category, window=window, date=day.date() if day else None
    )
    with _acts(ctx) as acts:
        _say(acts.correct(message, _hand(by, why), right, reply=reply))


@command.command("alias")
@config_option
@one_message
@click.argument("unit")
@click.argument("name")
@reply_option
@why_option
@by_option
@click.pass_context
def alias(
    ctx: click.Context,
    config_path: Path,
    message: int,
    unit: str,
    name: str,
    reply: bool,
    why: str,
    by: str | None,
) -> None:
    """Learn that UNIT is also called NAME, as in this message."""
    with _acts(ctx) as acts:
        _say(acts.alias(message, _hand(by, why), (unit, name), reply=reply))


@command.command("rejudge")
@config_option
@click.argument("messages", metavar="MESSAGE…", nargs=-1, type=click.IntRange(min=1))
@click.option("--notice", default="", help="All open messages of this notice instead.")
@reply_option
@why_option
@by_option
@click.pass_context
def rejudge(
    ctx: click.Context,
    config_path: Path,
    messages: tuple[int, ...],
    notice: str,
    reply: bool,
    why: str,
    by: str | None,
) -> None:
    """Judge again by the notice as it is now."""
    if bool(messages) == bool(notice) or (notice and reply):
        raise click.UsageError("name messages, or give --notice (which writes to nobody)")
    hand = _hand(by, why)
    with _acts(ctx) as acts:
        if notice:
            done = list(_all(acts, notice, hand))
        else:
            done = [acts.rejudge(message, hand, reply=reply) for message in messages]
    changed = sum(one.act is not None for one in done)
    click.echo(f"judged again: {len(done)}, changed: {changed}")
    for one in done:
        _notes(one)


@command.command("place")
@config_option
@click.argument("act", type=click.Choice(["waive", "not-applicable", "extend"]))
@click.argument("notice")
@click.argument("unit")
@click.argument("category")
@click.argument("window", default="")
@click.option("--until", type=Instant(), default=None, help="The first instant that is too late.")
@why_option
@by_option
@click.pass_context
def place(
    ctx: click.Context,
    config_path: Path,
    act: str,
    notice: str,
    unit: str,
    category: str,
    window: str,
    until: datetime | None,
    why: str,
    by: str | None,
) -> None:
    """Waive, mark as not applicable, or extend one unit's due time."""
    from daemon.acts import Place

    where = Place(notice=notice, unit=unit, category=category, window=window)
    if (act == "extend") != (until is not None):
        raise click.UsageError("--until belongs to extend, and extend needs it")
    with _acts(ctx) as acts:
        _say(_about(acts, where, _hand(by, why), (act, until)))


@command.command("resend")
@config_option
@one_message
@click.option("--revive", is_flag=True, help="Also to an address that mail came back from.")
@why_option
@by_option
@click.pass_context
def resend(
    ctx: click.Context, config_path: Path, message: int, revive: bool, why: str, by: str | None
) -> None:
    """Send the reply to this message once more."""
    with _acts(ctx) as acts:
        _say(acts.resend(message, _hand(by, why), revive=revive))


@command.command("select")
@config_option
@one_message
@click.option("--off", is_flag=True, help="Take the mark away.")
@by_option
@click.pass_context
def select(ctx: click.Context, config_path: Path, message: int, off: bool, by: str | None) -> None:
    """Mark accepted material as selected (遴选)."""
    with _acts(ctx) as acts:
        _say(acts.select(message, _hand(by, ""), on=not off))


@command.command("undo")
@config_option
@click.argument("act", type=click.IntRange(min=1))
@why_option
@by_option
@click.pass_context
def undo(ctx: click.Context, config_path: Path, act: int, why: str, by: str | None) -> None:
    """Take an act back by its number."""
    with _acts(ctx) as acts:
        _say(acts.undo(act, _hand(by, why)))


@contextmanager
def _acts(ctx: click.Context) -> Iterator["Acts"]:
    from daemon.acts import Refused
    from daemon.office import Office

    config = group_config(ctx)
    as_owner(config)
    if not config.ledger.is_file():
        raise NoInput(f"no ledger in {config.state} yet; `baosong run --once` makes it")
    try:
        with Office(config) as office:
            yield office.acts
    except Refused as refused:
        raise NoInput(refused.words.zh if config.language == "zh" else refused.words.en) from None


def _hand(by: str | None, why: str) -> "Hand":
    from daemon.acts import Hand

    return Hand(who=by or getuser(), why=why)


def _about(
    acts: "Acts", place: "Place", hand: "Hand", asked: tuple[str, datetime | None]
) -> "Done":
    act, until = asked
    if until is not None:
        return acts.extend(place, hand, until)
    return acts.waive(place, hand) if act == "waive" else acts.not_applicable(place, hand)


def _all(acts: "Acts", notice: str, hand: "Hand") -> Iterator["Done"]:
    after: int | None = 0
    while after is not None:
        done, after = acts.rejudge_all(notice, hand, after=after)
        yield from done


def _say(done: "Done") -> None:
    click.echo(f"act {done.act}" if done.act else "nothing had to be changed")
    _notes(done)


def _notes(done: "Done") -> None:
    for note in done.notes:
        click.echo(f"  {plain(note.en)}")


def _names(place: "Place") -> tuple[str, ...]:
    return (place.unit, place.category, place.window)
