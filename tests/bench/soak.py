"""Whether the daemon grows: python -m tests.bench.soak --minutes N.

An hour's worth of mixed mail every ten minutes (right, wrong, by machines, archives, damaged and
locked files, the same letter twice) goes to the daemon as it is served, with Dovecot and a real
SMTP server that now and then puts a mail off. Each minute: resident memory of daemon and workers,
open files, threads, what lies in the spool's work folder, rows and replies.
"""

import argparse
import os
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from daemon.ledger import Ledger
from daemon.systemd import console_script
from tests.bench.traffic import mail
from tests.journeys.bureau import PATIENCE, Bureau, until
from tests.journeys.post import JULY_2
from tests.servers.dovecot import Dovecot
from tests.servers.letterbox import Letterbox
from tests.servers.postbox import GOOD, Postbox

REST = 45  # seconds without mail: the last answers go, workers that are done end
PACE = 0.9  # seconds between two mails


@dataclass(frozen=True)
class Size:
    """`rss` in KiB: the daemon alone, and with its workers."""

    rss: int
    family: int
    files: int
    threads: int
    work: int

    def __str__(self) -> str:
        return (
            f"daemon {self.rss >> 10} MiB, with workers {self.family >> 10} MiB, "
            f"{self.files} open files, {self.threads} threads, {self.work} in work"
        )


def measured(process: int, spool: Path) -> Size:
    home = Path(f"/proc/{process}")
    children = (home / "task").glob("*/children")
    workers = [int(word) for path in children for word in path.read_text().split()]
    work = spool / "work"
    return Size(
        rss=rss(process),
        family=rss(process) + sum(map(rss, workers)),
        files=len(list((home / "fd").iterdir())),
        threads=len(list((home / "task").iterdir())),
        work=len(list(work.iterdir())) if work.is_dir() else 0,
    )


def rss(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, ProcessLookupError):  # a worker that has just ended
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS")), 0)


@contextmanager
def serving(bureau: Bureau) -> Iterator[int]:
    """The daemon with caps that a day's mail in ten minutes does not meet; its process."""
    bureau.write()
    text = bureau.config.read_text(encoding="utf-8")
    caps = "[replies]\nper_mailbox_per_day = 1000000\n"
    bureau.config.write_text(text.replace("[replies]\n", caps), encoding="utf-8")
    command = [str(console_script()), "run", "--config", str(bureau.config)]
    with (bureau.root / "log").open("wb") as log:
        surroundings = {**os.environ, "MALLOC_ARENA_MAX": "2"}  # as the systemd unit has it
        process = subprocess.Popen(command, stderr=log, env=surroundings)
    try:
        until(lambda: "serving" in bureau.log, "the start")
        yield process.pid
    finally:
        process.terminate()
        process.wait(PATIENCE)


def soak(bureau: Bureau, minutes: float) -> None:
    numbers = count(1)
    bureau.postbox.answer = lambda _mail: "451 4.7.1 later" if next(numbers) % 25 == 0 else GOOD
    spool = bureau.root / "state" / "spool"
    with serving(bureau) as process:
        mailed = traffic(bureau, minutes, lambda: print(measured(process, spool), flush=True))
        until(lambda: recorded(bureau) == mailed, "the last row")
        time.sleep(REST)
        print(f"at rest: {measured(process, spool)}")
    report(bureau, mailed)


def traffic(bureau: Bureau, minutes: float, look: Callable[[], None]) -> int:
    """Put a mail every PACE seconds, and look each minute; how many were put."""
    begun = looked = time.monotonic()
    for number in count():
        now = time.monotonic()
        if now - looked >= 60:
            looked = now
            look()
        if now - begun >= minutes * 60:
            return number
        box = bureau.zuzhibu if number % 2 else bureau.xuanchuanbu
        box.put(mail(number), received=JULY_2)
        time.sleep(max(0.0, begun + (number + 1) * PACE - time.monotonic()))
    raise AssertionError


def recorded(bureau: Bureau) -> int:
    with Ledger(bureau.root / "state" / "ledger.db", readonly=True) as ledger:
        return sum(tally.messages for tally in ledger.tally())


def report(bureau: Bureau, mailed: int) -> None:
    rows = bureau.messages()
    states = Counter(row["reply"]["state"] for row in rows if row["reply"])
    twice = len(bureau.mails) - len({m.message["Message-ID"] for m in bureau.mails})
    print(f"{mailed} mails, {len(rows)} rows: {dict(Counter(r['status'] for r in rows))}")
    print(f"{len(bureau.mails)} answers, {twice} twice, replies {dict(states)}")
    print("reconcile:", bureau.says("reconcile", "--deep"))
    print("errors in the log:", bureau.log.count("ERROR"), bureau.log.count("Traceback"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    minutes = parser.parse_args().minutes
    with TemporaryDirectory(prefix="baosong-soak-") as folder:
        root = Path(folder)
        root.chmod(0o755)
        (root / "office").mkdir()
        with Dovecot(root / "dovecot") as server, Postbox() as postbox:
            one, two = (Letterbox(server, server.account(f"{n}@example.org")) for n in "ab")
            soak(Bureau(root / "office", one, two, postbox), minutes)


if __name__ == "__main__":
    main()
