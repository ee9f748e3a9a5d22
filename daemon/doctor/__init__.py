"""Everything the daemon needs, looked at one by one. Nothing is sent, marked or recorded.

for check in examine(path): print(check)
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from daemon import config
from daemon.config import Config
from daemon.config.crosscheck import unreadable_secrets, warnings
from daemon.doctor import alarms, inward, machine, outward, pages, signed
from daemon.doctor.check import CONFIG, Check, bad, look, ok
from daemon.errors import ConfigError

__all__ = ["Check", "examine", "exit_status"]


def examine(path: Path) -> Iterator[Check]:
    """Each check as it is made; a mailbox may take its time to answer."""
    try:
        settings = config.load(path)
    except ConfigError as error:  # told line by line; what needs no configuration is still seen to
        for problem in error.problems:
            yield bad("configuration", str(problem), f"mend {path}", status=CONFIG)
        yield from machine.readers()
        return
    yield from _configuration(settings, path)
    yield from machine.examine(settings)
    for box in settings.mailboxes:
        yield from inward.examine(box, settings)
        yield from outward.examine(box, settings)
    yield from pages.examine(settings)
    yield from alarms.examine(settings)


def exit_status(checks: Iterable[Check]) -> int:
    """0 when nothing is bad, 78 when the configuration is, else 1."""
    return max((check.status for check in checks), default=0)


def _configuration(settings: Config, path: Path) -> Iterator[Check]:
    names = ", ".join(box.name for box in settings.mailboxes)
    yield ok("configuration", f"{path}, mailboxes {names}")
    for notice in settings.notices:
        yield ok("notice", f"{notice.id}: {len(notice.roster)} units, {notice.title}")
    for problem in warnings(settings):
        yield look("configuration", str(problem), "mend it unless it is meant so")
    for problem in unreadable_secrets(settings):
        yield bad("password", str(problem), "put it there, readable for the service", status=CONFIG)
    yield from signed.examine(settings)
