"""What is said in English, said in Chinese: sentences by a table, details as they are."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal

TABLE = Path(__file__).with_name("speech.zh.toml")
Language = Literal["zh", "en"]
_KEYED = re.compile(r"([\w.-]+): (.*)", re.DOTALL)
_DETAIL = re.compile(r"\{([a-z]+)\}")
Pair = tuple[re.Pattern[str], str]


def said(text: str, language: Language) -> str:
    """`text`, in Chinese where the language is and its sentence is known; else as it is."""
    return chinese(text) or text if language == "zh" else text


def both(text: str) -> str:
    """For a moment at which nobody knows the language yet: English, and Chinese on a line below."""
    told = chinese(text)
    return f"{text}\n    {told}" if told else text


def chinese(text: str) -> str:
    """Empty: this sentence is not known. The key of a fault stays before it, and is looked for
    first: it could be taken for the sentence's first word."""
    if (keyed := _KEYED.fullmatch(text)) and (behind := _sentence(keyed[2])):
        return f"{keyed[1]}：{behind}"
    return _sentence(text)


def _sentence(text: str) -> str:
    return next((_filled(words, found) for found, words in _matches(text)), "")


def _matches(text: str) -> Iterator[tuple[re.Match[str], str]]:
    for pattern, words in _table():
        if found := pattern.fullmatch(text):
            yield found, words


def _filled(words: str, found: re.Match[str]) -> str:
    for name, detail in found.groupdict().items():
        words = words.replace(f"{{{name}}}", detail or "")
    return words


@cache
def _table() -> tuple[Pair, ...]:
    """Sentences, and attempts with their reason behind a colon; what says most comes first."""
    tables = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    attempts = tables.pop("attempts")
    pairs = [pair for table in tables.values() for pair in table.items()]
    pairs += attempts.items()
    pairs += [
        (f"{english}: {{cause}}", f"{words}：{{cause}}") for english, words in attempts.items()
    ]
    pairs.sort(key=lambda pair: -len(_DETAIL.sub("", pair[0])))
    return tuple((_pattern(english), words) for english, words in pairs)


def _pattern(english: str) -> re.Pattern[str]:
    parts = _DETAIL.split(english)
    groups = (rf"(?P<{part}>.*?)" if n % 2 else re.escape(part) for n, part in enumerate(parts))
    return re.compile("".join(groups), re.DOTALL)
