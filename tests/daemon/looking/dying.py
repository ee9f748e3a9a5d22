"""A process that dies or hangs of mails and files that say so. Runs inside the real confinement."""

import os
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from daemon.looking import worker
from daemon.sandbox import inside

Words = dict[str, Any]


def _answer(task: Words) -> Iterator[Words]:
    if task["do"] == "examine":
        yield from _file(task)
        return
    raw = Path(task["raw"]).read_bytes()
    if b"Subject: hang" in raw:
        time.sleep(60)
    if b"Subject: die once" in raw:
        yield from _unless(task["do"] == "look" or Path(task["into"]).name != "again", task)
    elif b"Subject: die in a look" in raw:
        yield from _unless(task["do"] == "look", task)
    else:
        yield from _unless(b"Subject: die" in raw, task)


def _file(task: Words) -> Iterator[Words]:
    yield from _unless(Path(task["path"]).read_bytes() == b"deadly", task)


def _unless(ends: bool, task: Words) -> Iterator[Words]:
    if ends:
        os._exit(1)
    yield from worker.answer((), task)


main = partial(inside.serve, answers=_answer)
