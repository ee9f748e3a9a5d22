"""Reminders and digests by the daemon's own line: written, sent by the outbox, once."""

from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

from daemon.config import load
from daemon.office import Office
from tests.daemon.offices import Clock, an_office, answers
from tests.daemon.reminders.office import SCHEDULE, WEEK_BEFORE

DIGEST = '[digest]\nto = "staff@example.cn"\nquiet = false\n'


def test_the_daemon_reminds_and_reports_once_a_day(tmp_path: Path) -> None:
    path = an_office(tmp_path)
    path.write_text(path.read_text() + SCHEDULE + DIGEST, encoding="utf-8")
    roster = tmp_path / "notices" / "2020-four-ones.roster.toml"
    named = roster.read_text(encoding="utf-8").replace(
        'name = "农学院党委"\n', 'name = "农学院党委"\nmail = ["nxy@example.cn"]\n'
    )
    roster.write_text(named, encoding="utf-8")
    clock = Clock(WEEK_BEFORE)
    config = load(path)
    for _ in range(3):
        with Office(config, clock=clock) as office:
            office.remind()
            office.deliver(config.mailboxes[0])
        clock.pass_(timedelta(minutes=5))
    mails = [message_from_bytes(raw, policy=policy.default) for raw in answers(tmp_path)]
    assert sorted(mail["To"] for mail in mails) == ["nxy@example.cn", "staff@example.cn"]
