"""HTML of a mail → its text, its links and the pictures it shows. Linear on any input.

The standard library's parser is quadratic on unclosed tags; this one follows the HTML standard:
a tag that never ends swallows the rest.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape as _unescape
from typing import NamedTuple

from daemon.mime import clean
from daemon.mime.limits import Excess

_ATTRIBUTE = re.compile(r"""[\s/]*+([^\s/>=]++)(?:\s*+=\s*+("[^"]*"|'[^']*'|[^\s>]*+))?""")
# One attribute and the end of the tag: most tags that have any.
_ONLY = re.compile(r"""\s+([^\s/>=]++)="([^"]*+)">""")
_SPACE = re.compile(r"[ \t\r\n\f\xa0]+")
_CID = re.compile(r"cid:([^\s\"'()<>]+)", re.IGNORECASE)
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "br", "center", "dd", "div", "dl", "dt",
    "fieldset", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main",
    "nav", "ol", "p", "pre", "section", "table", "tbody", "tfoot", "thead", "title", "tr", "ul",
})  # fmt: skip
_CELLS = frozenset({"td", "th"})
_VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
})  # fmt: skip
_SILENT = frozenset({"script", "style", "title", "xml"})
_REFERENCE = re.compile(
    r"&(?:#[0-9]{1,7}(?![0-9]);?|#[xX][0-9a-fA-F]{1,6};?|[A-Za-z][A-Za-z0-9]{1,7}(?![A-Za-z0-9]);?)"
)
# Text, and the tag behind it: to its end when it has no attributes, else as far as its name.
_STEP = re.compile(r"([^<]*+(?:<(?![A-Za-z/!?])[^<]*+)*+)(?:<(/?)([A-Za-z][^\s/>]*+)(>?))?")
_DEEPEST = 200
_MOST_TAGS = 100_000
_MOST_ATTRIBUTES = 100  # of one tag
_MOST_ANCHORS = 1_000
_MOST_MARKS = 20  # classes of one element


class Tag(NamedTuple):
    """`attributes` is empty for an end tag; the first of a repeated attribute wins."""

    name: str
    end: bool
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link and where its words stand in Page.text. `marks`: ids and classes around it."""

    url: str
    start: int
    end: int
    attributes: Mapping[str, str]
    marks: frozenset[str]


@dataclass(frozen=True, slots=True)
class Page:
    """`own` is `text` without quoted mail; `quotes`: from where to where that stands in `text`."""

    text: str
    own: str
    anchors: tuple[Anchor, ...]
    cids: frozenset[str]
    quotes: tuple[tuple[int, int], ...] = ()


class _Open(NamedTuple):
    name: str
    marks: tuple[str, ...]
    quote: bool
    attributes: Mapping[str, str]
    start: int


@dataclass(slots=True)
class _Reader:
    """Collects while the tokens go by."""

    text: list[str] = field(default_factory=list)
    own: list[str] = field(default_factory=list)
    length: int = 0
    opened: list[_Open] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)
    anchors: list[Anchor] = field(default_factory=list)
    silent: str = ""
    quotes: int = 0
    spans: list[tuple[int, int]] = field(default_factory=list)

    def words(self, text: str) -> None:
        self.text.append(text)
        self.length += len(text)
        if not self.quotes:
            self.own.append(text)

    def tag(self, tag: Tag) -> None:
        if self.silent:
            self.silent = "" if tag.end and tag.name == self.silent else self.silent
        elif tag.name in _SILENT and not tag.end:
            self.silent = tag.name
        else:
            self._visible(tag)

    def _visible(self, tag: Tag) -> None:
        if tag.name in _BLOCKS:
            self.words("\n")
        elif tag.name in _CELLS and not tag.end:
            self.words(" ")
        if tag.end:
            self._close(tag.name)
        elif tag.name not in _VOID and len(self.opened) < _DEEPEST:
            self._open(tag)

    def _open(self, tag: Tag) -> None:
        marks: tuple[str, ...] = ()
        quote = False
        if tag.attributes:
            quote = _quotes(tag)
            classes = tag.attributes.get("class", "").split(None, _MOST_MARKS)[:_MOST_MARKS]
            marks = (tag.attributes.get("id", ""), *classes)
        self.quotes += quote
        self.names[tag.name] += 1
        self.opened.append(_Open(tag.name, marks, quote, tag.attributes, self.length))

    def _close(self, name: str) -> None:
        """An end tag closes what was opened inside; one that closes nothing is no tag."""
        while self.names[name]:
            closed = self.opened.pop()
            self.names[closed.name] -= 1
            self.quotes -= closed.quote
            self._ended(closed)
            if closed.name == name:
                return

    def _ended(self, closed: _Open) -> None:
        self._anchor(closed)
        if closed.quote:
            self.spans.append((closed.start, self.length))

    def _anchor(self, closed: _Open) -> None:
        if closed.name != "a" or len(self.anchors) >= _MOST_ANCHORS:
            return
        if url := closed.attributes.get("href", "").strip():
            marks = frozenset(m for o in (*self.opened, closed) for m in o.marks if m)
            found = Anchor(url, closed.start, self.length, closed.attributes, marks)
            self.anchors.append(found)

    def page(self, source: str) -> Page:
        while self.opened:
            self._ended(self.opened.pop())
        cids = frozenset(unescape(found[1]) for found in _CID.finditer(source))
        anchors = tuple(sorted(self.anchors, key=lambda a: a.start))
        own = clean.tidy("".join(self.own))
        return Page("".join(self.text), own, anchors, cids, tuple(self.spans))


def _quotes(tag: Tag) -> bool:
    """Does this element hold the mail that is being answered? A plain blockquote does not:
    editors indent with it."""
    kind, own = tag.attributes.get("type", ""), tag.attributes.get("id", "")
    classes = tag.attributes.get("class", "")
    return kind == "cite" or own == "isReplyContent" or "gmail_quote" in classes


def read(source: str) -> Page:
    """Raises Excess when there are more tags than any real mail has."""
    reader, tags = _Reader(), 0
    for token in _tokens(source):
        if isinstance(token, Tag):
            tags += 1
            if tags > _MOST_TAGS:
                raise Excess(f"正文超过 {_MOST_TAGS} 个 HTML 标签")
            reader.tag(token)
        elif not reader.silent:
            reader.words(_SPACE.sub(" ", unescape(token)))
    return reader.page(source)


def unescape(text: str) -> str:
    """Character references. html.unescape tries every prefix of a long unknown name, and int()
    refuses 4,300 digits; here both stay what they are."""
    return _REFERENCE.sub(lambda found: _unescape(found[0]), text) if "&" in text else text


def _tokens(source: str) -> Iterator[str | Tag]:
    at = 0
    while step := _STEP.match(source, at):
        text, slash, name, closed = step.groups()
        at = step.end()
        if text:
            yield text
        if name:
            attributes, at = ({}, at) if closed else _attributes(source, at)
            yield Tag(name.lower(), bool(slash), attributes)
        elif at == len(source):
            return
        else:
            at = _behind(source, at)


def _behind(source: str, at: int) -> int:
    """Where a comment, a declaration or a broken tag ends: none of them is read."""
    comment = source.startswith("<!--", at)
    end = source.find("-->", at + 4) if comment else source.find(">", at)
    return end + (3 if comment else 1) if end >= 0 else len(source)


def _attributes(source: str, at: int) -> tuple[dict[str, str], int]:
    if only := _ONLY.match(source, at):
        return {only[1].lower(): unescape(only[2])}, only.end()
    found: dict[str, str] = {}
    for _ in range(_MOST_ATTRIBUTES):
        match = _ATTRIBUTE.match(source, at)
        if match is None:
            break
        value = match[2] or ""
        if value[:1] in {'"', "'"} and value[-1:] == value[:1] and len(value) > 1:
            value = value[1:-1]
        found.setdefault(match[1].lower(), unescape(value))
        at = match.end()
    end = source.find(">", at)
    return found, end + 1 if end >= 0 else len(source)
