"""What a stranger wrote, made fit to stand in a letter of ours.

It stays on one line, within its quotation marks, at a bearable length, and is never a link.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from daemon.mime import clean
from rules.verdict import Finding, Phrase

_NAME, _PHRASE = 120, 600  # characters
_MARK = re.compile("[“”]")
_INNER = str.maketrans({"“": "‘", "”": "’"})


def quoted(text: str, longest: int = _NAME) -> str:
    """One harmless line that does not end the quotation marks round it."""
    text = _unlinked(clean.line(text))
    if not _balanced(text):
        text = text.translate(_INNER)
    if len(text) <= longest:
        return text
    keep = (longest - 1) // 2
    return text[:keep].translate(_INNER) + "…" + text[-keep:].translate(_INNER)


def _balanced(text: str) -> bool:
    depth = 0
    for mark in _MARK.findall(text):
        depth += 1 if mark == "“" else -1
        if depth < 0:
            return False
    return depth == 0


def _unlinked(text: str) -> str:
    """Mail programs make a link of anything that holds `://` or `www.`."""
    return text.replace("://", ":⁄⁄").replace("www.", "www․")


def harmless(finding: Finding) -> Finding:
    """The finding with all of its evidence quoted."""
    return replace(finding, where=quoted(finding.where), values=_values(finding.values))


def _values(values: Mapping[str, str | int | Phrase]) -> dict[str, str | int | Phrase]:
    return {name: _value(value) for name, value in values.items()}


def _value(value: str | int | Phrase) -> str | int | Phrase:
    if isinstance(value, Phrase):
        # A phrase is ours and keeps its own quotation marks; what it quotes may be long.
        zh, en = (_unlinked(clean.line(words))[:_PHRASE] for words in (value.zh, value.en))
        return Phrase(zh, en)
    return value if isinstance(value, int) else quoted(value)
