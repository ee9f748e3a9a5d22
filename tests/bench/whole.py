"""The whole job beside the peers, in one run:

    python -m tests.bench.whole [-n 3] [--messages 2000] [--small]

Ours fetches, spools with fsync, splits, inspects, judges, records, queues the reply (which waits
for a person, so that no SMTP server is measured) and files what is accepted. mbsync downloads,
with fsync. The plain loop does what it can. Peers that are not installed are left out.
"""

import argparse
import shutil
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from daemon.ledger import Ledger
from daemon.systemd import console_script
from tests.bench import corpus
from tests.bench.measured import Cost, in_turn, run
from tests.servers.dovecot import PASSWORD, Dovecot

USER = "season@example.org"
CONFIG = """
state = "state"
notices = ["season.toml"]
[replies]
mode = "approve"
max_age = "36500 days"
per_mailbox_per_day = 1000000
[web]
listen = ""
[[mailbox]]
name = "zuzhibu"
department = "组织部"
address = "zuzhibu@example.org"
phone = "020-12345678"
  [mailbox.imap]
  host = "127.0.0.1"
  port = {port}
  tls = "none"
  username = "{user}"
  password = '{password}'
  [mailbox.outbox]
  maildir = "out"
"""
MBSYNC = """FSync yes

IMAPAccount a
Host 127.0.0.1
Port {port}
User {user}
PassCmd "printf '%s' {password}"
SSLType None
AuthMechs LOGIN
PipelineDepth 50

IMAPStore far
Account a

MaildirStore near
Path {folder}/
Inbox {folder}/INBOX

Channel c
Far :far:
Near :near:
Patterns INBOX
Create Near
Sync Pull
SyncState *
"""


def configure(root: Path, port: int) -> None:
    corpus.notice(root)
    text = CONFIG.format(port=port, user=USER, password=PASSWORD)
    (root / "config.toml").write_text(text, encoding="utf-8")


def ours(root: Path, count: int, accepted: int = 0) -> Cost:
    shutil.rmtree(root / "state", ignore_errors=True)
    cost = run([str(console_script()), "run", "--once", "--config", "config.toml"], cwd=root)
    with Ledger(root / "state" / "ledger.db", readonly=True) as ledger:
        rows = list(ledger.messages())
    assert len(rows) == count, "a letter is missing"
    filed = sum(row["status"] == "accepted" for row in rows)
    assert filed >= accepted, "what follows the rule must be accepted and filed"
    return cost


def mbsync(root: Path, port: int) -> Cost:
    folder = root / "mbsync"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    quoted = PASSWORD.replace("\\", "\\\\\\\\").replace('"', '\\\\\\"').replace(" ", "\\\\ ")
    text = MBSYNC.format(port=port, user=USER, password=quoted, folder=folder)
    (root / "mbsyncrc").write_text(text)
    return run(["mbsync", "-q", "-c", "mbsyncrc", "-a"], cwd=root)


def plain(root: Path, port: int) -> Cost:
    folder = root / "plain"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    words = [str(port), USER, PASSWORD, str(folder)]
    command = [sys.executable, "-m", "tests.bench.plain", *words]
    here = str(Path(__file__).parents[2])
    return run(["env", f"PYTHONPATH={here}", *command], cwd=root)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("-n", type=int, default=3)
    asked.add_argument("--messages", type=int, default=2000)
    asked.add_argument("--small", action="store_true", help="letters of a few lines")
    chosen = asked.parse_args()
    with TemporaryDirectory(prefix="baosong-whole-") as folder:
        root = Path(folder)
        root.chmod(0o755)
        with Dovecot(root / "dovecot") as server:
            maildir = root / "dovecot/mail" / server.account(USER) / "Maildir"
            maildir.parent.mkdir()
            mails = (corpus.small if chosen.small else corpus.letters)(chosen.messages)
            size = corpus.lay(maildir, mails)
            print(f"{chosen.messages} messages, {size / 1e6:.0f} MB", flush=True)
            configure(root, server.port)
            accepted = 0 if chosen.small else chosen.messages // 3
            ways = _ways(root, server.port, chosen.messages, accepted)
            told(in_turn(ways, chosen.n), chosen.messages)


def _ways(root: Path, port: int, count: int, accepted: int) -> dict[str, Callable[[], Cost]]:
    ways: dict[str, Callable[[], Cost]] = {"ours": partial(ours, root, count, accepted)}
    if shutil.which("mbsync"):
        ways["mbsync"] = partial(mbsync, root, port)
    else:
        print("mbsync is not installed (package isync): left out")
    ways["plain loop"] = partial(plain, root, port)
    return ways


def told(costs: dict[str, Cost], count: int) -> None:
    own = costs["ours"]
    print(f"{'':12}{'wall s':>9}{'CPU s':>9}{'MiB':>7}{'messages/s':>12}   ours takes")
    for name, cost in costs.items():
        rate = count / cost.wall
        ratio = f"{own.wall / cost.wall:.2f} x its wall, {own.cpu / cost.cpu:.2f} x its CPU"
        print(f"{name:12}{cost.wall:9.2f}{cost.cpu:9.2f}{cost.peak:7.0f}{rate:12.0f}   {ratio}")


if __name__ == "__main__":
    main()
