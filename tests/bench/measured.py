"""What a program costs: wall, processor time of it and all it started, memory of all together."""

import os
import resource
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from statistics import median


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds, and MiB resident of the whole family at its largest."""

    wall: float
    cpu: float
    peak: float


def run(command: Sequence[str], *, cwd: Path) -> Cost:
    """Raises CalledProcessError where it fails."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    # In a file: a pipe that nobody empties would stop it.
    with (cwd / "said").open("w+b") as said:
        process = subprocess.Popen(command, cwd=cwd, stdout=said, stderr=said)
        watch = Watch(process.pid)
        watch.start()
        status = process.wait()
        wall = time.monotonic() - begun
        watch.end()
        if status:
            said.seek(0)
            raise subprocess.CalledProcessError(status, command, said.read())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, cpu, watch.peak / 1024)


class Watch(threading.Thread):
    """Looks at the memory of a process and its children, twice a second: looking costs, too."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self._process = process
        self._over = threading.Event()
        self.peak = 0

    def run(self) -> None:
        while not self._over.wait(0.5):
            self.peak = max(self.peak, sum(map(resident, family(self._process))))

    def end(self) -> None:
        self._over.set()
        self.join()


def family(process: int) -> list[int]:
    """The process and all that descend from it."""
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    found = [process]
    for path in tasks:
        try:
            found += [one for word in path.read_text().split() for one in family(int(word))]
        except OSError:  # it has ended
            continue
    return found


def resident(process: int) -> int:
    """KiB; memory that several share counts once, in parts (PSS)."""
    try:
        rows = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:  # it has ended
        return 0
    return next((int(row.split()[1]) for row in rows if row.startswith("Pss:")), 0)


def processor(processes: Sequence[int]) -> float:
    """Seconds of processor time that these have taken so far."""
    ticks = 0
    for process in processes:
        words = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        ticks += int(words[11]) + int(words[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def medians(costs: Sequence[Cost]) -> Cost:
    return Cost(*(median(getattr(cost, f.name) for cost in costs) for f in fields(Cost)))


def in_turn(ways: dict[str, Callable[[], Cost]], times: int) -> dict[str, Cost]:
    """Each way so often, one after the other, so that a slow minute hits them alike."""
    rows: dict[str, list[Cost]] = {name: [] for name in ways}
    for _ in range(times):
        for name, way in ways.items():
            rows[name].append(way())
            print(f"  {name}: {rows[name][-1]}", flush=True)
    return {name: medians(costs) for name, costs in rows.items()}
