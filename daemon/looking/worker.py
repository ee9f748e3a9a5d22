"""Mails opened, and files looked into, on the far side of the sandbox."""

import json
from collections.abc import Generator, Iterable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from daemon import message as letter
from daemon.inspection import worker as inspection
from daemon.links import Provider
from daemon.looking.wire import provider_from_words, to_words
from daemon.message import File, Opened
from daemon.sandbox import inside

Words = dict[str, Any]
Providers = tuple[Provider, ...]


def main(limits: str) -> None:
    """`setting` of the limits are the providers of links."""
    providers = tuple(map(provider_from_words, json.loads(limits)["setting"]))
    inside.serve(limits, partial(answer, providers), prepare=inspection.prepare)


def answer(providers: Providers, task: Words) -> Iterator[Words]:
    if task["do"] in {"open", "look"}:
        return inspection.told_of_disk(_looked(providers, task))
    return inspection.answer(task)


def _looked(providers: Providers, task: Words) -> Iterator[Words]:
    into = Path(task["into"])
    try:
        opened = _opened(task, into, providers)
    except OSError as error:  # no content makes it raise: the world did
        yield {"world": str(error)}
        return
    done: Words = {"opened": to_words(opened, into)}
    if task["do"] == "look":
        done["facts"] = yield from _examined(opened.files)
    yield {"done": done}


def _opened(task: Words, into: Path, providers: Providers) -> Opened:
    received = task["received"] and datetime.fromisoformat(task["received"])
    return letter.read(Path(task["raw"]), into, received=received, providers=providers)


def _examined(files: Iterable[File]) -> Generator[Words, None, list[Words]]:
    found = []
    for file in files:
        words = yield from inspection.examined(
            file.disk, file.name, size=file.size, sha256=file.sha256
        )
        found.append(words)
    return found
