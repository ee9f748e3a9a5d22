"""One mail → its bodies and its files, decoded to disk."""

from dataclasses import dataclass, replace
from pathlib import Path

from daemon.mime import body, clean, header, leftover, names, params, pasted, picture, save, words
from daemon.mime.body import Body
from daemon.mime.header import Fields
from daemon.mime.limits import LIMITS, Excess, Limits
from daemon.mime.save import Saved
from daemon.mime.source import Source
from daemon.mime.split import Part, root, split

_IGNORED = {
    "application/pkcs7-signature": "signature",
    "application/x-pkcs7-signature": "signature",
    "application/pgp-signature": "signature",
    "text/calendar": "calendar",
    "application/ics": "calendar",
    "text/vcard": "vcard",
    "text/x-vcard": "vcard",
    "text/directory": "vcard",
    "message/delivery-status": "report",
    "message/disposition-notification": "report",
    "message/feedback-report": "report",
    "text/rfc822-headers": "report",
    "application/applefile": "system",
}
CALENDARS = frozenset({"text/calendar", "application/ics"})
_IGNORED_ENDINGS = {"p7s": "signature", "ics": "calendar", "vcf": "vcard"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Stored:
    """A file of the mail. `cid` is its Content-ID without brackets; `method` what a
    calendar's type says it wants; `ignored` says why it is
    no submission; `inline`: the body itself shows it."""

    name: str
    content_type: str
    saved: Saved
    cid: str = ""
    method: str = ""
    ignored: str = ""
    inline: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Content:
    """`unreadable` says, in words, why this is not the whole mail; "" = it is. `torn`: of what
    wraps files, some may be lost."""

    fields: Fields
    content_type: str
    bodies: tuple[Body, ...]
    stored: tuple[Stored, ...]
    unreadable: str = ""
    torn: bool = False


def read(path: Path, into: Path, *, prefix: str = "", limits: Limits = LIMITS) -> Content:
    """Files are written to `into`, named by prefix and number, never by the sender."""
    gatherer = _Gatherer(into, prefix)
    with Source(path, limits) as source:
        try:
            whole = root(source)
        except Excess as excess:
            (fields, kind), unreadable = _cut(source), str(excess)
        else:
            fields, kind = whole.fields, whole.content_type.main
            unreadable = gatherer.gather(source, whole)
    return Content(
        fields=fields,
        content_type=kind,
        bodies=tuple(gatherer.bodies),
        stored=tuple(gatherer.stored),
        unreadable=unreadable,
    )


def _cut(source: Source) -> tuple[Fields, str]:
    """The header of a message, and its type, when it is longer than the limit."""
    limits = source.limits
    try:
        block, _ = source.header(0)
    except Excess:
        block = source.read(0, limits.header)
    fields = header.fields(block)[: limits.fields]
    return fields, params.read(header.first(fields, "content-type")).main


class _Gatherer:
    def __init__(self, into: Path, prefix: str) -> None:
        self.into = into
        self.prefix = prefix
        self.bodies: list[Body] = []
        self.stored: list[Stored] = []
        self._read = 0
        self._words = 0

    def gather(self, source: Source, whole: Part) -> str:
        """Why not everything could be read, or ""."""
        try:
            for part in split(source, whole):
                if body.is_body(part):
                    self._body(source, part)
                else:
                    self.stored.append(self._store(source, part))
        except Excess as excess:
            return str(excess)
        return ""

    def _disk(self) -> Path:
        return self.into / f"{self.prefix}{len(self.stored) + 1}"

    def _body(self, source: Source, part: Part) -> None:
        is_html = body.is_html(part)
        content = body.data(source, part, already=self._read)
        self._read += len(content)
        content, found = pasted.take(content, html=is_html)
        self._words += len(content)
        if self._words > source.limits.words:
            raise Excess("正文过长")
        self.bodies.append(body.read(part, content))
        for file in found:
            number = len(self.stored) + 1
            self.stored.append(
                Stored(
                    name=file.name or names.by_type(file.content_type, number),
                    content_type=file.content_type,
                    saved=save.write(self._disk(), [file.data]),
                    inline=is_html,
                )
            )

    def _store(self, source: Source, part: Part) -> Stored:
        kind = part.content_type.main
        given = names.given(part)
        cid = clean.line(words.decode(header.first(part.fields, "content-id")))
        saved = save.save(source, part, disk=self._disk())
        return Stored(
            name=given or names.by_type(kind, len(self.stored) + 1),
            content_type=kind,
            saved=saved,
            cid=cid.strip("<> "),
            method=clean.line(part.content_type["method"])[:30] if kind in CALENDARS else "",
            ignored=_ignored(part, given, saved),
        )


def _ignored(part: Part, name: str, saved: Saved) -> str:
    """Signatures, calendars, cards and the pieces of a delivery report are no submissions, nor is
    what mail programs add."""
    if any(m.kind == "report" for m in part.parents):
        return "report"
    if leftover.of_a_client(name, part.disposition, saved):
        return "system"
    ending = name.rpartition(".")[2].lower()
    return _IGNORED.get(part.content_type.main) or _IGNORED_ENDINGS.get(ending, "")


def shown(content: Content) -> tuple[Stored, ...]:
    """The files, with the pictures that the HTML shows marked: small ones are logos, large ones
    were pasted into the body."""
    pages = [b.page for b in content.bodies if b.page]
    cids = frozenset(cid for page in pages for cid in page.cids)
    return tuple(_shown(file, cids) for file in content.stored)


def _shown(file: Stored, cids: frozenset[str]) -> Stored:
    inline = file.inline or bool(file.cid and file.cid in cids)
    if not inline:
        return file
    judged = not file.ignored and _is_picture(file)
    logo = judged and picture.is_logo(file.saved.disk, file.saved.size)
    return replace(file, inline=True, ignored="logo" if logo else file.ignored)


def _is_picture(file: Stored) -> bool:
    endings = {"jpg", "jpeg", "png", "gif", "bmp", "webp"}
    ending = file.name.rpartition(".")[2].lower()
    return file.content_type.startswith("image/") or ending in endings
