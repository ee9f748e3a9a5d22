"""What the wire costs: python -m tests.bench.wire [MESSAGES] [RUNS].

A mailbox of the sizes that an office gets (2,000 messages, 1.2 GB), read from Dovecot in several
ways: on loopback, and over a line with a round trip of 30 ms. Medians, and ratios to the floor.
"""

import base64
import json
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.bench.mailbox import owned
from tests.bench.wire_ways import WAYS
from tests.servers.delay import delay
from tests.servers.dovecot import Dovecot

ROUND_TRIP = 0.030  # seconds


def letters(count: int) -> Iterator[bytes]:
    """A manuscript each; every fourth has a photograph, every twentieth a film."""
    noise = random.Random(1).randbytes(1 << 20)
    for number in range(count):
        size = 53_000 + (1_370_000 if number % 4 == 0 else 0) + (number % 20 == 1) * 700_000
        body = base64.encodebytes((noise * 3)[number % 5000 :][:size]).replace(b"\n", b"\r\n")
        yield b"Subject: %d\r\nMIME-Version: 1.0\r\n\r\n" % number + body


def fill(maildir: Path, count: int) -> int:
    for name in ("new", "cur", "tmp"):
        (maildir / name).mkdir(parents=True)
    total = 0
    for number, raw in enumerate(letters(count)):
        (maildir / "new" / f"{number:09}.here").write_bytes(raw)
        total += len(raw)
    owned(maildir)
    return total


def run(way: str, port: int, user: str, runs: int) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.wire_ways", way, str(port), user]
    rows = [json.loads(subprocess.check_output(command)) for _ in range(runs)]
    return {key: median(row[key] for row in rows) for key in rows[0]}


def table(title: str, port: int, user: str, runs: int) -> None:
    print(f"{title}\n  way          wall s   CPU s   + MiB   of the floor", flush=True)
    rows = {}
    for way in WAYS:
        rows[way] = row = run(way, port, user, runs)
        share = row["wall"] / rows["floor"]["wall"]
        line = f"  {way:12} {row['wall']:6.2f}  {row['cpu']:6.2f}  {row['rss']:6.0f}"
        print(f"{line}  {share:8.2f} x", flush=True)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with TemporaryDirectory(prefix="baosong-wire-") as folder:
        root = Path(folder)
        root.chmod(0o755)
        with Dovecot(root / "dovecot") as server:
            user = server.account("wire@example.org")
            total = fill(root / "dovecot" / "mail" / user / "Maildir", count)
            print(f"{count:,} messages, {total / 1e6:,.0f} MB, medians of {runs}")
            run("ours", server.port, user, 1)  # Dovecot reads the folder for the first time
            table("loopback", server.port, user, runs)
            with delay(server.port, ROUND_TRIP / 2) as port:
                table(f"a round trip of {ROUND_TRIP * 1000:.0f} ms", port, user, runs)


if __name__ == "__main__":
    main()
