"""Where the parts of a message are: one pass over the file, a stack, no recursion."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from daemon.mime import header, params
from daemon.mime.header import Fields
from daemon.mime.limits import Excess
from daemon.mime.params import Value
from daemon.mime.source import Source, Span
from daemon.mime.window import Delimiter


@dataclass(frozen=True, slots=True)
class Multipart:
    """An open multipart. `kind` is its subtype: mixed, alternative, related, report …"""

    number: int
    kind: str
    mark: bytes


@dataclass(frozen=True, slots=True)
class Part:
    """A leaf. `number` counts all parts of the message from 0 in the order of the file. `cut`:
    the message ends in it, without the boundary that should."""

    number: int
    fields: Fields
    content_type: Value
    disposition: Value
    body: Span
    parents: tuple[Multipart, ...] = ()
    cut: bool = False


def root(source: Source) -> Part:
    """The message itself, before its body is looked at. Raises Excess for an endless header."""
    return _begin(source, 0, number=0, opened=[])


def split(source: Source, whole: Part | None = None) -> Iterator[Part]:
    """The leaves of the message, in order; `whole` is its root when that was read before.
    Raises Excess past a limit; what was yielded before is whole."""
    opened: list[Multipart] = []
    part: Part | None = whole or root(source)
    number = 0
    while part:
        hit, pushed = _enter(source, part, opened=opened)
        end = hit.start if hit else source.size
        if not pushed and (part.fields or end > part.body.start):
            cut = hit is None and bool(opened)
            yield _leaf(replace(part, body=Span(part.body.start, end), cut=cut))
        number += 1
        start = _next_part(source, hit, opened=opened)
        part = None if start is None else _begin(source, start, number=number, opened=opened)


def _leaf(part: Part) -> Part:
    """A multipart without a single boundary is the text that it holds."""
    several = part.content_type.main.startswith("multipart/")
    return replace(part, content_type=Value("text/plain", {})) if several else part


def _begin(source: Source, start: int, *, number: int, opened: list[Multipart]) -> Part:
    limits = source.limits
    if number >= limits.parts:
        raise Excess(f"邮件超过 {limits.parts} 个部分")
    block, body = source.header(start)
    fields = header.fields(block)
    if len(fields) > limits.fields:
        raise Excess(f"信头超过 {limits.fields} 行")
    digest = bool(opened) and opened[-1].kind == "digest"
    declared = params.read(header.first(fields, "content-type"))
    usual = "message/rfc822" if digest else "text/plain"
    kind = declared if "/" in declared.main else replace(declared, main=usual)
    disposition = params.read(header.first(fields, "content-disposition"))
    return Part(number, fields, kind, disposition, Span(body, body), tuple(opened))


def _enter(source: Source, part: Part, *, opened: list[Multipart]) -> tuple[Delimiter | None, bool]:
    """The delimiter that ends this part's body (a multipart's: its preamble), and whether the
    part was a multipart that is now open."""
    outer = tuple(m.mark for m in opened)
    for mark in _marks(source, part):
        hit = source.delimiter(part.body.start, (*outer, mark))
        if hit and hit.mark == mark:
            if len(opened) >= source.limits.depth:
                raise Excess(f"邮件嵌套超过 {source.limits.depth} 层")
            kind = part.content_type.main.partition("/")[2]
            opened.append(Multipart(part.number, kind, mark))
            return hit, True
    return source.delimiter(part.body.start, outer), False


def _marks(source: Source, part: Part) -> Iterator[bytes]:
    """The declared boundary, then the one that the body seems to use."""
    if not part.content_type.main.startswith("multipart/"):
        return
    declared = part.content_type["boundary"].encode("utf-8", "replace")
    if declared.strip():
        yield declared.rstrip()
    guessed = source.guess_mark(part.body.start)
    if guessed and guessed != declared:
        yield guessed


def _next_part(source: Source, hit: Delimiter | None, *, opened: list[Multipart]) -> int | None:
    """Where the next part begins. An outer boundary closes the inner multiparts, whose own
    last boundary is then missing; parts behind a closing boundary are still parts."""
    for _ in range(source.limits.parts):
        if hit is None:
            return None
        index = max(i for i, m in enumerate(opened) if m.mark == hit.mark)
        del opened[index + 1 :]
        if not hit.closing:
            return hit.end
        hit = source.delimiter(hit.end, tuple(m.mark for m in opened))
    raise Excess(f"邮件有超过 {source.limits.parts} 个结尾分隔行")
