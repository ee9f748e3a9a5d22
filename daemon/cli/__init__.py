"""The command line. Every command lives in a file of its own and is imported when it is called."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module

import click

from daemon.errors import ConfigError, Unavailable

COMMANDS = {  # name: its file, its line in the overview
    "run": ("run", "Serve the mailboxes of a configuration."),
    "try": ("try_", "Judge messages without touching ledger or network."),
    "parse": ("parse", "Print what a message says and holds; nothing is judged."),
    "status": ("status", "Show who has handed in what, and who is missing."),
    "messages": ("messages", "List every message seen, ignored ones too."),
    "export": ("export", "Write any table as CSV, JSON or Excel."),
    "handover": ("handover", "Pack the accepted material of a category, renamed by the rule."),
    "remind": ("remind", "Say who still owes what; look at reminders, let them go."),
    "replies": ("replies", "Release, change or drop replies that wait for a person."),
    "user": ("user", "Let people into the staff's pages, or out."),
    "act": ("act", "Decide what the pages let people decide, and undo it."),
    "reconcile": ("reconcile", "Compare mailboxes, ledger and files; mend what can be."),
    "explain": ("explain", "Say what one rule requires, why, and how to mend it."),
    "rules": ("rules", "List every rule."),
    "notice": ("notice", "Write the blank forms of a notice."),
    "doctor": ("doctor", "Check everything the daemon needs, line by line."),
    "oauth": ("oauth", "Sign in to mailboxes by OAuth 2 (Microsoft 365, Gmail)."),
    "drill": ("drill", "Send a made-up submission through a mailbox and time each step."),
    "backup": ("backup", "Copy the whole state, while the daemon works."),
    "restore": ("restore", "Fill an empty state folder from a backup."),
    "unit": ("unit", "Print the systemd unit."),
}
USAGE, UNAVAILABLE, CONFIG = 64, 75, 78  # sysexits.h
INTERRUPTED = 130


class Commands(click.Group):
    """A group that imports a command only when it is asked for: `--help` stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"daemon.cli.{COMMANDS[cmd_name][0]}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="baosong", message="%(prog)s %(version)s")
def baosong() -> None:
    """报送: take in material by e-mail, check it against the notice, answer what does not comply.

    \b
    To look at one mail, touching nothing:     baosong try MESSAGE.eml
    To serve the mailboxes of a configuration: baosong run --config config.toml
    To see who has handed in what:             baosong status --config config.toml
    """


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; the exit status as in DESIGN section 8 and sysexits.h."""
    try:
        status = baosong.main(args=argv, prog_name="baosong", standalone_mode=False)
    except (
        click.ClickException
    ) as wrong:  # a fault in the command line, or a file that is not there
        wrong.show()
        return USAGE if isinstance(wrong, click.UsageError) else wrong.exit_code
    except click.Abort:  # Ctrl-C
        return INTERRUPTED
    except ConfigError as wrong:
        return _complain(wrong)
    except Unavailable as wrong:
        click.echo(f"baosong: {_both(str(wrong))}", err=True)
        return UNAVAILABLE
    return status if isinstance(status, int) else 0


def _complain(wrong: ConfigError) -> int:
    source = wrong.source or "configuration"
    click.echo(f"baosong: {source} cannot be used 配置不能用:", err=True)
    for problem in wrong.problems:
        click.echo(f"  {replace(problem, text=_both(problem.text))}", err=True)
    return CONFIG


def _both(text: str) -> str:
    from daemon.speech import both

    return both(text)


def script() -> None:
    """Entry point of the console script."""
    sys.exit(main())
