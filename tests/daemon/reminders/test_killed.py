"""SIGKILL between any two lines: a reminder is written whole or not at all, and goes out once."""

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from daemon.config import Config
from daemon.ledger import Ledger, Queued
from daemon.reminders import Reminding
from tests.daemon.crash import deaths
from tests.daemon.outbox.wire import Clock, Wire, an_outbox
from tests.daemon.reminders.office import WEEK_BEFORE, an_office_that_reminds

NAMED = 'mail = ["nxy@example.cn", "nxy2@example.cn"]'


def test_killed_while_it_is_written_and_sent_each_address_hears_the_same_once(
    tmp_path: Path,
) -> None:
    with an_office_that_reminds(tmp_path / "office", units=1, mail=NAMED) as office:
        config, ledger = office.config, office.ledger.path
    for part in ("daemon/ledger/reminders", "daemon/ledger/dispatches"):
        twice = step = 0
        for step in deaths(
            lambda n, part=part: life(config, ledger, tmp_path / part / str(n)),  # type: ignore[misc]
            within=part,
        ):
            folder = tmp_path / part / str(step)
            life(config, ledger, folder)
            mails = [path.read_bytes() for path in (folder / "sent").iterdir()]
            assert len(set(mails)) == 2, "one for each address, the same every time"
            twice += len(mails) - 2
        assert step > 30
        assert twice <= 12, "only while the ledger was being told that it had gone"


def life(config: Config, ledger: Path, folder: Path) -> None:
    """Remind and deliver, from wherever an earlier life left off; a minute later each time."""
    (folder / "sent").mkdir(parents=True, exist_ok=True)
    if not (folder / ledger.name).exists():
        shutil.copy(ledger, folder / ledger.name)
    lives = len(list(folder.glob("life*")))
    (folder / f"life{lives}").touch()

    class Noting(Wire):
        def send(self, reply: Queued) -> None:
            number = len(list((folder / "sent").iterdir()))
            (folder / "sent" / str(number)).write_bytes(reply.message_id.encode() + reply.raw)

    now = WEEK_BEFORE + timedelta(minutes=lives)
    with Ledger(folder / ledger.name) as opened:
        Reminding(config=config, ledger=opened)(now)
        outbox = an_outbox(opened, Noting(), Clock(now))
        replace(outbox, queue=opened.dispatches).deliver()
