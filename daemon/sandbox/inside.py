"""The far side: reads tasks, one a line, until there are no more.

An exception that no reader foresaw ends the process: that costs one file, never the daemon.
"""

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from typing import IO, Any

from daemon.sandbox import confine

Words = dict[str, Any]
Answers = Callable[[Words], Iterator[Words]]


def serve(limits: str, answers: Answers, prepare: Callable[[], object] | None = None) -> None:
    """Confine this process, then answer tasks from standard input.

    `prepare` is done while other programs may still be run. Each of the answers is one of
    {"done": …}, {"world": reason} and {"so_far": …}, which may limit the next step: "within" so
    many seconds.
    """
    allowed = json.loads(limits)
    # The daemon decides when we end: a SIGTERM to the whole service is not a file that kills.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    confine.die_with(allowed["parent"])
    confine.limit(
        memory=allowed["memory"],
        file_size=allowed["file_size"],
        open_files=allowed["open_files"],
    )
    if prepare is not None:
        prepare()
    confine.shut()
    notes = allowed["notes"]
    with _only_answers() as out:
        _say(out, {"ready": True})
        for line in sys.stdin.buffer:
            task = json.loads(line)
            confine.allow_cpu(task.get("timeout", allowed["timeout"]))
            _note(notes, None)
            for words in answers(task):
                if "so_far" in words:
                    _note(notes, words["so_far"])
                if "so_far" not in words or "within" in words:
                    _say(out, words)


def _only_answers() -> IO[bytes]:
    """Standard output, kept for answers: what a library prints goes nowhere."""
    own = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return own


def _note(notes: int, so_far: Words | None) -> None:
    """What is known so far, left where it is found if we die: to say it would wake the daemon."""
    os.pwrite(notes, json.dumps(so_far).encode() + b"\n", 0)


def _say(out: IO[bytes], words: Words) -> None:
    out.write(json.dumps(words).encode() + b"\n")
    out.flush()
