"""What the pages say, in both languages: one table a page, each key `page.word`.

A table is `WORDS: Words = {"replies.drop": ("不发送", "Do not send")}`. Braces are filled by
`t("replies.count", n=3)`; what is filled in is escaped like any other text.
"""

from collections.abc import Callable, Iterable, Mapping

from daemon.web.words import (
    acts,
    common,
    detail,
    events,
    export,
    files,
    history,
    library,
    messages,
    overview,
    refused,
    reminders,
    replies,
    rules,
    running,
    sign_in,
)
from rules.notice import Language

Words = Mapping[str, tuple[str, str]]
Say = Callable[..., str]

TABLES: tuple[Words, ...] = (
    acts.WORDS,
    common.WORDS,
    detail.WORDS,
    events.WORDS,
    export.WORDS,
    files.WORDS,
    history.WORDS,
    library.WORDS,
    messages.WORDS,
    overview.WORDS,
    refused.WORDS,
    reminders.WORDS,
    replies.WORDS,
    rules.WORDS,
    running.WORDS,
    sign_in.WORDS,
)


def merged(tables: Iterable[Words]) -> Words:
    """All of them. Raises ValueError for a key that two of them claim."""
    found: dict[str, tuple[str, str]] = {}
    for table in tables:
        if twice := found.keys() & table.keys():
            raise ValueError(f"said twice: {', '.join(sorted(twice))}")
        found |= table
    return found


def speaker(language: Language) -> Say:
    """`t(key, **values)`. A key that is not there is a fault of ours: KeyError."""
    words, which = merged(TABLES), 0 if language == "zh" else 1

    def t(key: str, **values: object) -> str:
        said = words[key][which]
        return said.format(**values) if values else said

    return t


def teller(language: Language) -> Callable[[str], str]:
    """The words for what the history says; what has none is shown as it stands."""
    which = 0 if language == "zh" else 1

    def told(what: str) -> str:
        said = events.WORDS.get(f"event.{what}")
        return said[which] if said else what

    return told
