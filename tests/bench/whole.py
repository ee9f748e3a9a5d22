"""The whole job beside the peers, in one run:

    python -m tests.bench.whole [-n 3] [--messages 2000] [--small]
    python -m tests.bench.whole --delay 30 [-n 3] [--messages 2000]
    python -m tests.bench.whole --linear [-n 3] [--messages 2000]

Ours fetches, spools with fsync, splits, inspects, judges, records, queues the reply (which waits
for a person, so that no SMTP server is measured) and files what is accepted. mbsync downloads,
with fsync. The plain loop does what it can. Peers that are not installed are left out.

--delay    ours alone: on loopback, over a line without delay (what the line itself takes of the
           machine), and over one with a round trip of so many milliseconds
--linear   ours alone, beyond a short pass: so many letters and ten times as many, of manuscripts
           without pictures; with --small, of a few lines

Processor time is shown for ours, for its main process and for its workers, and for the mail
server (and the line), which work on the same cores.
"""

import argparse
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from daemon.ledger import Ledger
from daemon.systemd import console_script
from tests.bench import corpus
from tests.bench.measured import Cost, in_turn, run
from tests.servers.delay import delay
from tests.servers.dovecot import PASSWORD, Dovecot

USER = "season@example.org"
GROWTH = 10  # how many times the letters, in --linear
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


def configure(root: Path, port: int, season: corpus.Season = corpus.ORDINARY) -> None:
    root.mkdir(exist_ok=True)
    corpus.notice(root, season)
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


@contextmanager
def mailbox(mails: corpus.Mails) -> Iterator[tuple[Path, int]]:
    """A folder to work in, and the port of a mail server with these letters."""
    with TemporaryDirectory(prefix="baosong-whole-") as folder:
        root = Path(folder)
        root.chmod(0o755)
        with Dovecot(root / "dovecot") as server:
            maildir = root / "dovecot/mail" / server.account(USER) / "Maildir"
            maildir.parent.mkdir()
            size = corpus.lay(maildir, mails)
            if size:
                print(f"{size / 1e6:.0f} MB in the mailbox", flush=True)
            yield root, server.port


def beside_peers(count: int, times: int, *, small: bool) -> None:
    with mailbox((corpus.small if small else corpus.letters)(count)) as (root, port):
        configure(root, port)
        accepted = 0 if small else count // 3
        ways: dict[str, Callable[[], Cost]] = {"ours": partial(ours, root, count, accepted)}
        if shutil.which("mbsync"):
            ways["mbsync"] = partial(mbsync, root, port)
        else:
            print("mbsync is not installed (package isync): left out")
        ways["plain loop"] = partial(plain, root, port)
        told(in_turn(ways, times), [count] * len(ways))


def far(count: int, times: int, milliseconds: float, *, small: bool) -> None:
    """Each way has a configuration of its own; the mailbox is the same."""
    accepted = 0 if small else count // 3
    with (
        mailbox((corpus.small if small else corpus.letters)(count)) as (root, port),
        delay(port, 0) as short,
        delay(port, milliseconds / 2000) as long,
    ):
        ports = {"loopback": port, "0 ms": short, f"{milliseconds:g} ms": long}
        for name, number in ports.items():
            configure(root / name, number)
        ways = {name: partial(ours, root / name, count, accepted) for name in ports}
        costs = in_turn(ways, times)
    told(costs, [count] * len(costs))
    here, line, there = (cost.wall for cost in costs.values())
    print(f"{milliseconds:g} ms take {there / here:.2f} x loopback, {there / line:.2f} x the line")


def linear(count: int, times: int, *, small: bool) -> None:
    """A twentieth of the letters comes first: what starting takes, workers too, is theirs."""
    counts = (max(count // 20, 1), count, GROWTH * count)
    costs = [_pass(number, times, small=small) for number in counts]
    first, few, many = costs
    told(dict(zip(map("{:,} letters".format, counts), costs, strict=True)), counts)
    for name in ("wall", "cpu", "main"):
        start = getattr(first, name)
        one, other = (
            (getattr(cost, name) - start) / (number - counts[0]) * 1000
            for number, cost in zip(counts[1:], (few, many), strict=True)
        )
        print(f"{name:5} {one:.2f} ms a letter, {other:.2f} ms of the many: {other / one:.3f} x")


def _pass(count: int, times: int, *, small: bool) -> Cost:
    season = corpus.ORDINARY if small else corpus.LONG
    with mailbox(corpus.small(count) if small else corpus.letters(count, season)) as (root, port):
        configure(root, port, season)
        way = partial(ours, root, count, 0 if small else count // 3)
        return in_turn({f"{count:,} letters": way}, times).popitem()[1]


def told(costs: Mapping[str, Cost], counts: Sequence[int]) -> None:
    """A table; ratios are those of the first row to each other. `counts`: letters in each."""
    first, own = next(iter(costs.items()))
    heads = ("wall s", "CPU s", "main", "workers", "servers", "MiB", "letters/s")
    print(f"{'':16}{''.join(f'{head:>10}' for head in heads)}   {first} takes")
    for (name, cost), count in zip(costs.items(), counts, strict=True):
        cpus = (cost.cpu, cost.main, cost.cpu - cost.main, cost.beside)
        cells = "".join(f"{cell:10.2f}" for cell in (cost.wall, *cpus))
        ratio = f"{own.wall / cost.wall:.2f} x its wall, {own.cpu / cost.cpu:.2f} x its CPU"
        print(f"{name:16}{cells}{cost.peak:10.0f}{count / cost.wall:10.0f}   {ratio}", flush=True)


def main() -> None:
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("-n", type=int, default=3, help="how often; medians are told")
    asked.add_argument("--messages", type=int, default=2000)
    asked.add_argument("--small", action="store_true", help="letters of a few lines")
    asked.add_argument("--delay", type=float, metavar="MS", help="of the round trip")
    asked.add_argument("--linear", action="store_true", help=f"and {GROWTH} times the letters")
    chosen = asked.parse_args()
    if chosen.linear:
        linear(chosen.messages, chosen.n, small=chosen.small)
    elif chosen.delay is not None:
        far(chosen.messages, chosen.n, chosen.delay, small=chosen.small)
    else:
        beside_peers(chosen.messages, chosen.n, small=chosen.small)


if __name__ == "__main__":
    main()
