"""Opening an archive and the archives in it: one container after another, within one bound."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from daemon.errors import Unavailable
from daemon.inspection.archive import FORMATS
from daemon.inspection.archive.bounds import DEPTH, Bounds, Exceeded
from daemon.inspection.archive.unpacked import Member, Unpacked
from rules.submission import Attachment, Facts

Ask = Callable[[dict[str, Any]], "Unpacked | str"]
Inspect = Callable[[tuple[Member, ...]], tuple[Facts, ...]]


@dataclass(frozen=True, slots=True)
class Examined:
    """One file with what was found in it, and where its bytes lie."""

    attachment: Attachment
    disk: Path


@dataclass(frozen=True, kw_only=True, slots=True)
class Opener:
    """`unpack` and `inspect` work in the sandbox; `unpack` gives a word when its worker is lost."""

    unpack: Ask
    inspect: Inspect
    into: Path
    bounds: Bounds = field(default_factory=Bounds)

    def open(self, container: Examined) -> tuple[Examined, ...]:
        """The container, then its members. A bomb stays closed, whatever came out before."""
        folder = _folder(self.into)
        opening = _Opening(self, folder)
        try:
            return tuple(opening.expand(container, depth=1))
        except Exceeded as limit:
            shutil.rmtree(folder, ignore_errors=True)
            return (_with(container, bomb=limit.which),)


class _Opening:
    """One attachment being opened: what may still come out of it, all levels together."""

    def __init__(self, opener: Opener, folder: Path) -> None:
        self._opener = opener
        self._folder = folder
        self._left = opener.bounds

    def expand(self, container: Examined, *, depth: int) -> Iterator[Examined]:
        """Raises Exceeded for the whole attachment."""
        if depth > DEPTH:
            raise Exceeded("depth")
        out = self._unpacked(container)
        if isinstance(out, str):
            yield _with(container, unknown=out)
            return
        if out.bomb:
            raise Exceeded(out.bomb)
        self._left = self._left.less(entries=out.entries, written=sum(m.size for m in out.members))
        yield _opened(container, out)
        path = (*container.attachment.path, container.attachment.name)
        for member, facts in zip(out.members, self._opener.inspect(out.members), strict=True):
            found = _member(member, facts, path=path)
            if opens(found.attachment):
                yield from self.expand(found, depth=depth + 1)
            else:
                yield found

    def _unpacked(self, container: Examined) -> Unpacked | str:
        return self._opener.unpack(
            {
                "do": "unpack",
                "path": str(container.disk),
                "name": container.attachment.name,
                "format": container.attachment.facts.format,
                "size": container.attachment.facts.size,
                "into": str(_folder(self._folder)),
                "entries": self._left.entries,
                "total": self._left.total,
                "ratio": self._left.ratio,
            }
        )


def _folder(inside: Path) -> Path:
    try:
        return Path(tempfile.mkdtemp(prefix="archive-", dir=inside))
    except OSError as error:  # the disk is full, or `inside` is gone
        raise Unavailable("open an archive", error) from error


def opens(attachment: Attachment) -> bool:
    """Whether it is an archive to look into."""
    facts = attachment.facts
    closed = attachment.ignored or facts.encrypted or facts.damaged or facts.unknown
    return facts.format in FORMATS and not closed


def _opened(container: Examined, out: Unpacked) -> Examined:
    return _with(
        container,
        entries=out.entries,
        encrypted=out.encrypted,
        damaged=out.damaged,
        unknown=out.unknown,
    )


def _with(container: Examined, **changes: Any) -> Examined:
    attachment = container.attachment
    facts = replace(attachment.facts, **changes)
    return replace(container, attachment=replace(attachment, facts=facts))


def _member(member: Member, facts: Facts, *, path: tuple[str, ...]) -> Examined:
    attachment = Attachment(name=member.name, facts=facts, path=path, ignored=member.ignored)
    return Examined(attachment, Path(member.disk))
