"""Mails and TNEF files inside a mail, opened one level deep."""

from dataclasses import dataclass, replace
from pathlib import Path

from daemon.mime import clean, content, header, names, save
from daemon.mime.content import Content, Stored
from daemon.mime.limits import LIMITS, Excess, Limits
from daemon.mime.source import Source

_MAIL = frozenset({"message/rfc822", "message/global", "message/news"})
_TORN = "包着附件的文件不完整，里面的附件可能没有收全"
_MAIL_HEADERS = frozenset({"from", "received", "subject", "date", "message-id"})


@dataclass(frozen=True, slots=True)
class Inner:
    """What was in the file `number` of the outer mail."""

    number: int
    name: str
    content: Content


def open_all(outer: Content, into: Path) -> tuple[Content, tuple[Inner, ...]]:
    """The outer mail with what was opened marked so, and what was inside. All that is inside
    shares one budget of parts."""
    inner: list[Inner] = []
    stored = list(outer.stored)
    room = LIMITS.inner
    for number, file in enumerate(stored):
        found = _open(file, into, prefix=f"{number + 1}.", parts=room)
        if found is None:
            continue
        room -= len(found.stored) + len(found.bodies) + 1
        stored[number] = _opened(file, torn=found.torn)
        inner.append(Inner(number, file.name, found))
        if room <= 0:
            outer = replace(outer, unreadable=f"转发的邮件里超过 {LIMITS.inner} 个部分")
            break
    return (replace(outer, stored=tuple(stored)) if inner else outer), tuple(inner)


def _opened(file: Stored, *, torn: bool) -> Stored:
    """What was in it stands for it, unless that is not all."""
    lost = replace(file.saved, undecodable=_TORN)
    return replace(file, saved=lost) if torn else replace(file, ignored="opened")


def _open(file: Stored, into: Path, *, prefix: str, parts: int) -> Content | None:
    if file.ignored or file.saved.undecodable not in {"", save.CUT}:
        return None
    if _is_mail(file):
        limits = replace(LIMITS, parts=parts)
        return content.read(file.saved.disk, into, prefix=prefix, limits=limits)
    if _is_tnef(file):
        return _unwrap(file.saved.disk, into, prefix=prefix, limits=replace(LIMITS, parts=parts))
    return None


def _is_mail(file: Stored) -> bool:
    if file.content_type in _MAIL:
        return True
    if not file.name.lower().endswith(".eml"):
        return False
    with Source(file.saved.disk) as source:
        head = source.read(0, 4096)
    return any(f.name.lower() in _MAIL_HEADERS for f in header.fields(head))


def _is_tnef(file: Stored) -> bool:
    name = file.name.lower()
    if name == "winmail.dat":  # no person calls a file so
        return True
    if "tnef" not in file.content_type and not name.endswith(".dat"):
        return False
    from daemon.mime import tnef

    with file.saved.disk.open("rb") as opened:
        return opened.read(4) == tnef.SIGNATURE


def _unwrap(disk: Path, into: Path, *, prefix: str, limits: Limits) -> Content:
    from daemon.mime import tnef

    stored: list[Stored] = []
    unreadable, torn = "", False
    with Source(disk, limits) as source:
        try:
            torn = not tnef.whole(source)
            for n, wrapped in enumerate(tnef.read(source), 1):
                if torn and wrapped.data.start == wrapped.data.end:
                    continue
                saved = save.write(into / f"{prefix}{n}", source.blocks(wrapped.data))
                kind = wrapped.content_type or "application/octet-stream"
                name = clean.file_name(wrapped.name) or names.by_type(kind, n)
                stored.append(Stored(name=name, content_type=kind, saved=saved, cid=wrapped.cid))
        except Excess as excess:
            unreadable = str(excess)
    return Content(
        fields=(),
        content_type="",
        bodies=(),
        stored=tuple(stored),
        unreadable=unreadable,
        torn=torn,
    )
