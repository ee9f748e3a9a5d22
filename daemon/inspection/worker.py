"""Files inspected on the far side of the sandbox."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from daemon.inspection import disk
from daemon.inspection.wire import to_words
from daemon.sandbox import inside

Words = dict[str, Any]


def main(limits: str) -> None:
    inside.serve(limits, answer, prepare=_libraries)


def _libraries() -> None:
    """libmagic is found by running a program."""
    from daemon.inspection import sieve  # noqa: F401


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
