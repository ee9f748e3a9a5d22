"""The parts that people read: plain text and HTML, each as clean text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from daemon.mime import charset, clean, header, names, transfer
from daemon.mime.limits import Excess
from daemon.mime.source import Source
from daemon.mime.split import Part

if TYPE_CHECKING:
    from daemon.mime.html import Page

_META = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_HTML = frozenset({"text/html", "text/watch-html", "text/x-amp-html"})
_READABLE = _HTML | {"text/plain", "text/enriched", "text/richtext"}


@dataclass(frozen=True, slots=True)
class Body:
    """`page` is there for HTML; `text` is the whole text, quoted mail and all."""

    part: Part
    text: str
    page: "Page | None" = None

    @property
    def own(self) -> str:
        return self.page.own if self.page else self.text


def is_body(part: Part) -> bool:
    """Text that is neither named nor attached. Some clients name the body itself: the first
    part, and what stands in an alternative, is a body although it has a name. Where a mail breaks
    off in the header of a part, nobody knows what that was."""
    broken_off = part.cut and part.body.start == part.body.end
    if part.content_type.main not in _READABLE or broken_off:
        return False
    disposition = part.disposition.main
    if disposition == "attachment":
        return False
    first = part.number == len(part.parents) and not disposition
    alternative = any(m.kind == "alternative" for m in part.parents)
    return first or alternative or not names.given(part)


def is_html(part: Part) -> bool:
    return part.content_type.main in _HTML


def data(source: Source, part: Part, *, already: int) -> bytes:
    """The decoded body. Raises Excess when, with the bytes of earlier bodies, it passes
    the limit."""
    room = source.limits.text - already
    encoding = transfer.token(header.first(part.fields, "content-transfer-encoding"))
    try:
        return _gather(transfer.decode(encoding, source.blocks(part.body)), room)
    except transfer.Undecodable:  # text labelled base64: it is read as it stands
        return _gather(source.blocks(part.body), room)


def _gather(blocks: Iterator[bytes], room: int) -> bytes:
    gathered = bytearray()
    for block in blocks:
        gathered += block
        if len(gathered) > room:
            raise Excess("正文过长")
    return bytes(gathered)


def read(part: Part, content: bytes) -> Body:
    label = part.content_type["charset"]
    if not is_html(part):
        return Body(part, clean.tidy(charset.decode(content, label)))
    from daemon.mime import html

    found = None if label else _META.search(content, 0, 4096)
    label = found[1].decode("ascii") if found else label
    page = html.read(charset.decode(content, label))
    return Body(part, clean.tidy(page.text), page)


def text(bodies: tuple[Body, ...], *, own: bool) -> str:
    """All that is to be read, in order. Of alternatives the plain one, unless it is blank."""
    said = [b for b in bodies if not _other_says_it(b, bodies)]
    return "\n\n".join(filter(None, (b.own if own else b.text for b in said))).strip()


def _other_says_it(body: Body, bodies: tuple[Body, ...]) -> bool:
    choice = next((m.number for m in body.part.parents if m.kind == "alternative"), None)
    return (
        choice is not None
        and body.page is not None
        and any(
            b.page is None and b.text and any(m.number == choice for m in b.part.parents)
            for b in bodies
        )
    )
