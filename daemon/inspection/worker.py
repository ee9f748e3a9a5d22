"""The far side of the sandbox: reads tasks, one a line, until there are no more.

An exception that no reader foresaw ends the process: that costs one file, never the daemon.
"""

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from daemon.inspection import confine, disk
from daemon.inspection.wire import to_words

Words = dict[str, Any]
Answers = Callable[[Words], Iterator[Words]]


def main(limits: str, answers: Answers | None = None) -> None:
    """Confine this process, then answer tasks from standard input."""
    allowed = json.loads(limits)
    # The daemon decides when we end: a SIGTERM to the whole service is not a file that kills.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    confine.die_with(allowed["parent"])
    confine.limit(
        memory=allowed["memory"],
        file_size=allowed["file_size"],
        open_files=allowed["open_files"],
    )
    from daemon.inspection import sieve  # noqa: F401 - finds its library by running a program

    confine.shut()
    with _only_answers() as out:
        _say(out, {"ready": True})
        for line in sys.stdin.buffer:
            confine.allow_cpu(allowed["timeout"])
            for words in (answers or answer)(json.loads(line)):
                _say(out, words)


def answer(task: Words) -> Iterator[Words]:
    """Carry out one task. A disk that is full is the world's fault, and said as such."""
    try:
        yield from _carried_out(task)
    except OSError as error:  # while reading or unpacking
        if not disk.is_fault(error):
            raise
        yield {"world": str(error)}


def _carried_out(task: Words) -> Iterator[Words]:
    if task["do"] == "unpack":
        from daemon.inspection import archive

        yield {"done": archive.unpack_task(task)}
        return
    if task["do"] == "thumbnail":
        from daemon.inspection import thumbnail

        yield {"done": thumbnail.thumbnail_task(task)}
        return
    from daemon.inspection.examine import examine

    words: Words = {}
    known = {"size": task["size"], "sha256": task["sha256"]}
    for facts, within in examine(Path(task["path"]), task["name"], **known):
        words = to_words(facts)
        yield {"so_far": words} | ({"within": within} if within else {})
    yield {"done": words}


def _only_answers() -> IO[bytes]:
    """Standard output, kept for answers: what a library prints goes nowhere."""
    own = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return own


def _say(out: IO[bytes], words: Words) -> None:
    out.write(json.dumps(words).encode() + b"\n")
    out.flush()
