"""Processes that live once: forked from one that has only imported the program.

    python -m tests.crash.nursery

reads a line of JSON for each life ({"argv": [...], "log": path, "doomed": phase, "number": n})
and answers with one: {"status": the exit status, or minus the signal, "before": what the death
came before, "steps": how many steps of each phase there were}. With "trace" the steps themselves
are written into that file.
"""

import importlib
import json
import os
import sys
from pathlib import Path
from typing import Any

from daemon.cli import COMMANDS, main
from tests.crash.steps import Counted, Step, phase, watch


def serve() -> None:
    for file, _ in COMMANDS.values():
        importlib.import_module(f"daemon.cli.{file}")
    importlib.import_module("daemon.mailbox.imap")
    importlib.import_module("daemon.outbox.smtp")
    for line in sys.stdin:
        print(json.dumps(_lived(json.loads(line))), flush=True)


def _lived(life: dict[str, Any]) -> dict[str, Any]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _live(life, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        last = told.read().decode()
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    steps = json.loads(last) if code >= 0 and last else {}
    return {"status": code, "before": last if code < 0 else "", "steps": steps}


def _live(life: dict[str, Any], out: int) -> None:
    log = os.open(life["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    for handle in (1, 2):
        os.dup2(log, handle)
    counted = Counted(life.get("doomed", ""), life.get("number", 0), out)
    watch(_traced(Path(life["trace"])) if "trace" in life else counted)
    status = main(life["argv"])
    os.write(out, json.dumps(counted.steps).encode())
    os._exit(status)


def _traced(path: Path) -> Step:
    file = path.open("a", encoding="utf-8")

    def step(what: str) -> None:
        file.write(f"{phase(sys._getframe(1))}: {what}\n")
        file.flush()

    return step


if __name__ == "__main__":
    serve()
