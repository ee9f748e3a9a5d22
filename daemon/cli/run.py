"""`baosong run`: serve the mailboxes of a configuration."""

import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import click

from daemon import log
from daemon.cli.options import config_option
from daemon.office import Office
from daemon.service import Service


@click.command("run")
@config_option
@click.option("--once", is_flag=True, help="One pass over all mailboxes and the outbox, then end.")
def command(config_path: Path, once: bool) -> int:
    """Serve the mailboxes: read, judge, record, answer; and the staff's pages; until SIGTERM.

    SIGTERM ends after the message in hand, within 10 seconds. SIGHUP reads the configuration
    anew; a bad file keeps the old one. Exit status with --once: 0, or 75 when a mailbox could
    not be read; 78 for a fault in the configuration.
    """
    log.setup()
    # Who waits for SQLite or a worker takes turns with who splits mail: not every 5 ms.
    sys.setswitchinterval(0.0005)
    service = Service(config_path, Office, beside=_pages)
    return service.run_once() if once else service.run()


def _pages(office: Office) -> AbstractContextManager[object]:
    """The staff's pages; what they need is imported only where they are wanted."""
    if not office.config.web.listen:
        return nullcontext()
    from daemon.web.server import serving

    return serving(office)
