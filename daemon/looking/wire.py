"""An opened mail, and what it is opened with, as plain values that JSON can carry, and back."""

import re
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any

from daemon.links import Provider
from daemon.message import File, Opened
from rules.submission import Link, Message

Words = dict[str, Any]


def to_words(opened: Opened, into: Path) -> Words:
    """Files are said as they lie below the folder `into`."""
    return {
        "message": _flat(opened.message),
        "files": [_flat(f) | {"disk": str(f.disk.relative_to(into))} for f in opened.files],
        "links": [_flat(link) for link in opened.links],
    }


def from_words(words: Words, into: Path) -> Opened:
    """Raises TypeError, ValueError or LookupError when these are not the words of a mail that
    was opened into `into`: the process that said them may have been taken over."""
    root = into.resolve()
    return Opened(
        message=_message(words["message"]),
        files=tuple(_file(f, into, root) for f in words["files"]),
        links=tuple(_link(link) for link in words["links"]),
    )


def provider_to_words(provider: Provider) -> Words:
    words = _flat(provider) | {"path": provider.path.pattern}
    words |= {"marks": sorted(provider.marks), "decoys": sorted(provider.decoys)}
    return words | {"near": provider.near and provider.near.pattern}


def provider_from_words(words: Words) -> Provider:
    near = words["near"]
    known = {
        "path": re.compile(words["path"], re.IGNORECASE),
        "hosts": tuple(words["hosts"]),
        "marks": frozenset(words["marks"]),
        "decoys": frozenset(words["decoys"]),
        "near": re.compile(near) if near else None,
    }
    return Provider(**words | known)


def _flat(one: Any) -> Words:
    """A dataclass of plain fields; instants as ISO 8601."""
    return {f.name: _plain(getattr(one, f.name)) for f in fields(one)}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _message(words: Words) -> Message:
    known = {
        "date": _instant(words["date"]),
        "received": _instant(words["received"]),
        "headers": tuple((name, value) for name, value in words["headers"]),
        "references": tuple(words["references"]),
        "enclosed": tuple(words["enclosed"]),
    }
    return Message(**words | known)


def _file(words: Words, into: Path, root: Path) -> File:
    disk = into / words["disk"]
    if not (disk.resolve().is_relative_to(root) and disk.is_file()):
        raise ValueError(f"no file of this mail: {words['disk']}")
    return File(**words | {"disk": disk, "path": tuple(words["path"])})


def _link(words: Words) -> Link:
    return Link(**words | {"expires": _instant(words["expires"])})


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
