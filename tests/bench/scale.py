"""Whether cost grows in step with the mail: python -m tests.bench.scale [--small N] [--huge MB].

--small   the same job on N (2,000) and on ten times as many letters of a few lines: the cost of
          each
--huge    one letter of so many megabytes: memory of all processes beyond that of an empty pass,
          and time beside the floor of spooling, decoding and hashing it
"""

import argparse
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import corpus
from tests.bench.measured import medians, run
from tests.bench.whole import USER, configure, ours
from tests.servers.dovecot import Dovecot


@contextmanager
def office() -> Iterator[tuple[Path, Path]]:
    """A folder with a configuration, and the Maildir of its mailbox."""
    with TemporaryDirectory(prefix="baosong-scale-") as folder:
        root = Path(folder)
        root.chmod(0o755)
        with Dovecot(root / "dovecot") as server:
            maildir = root / "dovecot/mail" / server.account(USER) / "Maildir"
            maildir.parent.mkdir()
            configure(root, server.port)
            yield root, maildir


def small(counts: tuple[int, ...], times: int) -> None:
    each: list[float] = []
    for count in counts:
        with office() as (root, maildir):
            corpus.lay(maildir, iter(()))
            empty = medians([ours(root, 0) for _ in range(times)])
            corpus.lay(maildir, corpus.small(count))
            cost = medians([ours(root, count) for _ in range(times)])
        each.append((cost.cpu - empty.cpu) / count * 1000)
        said = f"{cost.wall:.1f} s, {cost.cpu:.1f} s of CPU, {cost.peak:.0f} MiB"
        print(f"{count:,} letters: {said}; {each[-1]:.2f} ms of CPU each", flush=True)
    print(f"each of the many costs {each[-1] / each[0]:.2f} x one of the few")


def huge(megabytes: int) -> None:
    with office() as (root, maildir):
        corpus.lay(maildir, iter(()))
        empty = ours(root, 0)
        letter = maildir / "new" / "1593568800.huge.here"
        corpus.huge(letter, megabytes * 1_000_000)
        if os.geteuid() == 0:
            shutil.chown(letter, "mail", "mail")
        here = str(Path(__file__).parents[2])
        command = ["env", f"PYTHONPATH={here}", sys.executable, "-m", "tests.bench.floor"]
        floor = run([*command, str(letter), str(root)], cwd=root)
        cost = ours(root, 1)
    print(f"an empty pass: {empty}")
    print(f"the floor: {floor}")
    print(f"ours: {cost}")
    own = (cost.wall - empty.wall) / floor.wall, (cost.cpu - empty.cpu) / floor.cpu
    print(f"{cost.peak - empty.peak:.0f} MiB more; beyond the empty pass", end=" ")
    print(f"{own[0]:.2f} x the floor's wall, {own[1]:.2f} x its CPU")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--small", type=int, default=0)
    asked.add_argument("-n", type=int, default=3)
    asked.add_argument("--huge", type=int, default=0)
    chosen = asked.parse_args()
    if chosen.small:
        small((chosen.small, 10 * chosen.small), chosen.n)
    if chosen.huge:
        huge(chosen.huge)


if __name__ == "__main__":
    main()
