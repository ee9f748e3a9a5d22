"""Files to Facts: every file judged by what it is, in processes that may die.

with Inspector(workers=2) as inspector:
    examined = inspector.inspect(opened.files, folder)
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol, Self

from daemon.inspection.archive.opening import Examined, Opener, opens
from daemon.inspection.archive.unpacked import Member, Unpacked
from daemon.inspection.clamd import Scanner
from daemon.inspection.wire import from_words
from daemon.mime.save import CUT
from daemon.sandbox import Answer, Limits, Pool
from rules import formats
from rules.submission import Attachment, Facts

__all__ = ["Examined", "File", "Inspector"]

LIMITS = Limits()


class File(Protocol):
    """A file of a message, as `daemon.message.File` has it."""

    @property
    def name(self) -> str: ...
    @property
    def disk(self) -> Path: ...
    @property
    def size(self) -> int: ...
    @property
    def sha256(self) -> str: ...
    @property
    def declared_type(self) -> str: ...
    @property
    def path(self) -> tuple[str, ...]: ...
    @property
    def inline(self) -> bool: ...
    @property
    def ignored(self) -> str: ...
    @property
    def undecodable(self) -> str: ...


class Inspector:
    """Owns the sandboxed workers; the first one starts with the first file. Works from threads."""

    def __init__(
        self,
        *,
        workers: int = 2,
        limits: Limits = LIMITS,
        clamd: str = "",
        program: str = "daemon.inspection.worker",
        setting: Any = None,
    ) -> None:
        """`limits` are per file; `clamd` is a socket or host:port; the others as for a Pool."""
        self._pool = Pool(workers=workers, limits=limits, program=program, setting=setting)
        self._workers = workers
        self._scanner = Scanner(clamd) if clamd else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the workers. What is under way elsewhere ends in Unavailable."""
        self._pool.close()

    def warm(self) -> None:
        """Files are on their way."""
        self._pool.warm()

    def inspect(self, files: Sequence[File], into: Path) -> tuple[Examined, ...]:
        """Every file with its Facts; archives are opened into `into`, container first.

        Raises Unavailable when the world fails: no worker to be had, disk full, no scanner.
        """
        return self.completed(files, self._facts(files), into)

    def completed(
        self, files: Sequence[File], facts: Sequence[Facts], into: Path
    ) -> tuple[Examined, ...]:
        """As `inspect`, for files that were examined already."""
        opener = Opener(unpack=self._unpack, inspect=self._facts, into=into)
        found: list[Examined] = []
        for file, one in zip(files, facts, strict=True):
            examined = Examined(_attachment(file, one), file.disk)
            first, *inside = opener.open(examined) if opens(examined.attachment) else [examined]
            found += [_settled(first), *inside]
        return tuple(self._scanned(examined) for examined in found)

    def thumbnail(self, disk: Path, facts: Facts, into: Path) -> bool:
        """Write a small JPEG of a picture, scan or film to the path `into`, if one can be made.

        Raises Unavailable when the world fails.
        """
        path, target = str(disk.absolute()), str(into.absolute())
        task = {"do": "thumbnail", "path": path, "format": facts.format, "into": target}
        answer = self._pool.ask(task)
        return answer.done is not None and bool(answer.done["made"])

    def _facts(self, files: Sequence[File | Member]) -> tuple[Facts, ...]:
        answers = self._answers([_task(file) for file in files])
        return tuple(_facts_of(file, answer) for file, answer in zip(files, answers, strict=True))

    def _answers(self, tasks: Sequence[dict[str, Any]]) -> list[Answer]:
        """Several at once: a letter of twenty photographs keeps all workers busy."""
        if len(tasks) < 2:
            return [self._pool.ask(task) for task in tasks]
        with ThreadPoolExecutor(self._workers, thread_name_prefix="inspection") as threads:
            return list(threads.map(self._pool.ask, tasks))

    def _unpack(self, task: dict[str, Any]) -> Unpacked | str:
        answer = self._pool.ask(task)
        return answer.lost if answer.done is None else Unpacked.from_words(answer.done)

    def _scanned(self, examined: Examined) -> Examined:
        if self._scanner is None or not examined.attachment.facts.size:
            return examined
        attachment = examined.attachment
        facts = replace(attachment.facts, threat=self._scanner.threat(examined.disk))
        return replace(examined, attachment=replace(attachment, facts=facts))


def _task(file: File | Member) -> dict[str, Any]:
    path = str(Path(file.disk).absolute())
    known = {"name": file.name, "size": file.size, "sha256": file.sha256}
    return {"do": "examine", "path": path} | known


def _facts_of(file: File | Member, answer: Answer) -> Facts:
    """The facts, or as much as was known when the worker was lost."""
    if answer.done is not None:
        return from_words(answer.done)
    unknown = Facts(size=file.size, sha256=file.sha256)
    known = from_words(answer.so_far) if answer.so_far else unknown
    return replace(known, unknown=answer.lost)


def _settled(examined: Examined) -> Examined:
    """Where a mail has lost no more than its last boundary, its last file is whole all the same."""
    attachment = examined.attachment
    if attachment.undecodable != CUT or not _opens(attachment.name, attachment.facts):
        return examined
    return replace(examined, attachment=replace(attachment, undecodable=""))


def _opens(name: str, facts: Facts) -> bool:
    """As what its name says it is."""
    promised = formats.by_name(name)
    alike = not promised or formats.family(promised) == formats.family(facts.format)
    return alike and facts.size > 0 and not (facts.damaged or facts.unknown)


def _attachment(file: File, facts: Facts) -> Attachment:
    return Attachment(
        name=file.name,
        facts=facts,
        path=file.path,
        inline=file.inline,
        ignored=file.ignored,
        declared_type=file.declared_type,
        undecodable=file.undecodable,
    )
