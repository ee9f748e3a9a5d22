"""One letter of two gigabytes: python -m tests.bench.large [--size 2000] [-n 3].

Memory: a daemon that has read its empty mailbox and rests; the letter is delivered, and until it
is recorded and the daemon rests again, all its processes are looked at fifty times a second. What
they take at most beyond the rest before. RSS counts shared pages with each process, PSS in parts.

Time: one pass, beyond that over an empty mailbox, beside the floor: the same letter fetched over
a bare socket, synced, decoded, hashed and written, in one process without any parsing.

--size is in megabytes on the wire; five times that must be free below TMPDIR, where the disk
measured is.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from subprocess import Popen

from daemon.ledger import Ledger
from daemon.systemd import console_script
from tests.bench import corpus
from tests.bench.measured import Cost, environment, family, medians, resident, rss, run
from tests.bench.whole import USER, configure, mailbox, ours

EACH = 0.02  # seconds between two looks
REST = 10.0  # seconds after which a daemon without mail is at rest
PATIENCE = 900.0


class Delivery:
    """The letter, beside the mailbox until it is delivered."""

    def __init__(self, root: Path, size: int) -> None:
        self._letter = root / "letter"
        maildir = root / "dovecot/mail" / USER / "Maildir"
        self._place = maildir / "new" / f"{int(corpus.BEGUN.timestamp())}.huge.here"
        corpus.huge(self._letter, size)
        if os.geteuid() == 0:
            shutil.chown(self._letter, "mail", "mail")

    def __call__(self) -> None:
        os.link(self._letter, self._place)


@contextmanager
def served(root: Path) -> Iterator[int]:
    """A daemon of the configuration in `root`, at rest."""
    words = [str(console_script()), "run", "--config", "config.toml"]
    with (root / "log").open("wb") as log:
        process = Popen(words, cwd=root, stdout=log, stderr=log, env=environment())
    try:
        time.sleep(REST)
        yield process.pid
    finally:
        process.terminate()
        process.wait(20)


def footprint(process: int) -> tuple[int, int]:
    """RSS and PSS of the family, in KiB."""
    members = family(process)
    return sum(map(rss, members)), sum(map(resident, members))


def grown(root: Path, deliver: Delivery) -> tuple[tuple[int, int], tuple[int, int]]:
    """The footprint at rest, and the largest of each kind from then on."""
    with served(root) as process:
        rest = most = footprint(process)
        deliver()
        begun, over = time.monotonic(), 0.0
        while not over or time.monotonic() < over:
            most = tuple(map(max, most, footprint(process)))  # type: ignore[assignment]
            time.sleep(EACH)
            assert time.monotonic() < begun + PATIENCE, (root / "log").read_text()
            if not over and _recorded(root):
                over = time.monotonic() + 1
    return rest, most


def _recorded(root: Path) -> bool:
    with Ledger(root / "state" / "ledger.db", readonly=True) as ledger:
        return any(ledger.messages())


def floor(root: Path, port: int) -> dict[str, float]:
    """Seconds of both halves."""
    folder = root / "floor"
    folder.mkdir()
    here = f"PYTHONPATH={Path(__file__).parents[2]}"
    module = [sys.executable, "-m", "tests.bench.floor", str(port), USER, str(folder)]
    run(["env", here, *module], cwd=root)
    shutil.rmtree(folder)
    halves: dict[str, float] = json.loads((root / "said").read_text())
    return halves


def times(root: Path, port: int, count: int) -> tuple[dict[str, float], Cost]:
    """Medians of the floor and of ours, in turn."""
    rows, costs = [], []
    for _ in range(count):
        rows.append(floor(root, port))
        costs.append(ours(root, 1))
        shutil.rmtree(root / "state")
        print(f"  floor: {rows[-1]}\n  ours: {costs[-1]}", flush=True)
    return {key: median(row[key] for row in rows) for key in rows[0]}, medians(costs)


def measure(size: int, count: int) -> None:
    with mailbox(iter(())) as (root, port):
        configure(root, port)
        empty = medians([ours(root, 0) for _ in range(3)])
        deliver = Delivery(root, size)
        rest, most = grown(root, deliver)
        for name, before, after in zip(("RSS", "PSS"), rest, most, strict=True):
            told = f"{before >> 10} MiB at rest, {after >> 10} MiB at most"
            print(f"{name} {told}: {(after - before) >> 10} MiB more", flush=True)
        halves, cost = times(root, port, count)
    wall, bare = cost.wall - empty.wall, sum(halves.values())
    print(f"an empty pass {empty.wall:.2f} s; beyond it ours {wall:.2f} s, {cost.cpu:.2f} s of CPU")
    said = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in halves.items())
    print(f"the floor {bare:.2f} s ({said}); ours takes {wall / bare:.2f} x")


def main() -> None:
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("--size", type=int, default=2000, metavar="MB")
    asked.add_argument("-n", type=int, default=3, help="how often time is taken; medians are told")
    chosen = asked.parse_args()
    size = chosen.size * 1_000_000
    where = tempfile.gettempdir()
    if shutil.disk_usage(where).free < 5 * size:
        sys.exit(f"{where} has no room for five times {chosen.size} MB; TMPDIR may name another")
    measure(size, chosen.n)


if __name__ == "__main__":
    main()
