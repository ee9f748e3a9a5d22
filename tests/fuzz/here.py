"""The inspector without its sandbox: files are looked into in this process, where a fuzzer sees."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from daemon.inspection import File, Inspector
from daemon.inspection.archive.unpacked import Member, Unpacked
from daemon.inspection.wire import from_words
from daemon.inspection.worker import answer
from rules.submission import Facts


class Here(Inspector):
    """What the worker would answer, without the worker: a death here is a finding."""

    def _facts(self, files: Sequence[File | Member]) -> tuple[Facts, ...]:
        return tuple(from_words(_asked(_task(file))) for file in files)

    def _unpack(self, task: dict[str, Any]) -> Unpacked | str:
        return Unpacked.from_words(_asked(task))


def _task(file: File | Member) -> dict[str, Any]:
    path = str(Path(file.disk).absolute())
    known = {"name": file.name, "size": file.size, "sha256": file.sha256}
    return {"do": "examine", "path": path} | known


def _asked(task: dict[str, Any]) -> dict[str, Any]:
    """The last of the words that the worker would say."""
    *_, last = answer(task)
    done: dict[str, Any] = last["done"]
    return done
