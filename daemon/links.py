"""Large attachments that come as links: which of a mail's links are files, and what is said
of them. Providers are data (links.toml); an office adds its own."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from daemon.errors import ConfigError, Problem
from daemon.mime import clean
from rules.submission import Link

if TYPE_CHECKING:
    from daemon.mime.html import Page

# Printable, without " < >. People copy links without their scheme as well: pan.baidu.com/s/1…
_URL = re.compile(
    r"(?:https?://|(?<![a-z0-9_@./-])(?=[a-z0-9-]+(?:\.[a-z0-9-]+)+/\w))[!#-;=?-~]+", re.IGNORECASE
)
_CONTEXT = 300  # characters before and behind a link that may speak of it
_NEAR = 60  # characters around a link of an unknown provider that must speak of a file
_MOST_LINKS = 200
_MOST_MENTIONS = 1_000  # of any links in one body
_LONGEST_URL = 2_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Provider:
    """`hosts` may hold "*". `marks` and `decoys` are ids and classes of HTML elements.

    With `near`, a link is this provider's only when words beside it match, and nobody else's.
    """

    name: str
    title: str
    path: re.Pattern[str]
    hosts: tuple[str, ...] = ()
    marks: frozenset[str] = frozenset()
    decoys: frozenset[str] = frozenset()
    code_needed: bool = False
    near: re.Pattern[str] | None = None

    def serves(self, mention: "Mention") -> bool:
        host, path = _split(mention.url)
        below = any(h in {"*", host} or host.endswith("." + h) for h in self.hosts)
        said = self.near is None or self.near.search(mention.beside()) is not None
        return below and said and self.path.search(path) is not None


@dataclass(frozen=True, slots=True)
class Mention:
    """A URL in the text of a body, with what stands around it."""

    url: str
    label: str
    before: str
    behind: str
    attributes: tuple[tuple[str, str], ...] = ()
    marks: frozenset[str] = frozenset()

    def beside(self) -> str:
        return f"{self.before[-_NEAR:]} {self.label} {self.behind[:_NEAR]}"


def load(path: Path) -> tuple[Provider, ...]:
    """Providers from a TOML file. Raises ConfigError with every fault."""
    import tomllib

    try:
        tables = tomllib.loads(path.read_text("utf-8")).get("provider", [])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError([Problem("", str(error))], source=str(path)) from error
    faults = [f for n, table in enumerate(tables) for f in _faults(n, table)]
    if faults:
        raise ConfigError(faults, source=str(path))
    return tuple(map(_provider, tables))


@cache
def shipped() -> tuple[Provider, ...]:
    return load(Path(__file__).with_name("links.toml"))


def known(tables: Iterable[Path]) -> tuple[Provider, ...]:
    """The shipped ones and those of an office's own tables. Raises ConfigError as `load`."""
    return (*shipped(), *(provider for path in tables for provider in load(path)))


def _faults(number: int, table: dict[str, object]) -> Iterator[Problem]:
    kinds: dict[str, type] = {"name": str, "title": str, "path": str, "near": str}
    kinds |= {"code_needed": bool}
    kinds |= {"hosts": list, "marks": list, "decoys": list}
    for key in ("name", "title", "path"):
        if key not in table:
            yield Problem(f"provider.{number}.{key}", "缺少")
    for key, value in table.items():
        if key not in kinds or not isinstance(value, kinds[key]):
            yield Problem(f"provider.{number}.{key}", "不认识，或类型不对")
    for key in ("path", "near"):
        try:
            re.compile(str(table.get(key, "")))
        except re.error as error:
            yield Problem(f"provider.{number}.{key}", f"不是正则表达式：{error}")


def _provider(table: dict[str, object]) -> Provider:
    lists = {k: v for k in ("hosts", "marks", "decoys") if isinstance(v := table.get(k), list)}
    return Provider(
        name=str(table["name"]),
        title=str(table["title"]),
        path=re.compile(str(table["path"]), re.IGNORECASE),
        hosts=tuple(map(str, lists.get("hosts", ()))),
        marks=frozenset(map(str, lists.get("marks", ()))),
        decoys=frozenset(map(str, lists.get("decoys", ()))),
        code_needed=bool(table.get("code_needed", False)),
        near=re.compile(str(table["near"])) if "near" in table else None,
    )


def find(
    pages: Collection["Page"], texts: Collection[str], *, providers: Collection[Provider]
) -> tuple[Link, ...]:
    """Every link that is a file, once per URL, with all that its mentions say of it."""
    mentions = [m for page in pages for m in _in_page(page)]
    mentions += [m for text in texts for m in _in_text(text)]
    found: dict[str, Link] = {}
    decoys = frozenset(d for p in providers for d in p.decoys)
    for mention in mentions:
        provider = _of(mention, providers)
        if provider and not mention.marks & decoys and len(found) < _MOST_LINKS:
            link = _link(mention, provider)
            found[link.url] = _both(found.get(link.url, link), link)
    if all(link.code or not link.code_needed for link in found.values()):
        return tuple(found.values())
    return _told_once(found.values(), [*(page.text for page in pages), *texts])


def _told_once(found: Collection[Link], texts: Sequence[str]) -> tuple[Link, ...]:
    """One sentence may tell the code of all links, or that none is needed."""
    from daemon import stated

    code = stated.code_of_all(texts)
    needed = bool(code) or not any(map(stated.open_to_all, texts))
    return tuple(
        replace(link, code=code, code_needed=needed) if link.code_needed and not link.code else link
        for link in found
    )


def _of(mention: Mention, providers: Collection[Provider]) -> Provider | None:
    marked = (p for p in providers if p.marks & mention.marks)
    served = [p for p in providers if p.serves(mention)]
    known = (p for p in served if p.near is None)
    return next(known, None) or next(marked, None) or next(iter(served), None)


def _in_page(page: "Page") -> Iterator[Mention]:
    ends = [0, *(a.end for a in page.anchors)]
    starts = [*(a.start for a in page.anchors), len(page.text)]
    for n, anchor in enumerate(page.anchors):
        url = clean.line(anchor.url)[:_LONGEST_URL].replace(" ", "%20")
        if _URL.match(url):
            yield Mention(
                url=url,
                label=page.text[anchor.start : anchor.end].strip(),
                before=page.text[max(ends[n], anchor.start - _CONTEXT, 0) : anchor.start],
                behind=page.text[anchor.end : min(starts[n + 1], anchor.end + _CONTEXT)],
                attributes=tuple(anchor.attributes.items()),
                marks=anchor.marks,
            )
    yield from _in_text(page.text)


def _in_text(text: str) -> Iterator[Mention]:
    # No link is without these, and the search for links is slow.
    if "/" not in text or ("." not in text and "://" not in text):
        return
    from daemon.mime.html import unescape

    spots = [(f.start(), f.end()) for f in islice(_URL.finditer(text), _MOST_MENTIONS)]
    for n, (start, end) in enumerate(spots):
        before = spots[n - 1][1] if n else 0
        behind = spots[n + 1][0] if n + 1 < len(spots) else len(text)
        yield Mention(
            url=_whole(unescape(text[start:end][:_LONGEST_URL]).rstrip(".,;:!?)]}'")),
            label="",
            before=text[max(before, start - _CONTEXT) : start],
            behind=text[end : min(behind, end + _CONTEXT)],
        )


def _whole(url: str) -> str:
    return url if "://" in url[:8] else f"https://{url}"


def _link(mention: Mention, provider: Provider) -> Link:
    from daemon import stated

    about = stated.about(
        mention.label,
        before=mention.before,
        behind=mention.behind,
        attributes=mention.attributes,
    )
    query = parse_qs(_query(mention.url))
    return Link(
        provider=provider.name,
        title=provider.title,
        url=mention.url,
        name=about.name,
        size=about.size,
        expires=about.expires,
        code=next(iter(query.get("pwd", [])), "") or about.code,
        code_needed=provider.code_needed,
    )


def _both(one: Link, other: Link) -> Link:
    """The first to say something is believed."""
    return replace(
        one,
        name=one.name or other.name,
        size=other.size if one.size is None else one.size,
        expires=one.expires or other.expires,
        code=one.code or other.code,
    )


def _split(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
        return (parts.hostname or "").lower(), f"{parts.path}?{parts.query}"
    except ValueError:  # http://[broken
        return "", ""


def _query(url: str) -> str:
    return url.partition("?")[2].partition("#")[0][:2000]
