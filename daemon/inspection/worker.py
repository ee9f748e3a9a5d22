"""Files inspected on the far side of the sandbox."""

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

from daemon.inspection import disk
from daemon.inspection.wire import to_words
from daemon.sandbox import inside

Words = dict[str, Any]


def main(limits: str) -> None:
    inside.serve(limits, answer, prepare=prepare)


def prepare() -> None:
    """libmagic is found by running a program."""
    from daemon.inspection import sieve  # noqa: F401


def answer(task: Words) -> Iterator[Words]:
    """Carry out one task."""
    return told_of_disk(_carried_out(task))


def told_of_disk(answers: Iterator[Words]) -> Iterator[Words]:
    """A disk that is full, while reading or unpacking, is the world's fault, and said as such."""
    try:
        yield from answers
    except OSError as error:
        if not disk.is_fault(error):
            raise
        yield {"world": str(error)}


def examined(path: Path, name: str, *, size: int, sha256: str) -> Generator[Words, None, Words]:
    """Says what is known so far, and how long the next step may take; returns the Facts."""
    from daemon.inspection.examine import examine

    words: Words = {}
    for facts, within in examine(path, name, size=size, sha256=sha256):
        words = to_words(facts)
        yield {"so_far": words} | ({"within": within} if within else {})
    return words


def _carried_out(task: Words) -> Iterator[Words]:
    if task["do"] == "unpack":
        from daemon.inspection import archive

        yield {"done": archive.unpack_task(task)}
        return
    if task["do"] == "thumbnail":
        from daemon.inspection import thumbnail

        yield {"done": thumbnail.thumbnail_task(task)}
        return
    known = {"size": task["size"], "sha256": task["sha256"]}
    yield {"done": (yield from examined(Path(task["path"]), task["name"], **known))}
