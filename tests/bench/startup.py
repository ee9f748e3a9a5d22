"""What a command costs before it works, and the daemon while nothing happens:

    python -m tests.bench.startup [-n 5] [--seconds 60]

Idle: a daemon with two Maildirs, polled every two minutes, that has inspected one letter and
then waited until its workers have ended. Without and with the staff's pages, which were looked
at once. Its CPU is counted in ticks of 10 ms.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from daemon.systemd import console_script
from tests.bench.measured import environment, family, processor, resident, rss, run
from tests.daemon.offices import an_office, post
from tests.journeys.post import good
from tests.servers.dovecot import free_port

COMMANDS = (
    ("--help",),
    ("--version",),
    ("explain", "contact-missing"),
    ("status", "--config", "config.toml"),
    ("messages", "--json", "--config", "config.toml"),
    ("run", "--once", "--config", "config.toml"),  # nothing is new
    ("try", "letter.eml", "--json"),
)
REST = 75.0  # seconds until the workers of inspection have ended


def commands(root: Path, times: int) -> None:
    program = str(console_script())
    floor = median(run([sys.executable, "-c", ""], cwd=root).cpu for _ in range(times))
    print(f"{'bare python':44} {floor * 1000:6.0f} ms of CPU")
    for words in COMMANDS:
        costs = [_tried([program, *words], root) for _ in range(times)]
        wall, cpu = (median(c[i] for c in costs) for i in (0, 1))
        name = f"baosong {' '.join(words)}"
        print(
            f"{name:44} {cpu * 1000:6.0f} ms of processor time, {wall * 1000:6.0f} ms", flush=True
        )


def _tried(command: list[str], root: Path) -> tuple[float, float]:
    try:
        cost = run(command, cwd=root)
    except subprocess.CalledProcessError as error:
        if error.returncode > 3:  # 1 to 3 are verdicts
            raise
        raise SystemExit(f"{command}: exit status {error.returncode}") from error
    return cost.wall, cost.cpu


@contextmanager
def served(root: Path) -> Iterator[int]:
    command = [str(console_script()), "run", "--config", "config.toml"]
    with (root / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=root, stdout=log, stderr=log, env=environment())
        try:
            yield process.pid
        finally:
            process.terminate()
            process.wait()


def idle(root: Path, seconds: float, pages: int) -> None:
    """`pages`: their port, 0 without."""
    with served(root) as process:
        time.sleep(REST / 2)
        if pages:
            _looked_at(pages)
        time.sleep(REST / 2)
        before = processor([process])
        time.sleep(seconds)
        taken = processor([process]) - before
        members = family(process)
        own, parts = (sum(map(way, members)) / 1024 for way in (rss, resident))
        print(
            f"  {len(members)} process, {own:.0f} MiB ({parts:.0f} where shared pages count in "
            f"parts), {taken:.2f} s of CPU in {seconds:.0f} s",
            flush=True,
        )


def _looked_at(port: int) -> None:
    line = HTTPConnection("127.0.0.1", port, timeout=10)
    line.request("GET", "/sign-in")
    assert line.getresponse().status == HTTPStatus.OK
    line.close()


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("-n", type=int, default=5)
    asked.add_argument("--seconds", type=float, default=60)
    chosen = asked.parse_args()
    for port in (0, free_port()):
        pages = f"127.0.0.1:{port}" if port else ""
        with TemporaryDirectory(prefix="baosong-startup-") as folder:
            root = Path(folder)
            an_office(root, top="", replies='max_age = "36500 days"')
            with (root / "config.toml").open("a", encoding="utf-8") as config:
                config.write(f'[web]\nlisten = "{pages}"\n')
            (root / "letter.eml").write_bytes(good())
            post(root, "1", good())
            run([str(console_script()), "run", "--once", "--config", "config.toml"], cwd=root)
            if not pages:
                commands(root, chosen.n)
            print(f"idle, {'with' if pages else 'without'} the staff's pages:", flush=True)
            post(root, "2", good(title="二月的麦田"))  # the daemon itself inspects one
            idle(root, chosen.seconds, port)


if __name__ == "__main__":
    main()
