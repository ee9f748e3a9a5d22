"""Text for full-text search, in which words of one and two Chinese characters are found too.

Chinese is written without spaces, so a run of it is taken as its overlapping pairs and its last
character alone: 战疫故事 → 战疫 疫故 故事 事. Each character then begins a token, and a word of one
character is the beginning of one. Latin words and numbers are tokens as they stand.
"""

import re
import unicodedata
from collections.abc import Iterator
from operator import add

# Han, kana and hangul: what is written without spaces; as a set of a regular expression, which
# asks its ranges in this order
WRITTEN = (
    "\u4e00-\u9fff\u2e80-\u2fdf\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003fffd"
)
# mail programs break lines inside Chinese words
_RUN = re.compile(rf"([{WRITTEN}]+(?:\s+[{WRITTEN}]+)*)|([^\W_{WRITTEN}]+)")
_WRITTEN = re.compile(f"[{WRITTEN}]")
_WORD = re.compile(r'"([^"]*)"?|([^\s"]+)')
_QUOTES = str.maketrans(dict.fromkeys("“”„‟「」『』", '"'))

MOST_CHARS = 200  # of a question; what is longer is cut
MOST_WORDS = 16


def runs(text: str) -> Iterator[str]:
    """Words and unbroken Chinese, in one form: full-width as half-width, small letters."""
    return ("".join(written.split()) or word for written, word in _found(text))


def grams(text: str) -> str:
    """The tokens of a text, in order, with a space between two."""
    tokens: list[str] = []
    for written, word in _found(text):
        tokens += _pairs("".join(written.split())) if written else (word,)
    return " ".join(tokens)


def words(asked: str) -> tuple[str, ...]:
    """What was asked, word by word; a "quoted phrase" is one, with its quotes."""
    short = asked[:MOST_CHARS].translate(_QUOTES)
    found = (f'"{m[1]}"' if m[2] is None else m[2] for m in _WORD.finditer(short))
    return tuple(word for word in found if any(runs(word)))[:MOST_WORDS]


def match(word: str) -> str:
    """One of `words` as a question to FTS5: a phrase of tokens, none of which FTS5 can misread.

    A last Latin word may go on (zhang finds zhangsan), unless it was quoted.
    """
    *before, last = runs(word)
    tokens = [token for run in before for token in _tokens(run)]
    written = bool(_WRITTEN.match(last))
    tokens += _tokens(last)[:-1] if written and len(last) > 1 else [last]
    open_ended = len(last) == 1 if written else not word.startswith('"')
    return f'"{" ".join(tokens)}"{" *" if open_ended else ""}'


def _found(text: str) -> list[tuple[str, str]]:
    """Each run: what is written without spaces, or a word."""
    return _RUN.findall(unicodedata.normalize("NFKC", text).lower())


def _tokens(run: str) -> list[str]:
    return _pairs(run) if _WRITTEN.match(run) else [run]


def _pairs(run: str) -> list[str]:
    return [*map(add, run, run[1:]), run[-1]]
