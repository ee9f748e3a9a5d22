"""What a command costs before it works, and the daemon while nothing happens:

    python -m tests.bench.startup [-n 5] [--seconds 60]

Idle: a daemon with two Maildirs, polled every two minutes, that has inspected one letter and
then waited until its workers have ended. Without and with the staff's pages.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from daemon.systemd import console_script
from tests.bench.measured import family, processor, resident, run
from tests.daemon.offices import an_office, post
from tests.journeys.post import good
from tests.servers.dovecot import free_port

COMMANDS = (
    ("--help",),
    ("--version",),
    ("explain", "contact-missing"),
    ("status", "--config", "config.toml"),
    ("messages", "--json", "--config", "config.toml"),
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
        process = subprocess.Popen(command, cwd=root, stdout=log, stderr=log)
        try:
            yield process.pid
        finally:
            process.terminate()
            process.wait()


def idle(root: Path, seconds: float) -> None:
    with served(root) as process:
        time.sleep(REST)
        before = processor([process])
        time.sleep(seconds)
        taken = processor([process]) - before
        members = family(process)
        memory = sum(map(resident, members)) / 1024
        print(
            f"  {len(members)} process, {memory:.0f} MiB, {taken:.2f} s of CPU in {seconds:.0f} s"
        )


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("-n", type=int, default=5)
    asked.add_argument("--seconds", type=float, default=60)
    chosen = asked.parse_args()
    for pages in ("", f"127.0.0.1:{free_port()}"):
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
            idle(root, chosen.seconds)


if __name__ == "__main__":
    main()
