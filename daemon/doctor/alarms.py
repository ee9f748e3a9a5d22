"""What is wrong at this moment, as the alarms would say it; and whether anybody would be told."""

import shlex
import shutil
from collections.abc import Iterator

from daemon import clock
from daemon.alarm import conditions, facts, words
from daemon.config import Config
from daemon.doctor.check import Check, bad, look, ok
from daemon.errors import ConfigError, Unavailable
from daemon.ledger import Ledger


def examine(config: Config) -> Iterator[Check]:
    yield _told(config)
    path = config.state / "ledger.db"
    if not path.is_file():
        return
    try:
        with Ledger(path, readonly=True) as ledger:
            yield from _present(config, ledger)
    except (Unavailable, ConfigError) as error:  # another user's file; one of an older version
        yield look("alarms", f"cannot be looked at: {error}", "run it as the service's user")


def _present(config: Config, ledger: Ledger) -> Iterator[Check]:
    """Looked at anew, since the daemon may be the one that is silent; and the night's findings."""
    seen = facts(config, ledger, clock.now())
    pages = bool(config.web.listen)
    said = [words(condition, config.language, pages=pages) for condition in conditions(seen)]
    said += [a.words for a in ledger.alarms.all() if a.kind == "reconcile" and not a.over]
    for text in said:
        matter, *cures = text.splitlines()
        yield bad("alarm", matter, cures[-1])
    if not said:
        yield ok("alarms", "none")


def _told(config: Config) -> Check:
    alarm = config.alarm
    if not (alarm.command or alarm.mail):
        cure = "set alarm.command or alarm.mail"
        return look("alarm", "nobody is told when something is wrong", cure)
    if alarm.command and (fault := _faulty(alarm.command)):
        return bad("alarm", fault, "mend alarm.command")
    if alarm.mail and not any(box.smtp or box.outbox for box in config.mailboxes):
        return bad("alarm", "no mailbox can send mail", "set alarm.command, or give one an smtp")
    channels = [f"runs {alarm.command}"] * bool(alarm.command)
    channels += [f"writes to {alarm.mail}"] * bool(alarm.mail)
    return ok("alarm", " and ".join(channels))


def _faulty(command: str) -> str:
    try:
        program = shlex.split(command)[0]
    except (ValueError, IndexError) as error:  # an open quotation mark; nothing but blanks
        return f"alarm.command cannot be read: {error}"
    return "" if shutil.which(program) else f"{program} is no program that can be run"
