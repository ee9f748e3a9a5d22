"""Chinese set beside Latin letters and figures: a blank between them, in every sentence of ours.

What a sender wrote keeps its own spacing: only the words of rules and notices are set here.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from string import Formatter

_HAN = "\u3400-\u9fff"
_LATIN = "A-Za-z0-9+×"
_CLOSED = re.compile(f"(?<=[”」]) (?=[{_HAN}])")  # “故事.docx” 有 5M
_SEAM = re.compile(f"(?<=[{_HAN}])(?=[{_LATIN}])|(?<=[A-Za-z0-9%])(?=[{_HAN}])")


def spaced(text: str) -> str:
    """用WORD格式 → 用 WORD 格式."""
    return _SEAM.sub(" ", text)


def fill(template: str, values: Mapping[str, str]) -> str:
    """The template with its values, set apart where Chinese would touch Latin or figures.

    Values are never templates themselves, and nothing within them is changed.
    """
    done = ""
    for literal, field in _pieces(template):
        for piece in (literal, values[field] if field else ""):
            done += _between(done[-1:] + piece[:1]) + piece if done and piece else piece
    return _CLOSED.sub("", done)


# Few pairs meet, again and again; looking at one by the pattern takes five times as long.
@lru_cache(maxsize=1024)
def _between(pair: str) -> str:
    """What belongs between these two characters: a blank, or nothing."""
    return spaced(pair)[1:-1]


@lru_cache(maxsize=512)  # the words of rules and notices, four to a finding
def _pieces(template: str) -> tuple[tuple[str, str], ...]:
    """Each literal with the field behind it, "" where none is."""
    return tuple((text, field or "") for text, field, _, _ in Formatter().parse(template))
