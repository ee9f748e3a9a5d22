"""`baosong oauth`: sign in to mailboxes whose server takes no password."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from daemon.cli.options import as_owner, config_option
from daemon.clock import now
from daemon.config import Config, Mailbox, load
from daemon.errors import ConfigError, Unavailable

if TYPE_CHECKING:
    from daemon.oauth.access import Access
    from daemon.oauth.signing import Step


@click.group("oauth")
def command() -> None:
    """Sign in by OAuth 2 (Microsoft 365, Gmail), and see which sign-ins there are.

    The sign-in lies in the folder oauth/ of the state, readable for the service alone. It is in
    no backup: after a restore sign in anew.
    """


@command.command("sign-in")
@click.argument("name", metavar="MAILBOX")
@config_option
def sign_in(name: str, config_path: Path) -> int:
    """Sign in to MAILBOX, with a browser on any machine.

    It holds until the provider ends it. A daemon that is running notices by itself: at its next
    attempt, or at once when it is told to reload.

    Exit status: 0 when the mailbox lets us in, else 1.
    """
    from daemon.oauth.access import of

    config = load(config_path)
    box = _box(config, name)
    needed = of(box)
    if not needed:
        raise click.UsageError(f"{name} has a password, and needs no sign-in")
    as_owner(config)
    for access in needed:
        _signed(access)
    return _tried(box)


@command.command("status")
@config_option
def status(config_path: Path) -> int:
    """List the sign-ins of all mailboxes. Exit status: 1 when one is missing."""
    from daemon.oauth.access import of

    config = load(config_path)
    rows = [(box.name, access) for box in config.mailboxes for access in of(box)]
    if not rows:
        click.echo("no mailbox signs in by OAuth 2")
    return max((_row(name, access) for name, access in rows), default=0)


def _box(config: Config, name: str) -> Mailbox:
    box = config.mailbox(name)
    if box is None:
        known = ", ".join(b.name for b in config.mailboxes)
        raise click.UsageError(f"there is no mailbox {name!r}; there are {known}")
    return box


def _signed(access: "Access") -> None:
    from daemon.oauth.signing import SignIn

    click.echo(f"Signing in as {access.account}. 以 {access.account} 的身份授权。")
    try:
        SignIn(access=access, tell=_tell)()
    except ValueError as error:  # the wrong line was copied
        raise click.ClickException(str(error)) from None
    access.another(access.grant().access)  # now, while the person is here, rather than in an hour
    click.echo(f"Signed in, and renewed once. 授权成功，已试续期。 {access.store.path}")


def _tell(step: "Step") -> str:
    click.echo("\n1. Open this page in a browser, on any machine 在任意电脑的浏览器里打开：")
    click.echo(f"\n   {step.page}\n")
    if step.code:
        click.echo(f"2. Enter this code there 输入代码：  {step.code}")
        click.echo(
            "3. Sign in with the account of the mailbox, and agree 登录并同意。Waiting 等待中…"
        )
        return ""
    click.echo("2. Sign in with the account of the mailbox, and agree 用信箱的账号登录并同意。")
    click.echo("3. The browser then shows an empty page or an error: that is as it should be.")
    click.echo(
        "   Copy its whole address 最后会出现空白页或出错页，属正常；请复制整个地址，粘贴到这里："
    )
    return str(click.prompt("  ", prompt_suffix=""))


def _tried(box: Mailbox) -> int:
    """Whether the server takes what the provider gave: it may belong to another account."""
    from daemon.mailbox.imap import Session

    if box.imap is None:
        return 0
    try:
        with Session(box, box.imap):
            click.echo(f"{box.name} lets us in. 信箱可以登录。")
    except (Unavailable, ConfigError) as error:  # another account's token; IMAP switched off
        click.echo(f"{box.name} does not let us in 信箱不让登录：{error}")
        return 1
    return 0


def _row(name: str, access: "Access") -> int:
    try:
        grant = access.grant()
    except ConfigError as error:  # nobody signed in; a file that is not ours to read
        click.echo(f"{name} {access.account}: {error.problems[0].text} {name}")
        return 1
    ends = "no end is told"
    if grant.slides:
        ends = "put off with each renewal"
    elif grant.ends:
        ends = f"{grant.ends:%Y-%m-%d %H:%M %Z}"
    fresh = "good" if grant.fresh(now()) else "to be renewed"
    click.echo(f"{name} {access.account}: signed in {grant.signed:%Y-%m-%d %H:%M %Z}, {fresh}")
    click.echo(f"  renewed {grant.renewed:%Y-%m-%d %H:%M %Z}; its end: {ends}")
    return 0
