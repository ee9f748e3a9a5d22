""".docx: the parts of the package that matter, read as a stream and within bounds."""

import io
import posixpath
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import IO, Final, NamedTuple
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException

from daemon.inspection import disk, image
from daemon.inspection.sort import Sample
from daemon.inspection.word import markup, text
from daemon.inspection.word.body import Body
from daemon.inspection.zipped import BROKEN
from rules.submission import Facts, Picture

_LARGEST_PART: Final = 128 << 20
_LARGEST_PICTURE: Final = 64 << 20
_MOST_PICTURES: Final = 60
_MAIN: Final = "officeDocument"
_AROUND: Final = frozenset({"header", "footer"})
_REMOTE: Final = ("http:", "https:", "ftp:", "\\\\", "file:////", "file://///", "mhtml:")
_LOADED: Final = frozenset({"attachedTemplate", "oleObject", "frame", "subDocument"})


class _Unreadable(Exception):
    """The package opens, the document in it does not."""


class Relation(NamedTuple):
    """What a part in `folder` refers to. `outside` of the package it is no part of it."""

    kind: str
    said: str
    outside: bool
    folder: str

    @property
    def target(self) -> str:
        """The name of a part, or an address outside."""
        return self.said if self.outside else _resolved(self.folder, self.said)


class _Package:
    """An open .docx. Part names are found whatever their case and slashes."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {n.replace("\\", "/").lower(): n for n in archive.namelist()}

    def open(self, name: str, limit: int) -> IO[bytes] | None:
        real = self._names.get(name.lower())
        if real is None or self._archive.getinfo(real).file_size > limit:
            return None
        return self._archive.open(real)

    def relations(self, part: str) -> tuple[Relation, ...]:
        """What `part` refers to. Read at once, so that no stream stays open behind it."""
        folder, name = posixpath.split(part)
        stream = self.open(posixpath.join(folder, "_rels", f"{name}.rels"), _LARGEST_PART)
        if stream is None:
            return ()
        found: list[Relation] = []

        def began(tag: str, attributes: Mapping[str, str]) -> None:
            if tag.endswith("}Relationship"):
                found.append(_relation(attributes, folder))

        with stream:
            markup.read(stream, began)
        return tuple(found)


def _relation(element: Mapping[str, str], folder: str) -> Relation:
    outside = element.get("TargetMode") == "External"
    kind = element.get("Type", "").rpartition("/")[2]
    return Relation(kind, element.get("Target", ""), outside, folder)


def _resolved(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(folder, target.replace("\\", "/")))


def examine(sample: Sample, facts: Facts) -> Facts:
    """Text, tables, contact, pictures, remote templates. XML that expands is damage."""
    try:
        return _examined(_Package(sample.archive), facts)
    except (ParseError, DefusedXmlException, _Unreadable, *BROKEN) as error:
        disk.pass_on(error)
        return replace(facts, damaged="unopenable")


def _examined(package: _Package, facts: Facts) -> Facts:
    mains = (r.target for r in package.relations("") if r.kind == _MAIN and not r.outside)
    main = next(mains, "word/document.xml")
    body = _read(package, main)
    if body is None:
        raise _Unreadable
    relations = package.relations(main)
    around = [_read(package, r.target) for r in relations if r.kind in _AROUND and not r.outside]
    told = text.add(
        facts,
        body=body.text,
        around="\n".join(part.text for part in around if part),
        tables=[*body.tables, *(table for part in around if part for table in part.tables)],
    )
    return replace(
        told,
        remote_template=_is_remote(package, relations),
        pictures=tuple(_pictures(package, relations)),
    )


def _read(package: _Package, name: str) -> Body | None:
    stream = package.open(name, _LARGEST_PART)
    if stream is None:
        return None
    with stream:
        return Body.read(stream)


def _is_remote(package: _Package, relations: tuple[Relation, ...]) -> bool:
    settings = next((r.target for r in relations if r.kind == "settings"), "")
    loaded = [*relations, *(package.relations(settings) if settings else ())]
    return any(
        r.outside and r.kind in _LOADED and r.target.lower().startswith(_REMOTE) for r in loaded
    )


def _pictures(package: _Package, relations: tuple[Relation, ...]) -> Iterator[Picture]:
    names = dict.fromkeys(r.target for r in relations if r.kind == "image" and not r.outside)
    for name in list(names)[:_MOST_PICTURES]:
        stream = package.open(name, _LARGEST_PICTURE)
        if stream is None:
            continue
        # Unpacked once: a look at the end of a packed stream begins it anew, 7 ms a photograph.
        unpacked = io.BytesIO()
        with stream:
            shutil.copyfileobj(stream, unpacked)
        size = unpacked.tell()
        seen = image.look(unpacked)
        if seen.hash is not None and seen.width and seen.height:  # vector drawings have none
            yield Picture(
                width=seen.width,
                height=seen.height,
                size=size,
                hash=seen.hash,
                sketch=seen.sketch,
            )
