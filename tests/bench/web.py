"""How quickly the staff's pages answer: python -m tests.bench.web [--messages N] [--into FOLDER].

Fills a ledger with N made-up messages of ten years (see crowd.py), serves the real application by
uvicorn in a process of its own, and asks every page over HTTP: while nothing else happens, and
while a thread of that process writes one message after another as a pass over a mailbox does.
Prints the median and the 95th percentile of each, and the processor time it took when idle, which
a busy machine leaves as it is; the goal is a median of 50 ms.
"""

import argparse
import http.client
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from urllib.parse import quote

import uvicorn

from daemon.config import load
from daemon.ledger import Ledger, Person
from daemon.office import Office
from daemon.web import tokens
from daemon.web.app import build
from daemon.web.cookies import SECRET
from tests.bench import crowd
from tests.daemon.ledger.entries import an_entry
from tests.daemon.offices import Clock, an_office
from tests.daemon.web.staff import desk_for

TOKEN = "bench" * 8
GOAL = 50.0  # milliseconds
UNIT = quote("农学院党委")
DEEP = "2013-07-01T00:00:00.000Z.5"
PAGES = {
    "总览": "/",
    "总览, only missing": "/?show=absent",
    "总览, ten notices": "/?notice=all",
    "来件": "/messages",
    "来件, held": "/messages?status=held",
    "来件, one place": f"/messages?notice=2015-call&unit={UNIT}&category={quote('红色防火墙')}",
    "来件, one finding": "/messages?code=form-missing&late=yes",
    "来件, far down": f"/messages?after={DEEP}",
    "查找, two characters": f"/messages?q={quote('战疫')}",
    "查找, one character": f"/messages?q={quote('党')}",
    "查找, three words": f"/messages?q={quote('志愿 消毒 农学院')}",
    "查找, a name": f"/messages?q={quote('张伟芳')}",
    "查找, nothing": f"/messages?q={quote('荔枝')}",
    "详情": "/messages/77777",
    "素材库": "/library",
    "素材库, films": "/library?kind=video",
    "素材库, one word": f"/library?q={quote('科研')}",
    "回复": "/replies",
    "操作记录": "/history",
    "催交": "/reminders",
    "规则": "/rules",
    "运行": "/running",
}


def main() -> None:
    options = _options()
    if options.serve:
        serve(options.into, writing=options.writing)
        return
    with tempfile.TemporaryDirectory() as folder:
        root = options.into or Path(folder)
        if not (root / "state" / "ledger.db").exists():
            fill(root, options.messages)
        size = (root / "state" / "ledger.db").stat().st_size
        print(f"{options.messages:,} messages, {size / 1e6:,.0f} MB")
        idle, busy = (measured(root, options, writing=w) for w in (False, True))
    print(f"{'':24}{'idle':>10}{'p95':>8}{'cpu':>8}{'writing':>10}{'p95':>8}  ms")
    for name, (middle, high, cpu) in idle.items():
        slow = "  !" if max(middle, busy[name][0]) > GOAL else ""
        numbers = f"{middle:10.1f}{high:8.1f}{cpu:8.1f}{busy[name][0]:10.1f}{busy[name][1]:8.1f}"
        print(f"{name:24}{numbers}{slow}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.web")
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--into", type=Path, help="keep the ledger here, and use it again")
    parser.add_argument("--times", type=int, default=40, help="how often each page is asked for")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--writing", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def fill(root: Path, count: int) -> None:
    an_office(root)
    (root / "state").mkdir(exist_ok=True)
    with Ledger(root / "state" / "ledger.db") as ledger:
        start = time.perf_counter()
        crowd.populate(ledger, count)
        print(f"filled in {time.perf_counter() - start:.0f} s")
        person = Person(name="bench", role="admin", mailboxes=None)
        ledger.people.add(person, "no password", Clock()())
        ledger.sessions.begin(tokens.digest(TOKEN), person.name, Clock()())


def serve(root: Path, *, writing: bool) -> None:
    """Serve until standard input ends; the first line of output is the port."""
    loaded = load(root / "config.toml")
    config = loaded.model_copy(update={"notices": crowd.notices()})
    path = root / "state" / "ledger.db"
    with Office(config, clock=Clock()) as office, Ledger(path) as ledger:
        desk = desk_for(config, ledger, office)
        settings = uvicorn.Config(build(desk), port=0, log_level="warning", lifespan="off")
        server = uvicorn.Server(settings)
        if writing:
            threading.Thread(target=_write, args=(office.ledger, server), daemon=True).start()
        threading.Thread(target=_until_told, args=(server,), daemon=True).start()
        server.run()


def _until_told(server: uvicorn.Server) -> None:
    while not server.started:
        time.sleep(0.02)
    print(server.servers[0].sockets[0].getsockname()[1], flush=True)
    sys.stdin.read()
    server.should_exit = True


def _write(ledger: Ledger, server: uvicorn.Server) -> None:
    """One message after another, each in a transaction that is synced."""
    number = time.time_ns() // 1000
    while not server.should_exit:
        number += 1
        ledger.record(an_entry(number))


@contextmanager
def served(root: Path, *, writing: bool) -> Iterator[tuple[int, int]]:
    """The port at which a process of its own serves, and that process."""
    command = [sys.executable, "-m", "tests.bench.web", "--serve", "--into", str(root)]
    command += ["--writing"] if writing else []
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield int(process.stdout.readline()), process.pid
        process.stdin.close()


def measured(
    root: Path, options: argparse.Namespace, *, writing: bool
) -> dict[str, tuple[float, float, float]]:
    """Median, 95th percentile and processor time of every page, in milliseconds."""
    with served(root, writing=writing) as (port, process):
        browser = http.client.HTTPConnection("127.0.0.1", port)
        return {
            name: _times(browser, path, options.times, process)
            for name, path in PAGES.items()
            if _asked(browser, path) == 200
        }


def _times(
    browser: http.client.HTTPConnection, path: str, times: int, process: int
) -> tuple[float, float, float]:
    found, before = [], _processor(process)
    for _ in range(times):
        start = time.perf_counter()
        _asked(browser, path)
        found.append((time.perf_counter() - start) * 1000)
    found.sort()
    return median(found), found[int(times * 0.95)], (_processor(process) - before) / times


def _processor(process: int) -> float:
    """Milliseconds that a process has worked (proc(5): utime and stime, in ticks)."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def _asked(browser: http.client.HTTPConnection, path: str) -> int:
    browser.request("GET", path, headers={"cookie": f"{SECRET}={TOKEN}"})
    answer = browser.getresponse()
    answer.read()
    return answer.status


if __name__ == "__main__":
    main()
