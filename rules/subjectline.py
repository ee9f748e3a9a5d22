"""The subject as a line of words: prefixes off, quotation marks off, names found in place."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from rules import dates, roster
from rules.notice import Category, Notice, Unit
from rules.template import called
from rules.traditional import simplified

_PREFIX = re.compile(
    r"(?:\s*(?:re|fwd?|aw|回复|回覆|答复|答覆|转发|轉發|转寄|轉寄)\s*(?:\[\d+\])?\s*:)+",
    re.IGNORECASE,
)
_ENDING = re.compile(r"\.(?:docx?|wps|pdf|zip|rar|7z|jpe?g|mp4|eml)\s*$", re.IGNORECASE)
_QUOTES = re.compile(r"[\"'“”‘’「」『』《》〈〉]")
_WORDS = re.compile(r"[^\W_]+")
# What people write around the fields; none of it names anything.
_FILLER = re.compile(
    r"(?:关于|报送|提交|上报|推荐|投稿|宣传|材料|素材|稿件?|作品|附件|文件|邮件|函|请?查收|电子版|"
    r"终稿|修改[稿版]?|补充|补[交正报发]|更新版?|最新版?|重新|再次|第?[\d一二三四五]+[批次稿版份]|v?\d+|年度?|的|及|和)*+"
)
# 第二批, 第2次; a second correction is no second call
_BATCH = re.compile(r"第([\d一二三四五六七八九十]{1,3})(?:批|次(?!修|补|重|更|校|发|提交|上传))")
_LONGEST_NAME = 60  # characters that are compared
_BRANCH = re.compile(r"\w{0,15}支部(?:委员会)?")


@dataclass(frozen=True, slots=True)
class Line:
    """`text` is what is searched; `plain` still has its quotation marks; `marks` say what went."""

    text: str
    plain: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    start: int
    end: int
    text: str
    category: Category


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """The unit a line names. `text` are the sender's words for it; `extra` are words beside it."""

    units: tuple[Unit, ...] = ()
    text: str = ""
    start: int = 0
    extra: tuple[str, ...] = ()


def wash(subject: str) -> Line:
    """Width folded, line breaks to spaces, what cannot be seen left out, Re: and 转发: off."""
    folded = unicodedata.normalize("NFKC", subject)
    shown = folded if folded.isprintable() else "".join(map(_visible, folded))
    written = shown.strip()
    plain = simplified(written)
    marks = ["letters"] if plain != written else []
    if prefix := _PREFIX.match(plain):
        plain = plain[prefix.end() :].strip()
        marks.append("prefix")
    if ending := _ENDING.search(plain):
        plain = plain[: ending.start()].strip()
        marks.append("ending")
    return Line(_QUOTES.sub("", plain), plain, tuple(marks))


def _visible(letter: str) -> str:
    kind = unicodedata.category(letter)
    return "" if kind == "Cf" else " " if kind[0] == "C" else letter


def blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with these spans emptied, everything else in its place."""
    for start, end in spans:
        text = text[:start] + "\n" * (end - start) + text[end:]
    return text


def categories(text: str, notice: Notice) -> tuple[Hit, ...]:
    """Every category that is named; a longer name hides those within it."""
    return tuple(sorted(_categories(simplified(text), notice), key=lambda hit: hit.start))


def _categories(text: str, notice: Notice) -> Iterator[Hit]:
    bare = "".join(text.split())
    for spelling in _spellings(notice):
        if spelling.letters in bare:
            for hit in spelling.pattern.finditer(text):
                yield Hit(hit.start(), hit.end(), hit[0], spelling.category)
            text = spelling.pattern.sub(lambda hit: "\n" * len(hit[0]), text)
            bare = "".join(text.split())


def alone(hits: tuple[Hit, ...], text: str) -> tuple[Hit, ...]:
    """Those that fill a field of the line, with but filler beside them. Fields end at a + or a
    bracket; where there is no +, with the word."""
    if len(hits) < 2:
        return hits
    ends = r"[+()\[\]【】\n]" if "+" in text else r"[\W_]"
    spans = [(m.start(), m.end()) for m in re.finditer(f"(?:(?!{ends}).)+", text, re.DOTALL)]
    return tuple(
        hit
        for hit in hits
        for start, end in spans
        if start <= hit.start < end and _plain(text[start : hit.start] + text[hit.end : end])
    )


def _plain(beside: str) -> bool:
    return bool(_FILLER.fullmatch("".join(_WORDS.findall(beside))))


@dataclass(frozen=True, slots=True)
class _Spelling:
    """A name of a category. `pattern` is the name with or without blanks between its letters;
    where `letters` are not in a line without blanks, it is not in the line."""

    letters: str
    pattern: re.Pattern[str]
    category: Category


@lru_cache(maxsize=16)
def _spellings(notice: Notice) -> tuple[_Spelling, ...]:
    """Of every name of a category, the longest first."""
    names = [(name, c) for c in notice.categories for name in called(c, notice)]
    return tuple(_spelling(*pair) for pair in sorted(names, key=lambda pair: -len(pair[0])))


def _spelling(name: str, category: Category) -> _Spelling:
    plain = _QUOTES.sub("", unicodedata.normalize("NFKC", simplified(name)))
    letters = "".join(plain.split())
    pattern = re.compile(r"\s*".join(map(re.escape, letters)), re.IGNORECASE)
    cased = letters.lower() != letters.upper()  # such a name is looked for by its pattern alone
    return _Spelling("" if cased else letters, pattern, category)


def near_category(text: str, notice: Notice) -> Category | None:
    """The category that a misspelling comes nearest to; it proposes and never decides."""
    return _nearest(roster.key(text)[:_LONGEST_NAME], notice)


@lru_cache(maxsize=256)  # the rule, the right subject and its evidence ask the same
def _nearest(wanted: str, notice: Notice) -> Category | None:
    scores = [(roster.nearness(wanted, name), category) for name, category in _keys(notice)]
    score, nearest = max(scores, key=lambda pair: pair[0], default=(0.0, None))
    return nearest if score else None


@lru_cache(maxsize=16)
def _keys(notice: Notice) -> tuple[tuple[str, Category], ...]:
    """The key of every name of a category."""
    return tuple((roster.key(name), c) for c in notice.categories for name in called(c, notice))


def unit(text: str, notice: Notice) -> Named:
    """The unit named by what is left of a line once date and category are out of it."""
    words = [(hit.start(), hit[0]) for hit in _WORDS.finditer(text)]
    if whole := roster.find(text, notice):  # also one that white space or brackets split
        return Named(units=(whole,), text=" ".join(w for _, w in words), start=words[0][0])
    found = [(start, word, u) for start, word in words if (u := _within(word, notice))]
    if not found:
        left = [w for _, w in words if not _FILLER.fullmatch(w)]
        return Named(text=" ".join(left), extra=tuple(left))
    units = tuple(dict.fromkeys(u for _, _, u in found))
    taken = [word for _, word, _ in found]
    extra = [w for _, w in words if w not in taken] + [w for w in taken if not _exact(w, notice)]
    return Named(units=units, text="、".join(taken), start=found[0][0], extra=tuple(extra))


def batch(text: str, notice: Notice) -> str:
    """Which of several calls the line says it answers: 第二批. "" where it says none or several;
    a title may speak of anything's second batch (第二批返校学生)."""
    found = [
        hit[0]
        for word in _WORDS.findall(text)
        if (hit := _BATCH.search(word)) and (_FILLER.fullmatch(word) or _within(word, notice))
    ]
    return found[0] if len(found) == 1 else ""


def ordinal(text: str) -> int | None:
    """2 of 第二批 and 第2次, wherever it stands."""
    hit = _BATCH.search(text)
    try:
        return dates.number(hit[1]) if hit else None
    except ValueError:  # 第三三批
        return None


def _exact(word: str, notice: Notice) -> bool:
    return roster.find(word, notice) is not None


def _within(word: str, notice: Notice) -> Unit | None:
    """The unit this word is, or is but for filler around it, or whose branch it is. A branch of two
    (农学院与园艺学院联合党支部) is nobody's; one of 农学院机关党支部 is the college's."""
    folded = roster.key(word)
    for name, candidate in roster.known(notice):
        if name in folded and _alone(name, folded, notice):
            named = roster.mentioned(word, notice, roster.NO_MERE_WORD)
            return candidate if (named or roster.mentioned(word, notice)) == (candidate,) else None
    return None


def _alone(name: str, word: str, notice: Notice) -> bool:
    before, _, after = word.partition(name)
    school = before in roster.prefixes(notice)
    return (school or bool(_FILLER.fullmatch(before))) and _harmless(after)


def _harmless(after: str) -> bool:
    return bool(_FILLER.fullmatch(after) or _BRANCH.fullmatch(after))
