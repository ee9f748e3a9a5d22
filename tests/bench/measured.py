"""What a program costs: wall, processor time of it and all it started, memory of all together."""

import os
import resource
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from statistics import median

TICK = 1 / os.sysconf("SC_CLK_TCK")  # seconds


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds, and MiB resident of the whole family at its largest.

    `cpu` is of the program and all that it started, `main` of the program alone. `beside` is of
    what this process had started before, and shares the machine: the mail server, the long line.
    """

    wall: float
    cpu: float
    peak: float
    main: float = 0
    beside: float = 0


def run(command: Sequence[str], *, cwd: Path) -> Cost:
    """Raises CalledProcessError where it fails."""
    neighbours = family(os.getpid())[1:]
    before, shared, begun = _children(), _ever(neighbours), time.monotonic()
    # In a file: a pipe that nobody empties would stop it.
    with (cwd / "said").open("w+b") as said:
        process = subprocess.Popen(command, cwd=cwd, stdout=said, stderr=said, env=environment())
        watch = Watch(process.pid)
        watch.start()
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        wall, own = time.monotonic() - begun, processor([process.pid])
        watch.end()
        if status := process.wait():
            said.seek(0)
            failure = subprocess.CalledProcessError(status, command, said.read())
            failure.add_note(failure.output.decode(errors="replace")[-2000:])
            raise failure
    beside = _ever(neighbours) - shared
    return Cost(wall, _children() - before, watch.peak / 1024, own, beside)


def environment() -> dict[str, str]:
    """Ours, with compiled modules kept, as an installed package has them.

    Where this checkout may not write any, each process of ours would compile some 300 files
    first: 0.25 s. The first run pays for it. Heaps are as few as the systemd unit makes them.
    """
    kept = {key: word for key, word in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    bare = len(kept) < len(os.environ)
    kept.setdefault("MALLOC_ARENA_MAX", "2")
    if bare:
        folder = Path(tempfile.gettempdir()) / f"baosong-bench-compiled-{os.getuid()}"
        kept.setdefault("PYTHONPYCACHEPREFIX", str(folder))
    return kept


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Watch(threading.Thread):
    """Looks at the memory of a process and its children, twice a second: looking costs, too."""

    def __init__(self, process: int, *, each: float = 0.5) -> None:
        super().__init__(daemon=True)
        self._process = process
        self._each = each
        self._over = threading.Event()
        self.peak = 0

    def run(self) -> None:
        while not self._over.wait(self._each):
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
    return _kib(Path(f"/proc/{process}/smaps_rollup"), "Pss:")


def rss(process: int) -> int:
    """KiB; memory that several share counts in full with each of them."""
    return _kib(Path(f"/proc/{process}/status"), "VmRSS:")


def _kib(path: Path, name: str) -> int:
    try:
        rows = path.read_text().splitlines()
    except OSError:  # it has ended
        return 0
    return next((int(row.split()[1]) for row in rows if row.startswith(name)), 0)


def processor(processes: Sequence[int]) -> float:
    """Seconds of processor time that these have taken so far."""
    return sum(sum(_ticks(process)[:2]) for process in processes) * TICK


def _ever(processes: Sequence[int]) -> float:
    """That, with what those of their children took that have ended meanwhile."""
    roots = [one for process in processes for one in family(process)]
    return sum(sum(_ticks(process)) for process in dict.fromkeys(roots)) * TICK


def _ticks(process: int) -> tuple[int, ...]:
    """Own time in user and system mode, then that of children that have ended."""
    try:
        words = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:  # it has ended: its parent counts for it
        return ()
    return tuple(int(word) for word in words[11:15])


def medians(costs: Sequence[Cost]) -> Cost:
    return Cost(*(median(getattr(cost, f.name) for cost in costs) for f in fields(Cost)))


def in_turn(ways: Mapping[str, Callable[[], Cost]], times: int) -> dict[str, Cost]:
    """Each way so often, one after the other, so that a slow minute hits them alike."""
    rows: dict[str, list[Cost]] = {name: [] for name in ways}
    for _ in range(times):
        for name, way in ways.items():
            rows[name].append(way())
            print(f"  {name}: {rows[name][-1]}", flush=True)
    return {name: medians(costs) for name, costs in rows.items()}
