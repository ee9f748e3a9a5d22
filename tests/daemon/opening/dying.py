"""A process that dies or hangs of mails whose subject says so. Runs inside the real confinement."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from daemon.opening import worker
from daemon.sandbox import inside


def _answer(task: dict[str, Any]) -> Iterator[dict[str, Any]]:
    raw = Path(task["raw"]).read_bytes()
    again = Path(task["into"]).name == "again"
    if b"Subject: hang" in raw:
        time.sleep(60)
    if b"Subject: die once" in raw and again:
        yield from worker.answer((), task)
    elif b"Subject: die" in raw:
        os._exit(1)
    else:
        yield from worker.answer((), task)


def main(limits: str) -> None:
    inside.serve(limits, _answer)
