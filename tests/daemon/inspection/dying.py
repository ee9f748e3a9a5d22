"""A worker that recognises a file and then dies of it."""

import os
from collections.abc import Iterator
from functools import partial
from typing import Any

from daemon.inspection import worker
from daemon.sandbox import inside


def _answers(task: dict[str, Any]) -> Iterator[dict[str, Any]]:
    first = next(iter(worker.answer(task)))
    first["so_far"]["mime"] = ""
    yield first
    os._exit(1)


main = partial(inside.serve, answers=_answers)
