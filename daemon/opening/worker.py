"""Mails opened on the far side of the sandbox."""

import json
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from daemon import message as letter
from daemon.links import Provider
from daemon.opening.wire import provider_from_words, to_words
from daemon.sandbox import inside

Words = dict[str, Any]


def main(limits: str) -> None:
    """`setting` of the limits are the providers of links."""
    providers = tuple(map(provider_from_words, json.loads(limits)["setting"]))
    inside.serve(limits, partial(answer, providers))


def answer(providers: tuple[Provider, ...], task: Words) -> Iterator[Words]:
    into = Path(task["into"])
    received = task["received"]
    try:
        opened = letter.read(
            Path(task["raw"]),
            into,
            received=received and datetime.fromisoformat(received),
            providers=providers,
        )
    except OSError as error:  # a disk that is full is the world's fault, and said as such
        yield {"world": str(error)}
        return
    yield {"done": to_words(opened, into)}
