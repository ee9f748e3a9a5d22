"""Formats that are OLE compound files inside: Word 97, WPS, encrypted OOXML, Outlook, MSI."""

from typing import Any, Final

import olefile  # type: ignore[import-untyped]

from daemon.inspection import disk
from daemon.inspection.ole import BROKEN
from daemon.inspection.sort import Sample, Sort
from daemon.inspection.word import vba

_MARK: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_INSTALLER: Final = "000C1084-0000-0000-C000-000000000046"

# The stream that makes a format, in the order they are asked for.
_STREAMS: Final = (
    ("worddocument", "doc"),
    ("workbook", "xls"),
    ("book", "xls"),
    ("powerpoint document", "ppt"),
    ("pp40", "ppt"),
    ("visiodocument", "vsd"),
    ("matost", "wps"),
    ("mm", "wps"),
    ("__properties_version1.0", "msg"),
    ("fileheader", "hwp"),
)
_ENCRYPTED_NAMES: Final = frozenset({"docx", "docm", "dotx", "xlsx", "xlsm", "pptx", "pptm"})
_WPS_NAMES: Final = {"wps": "wps", "wpt": "wps", "et": "et", "ett": "et", "dps": "dps"}


def recognise(sample: Sample) -> Sort | None:
    if not sample.head.startswith(_MARK):
        return None
    try:
        with olefile.OleFileIO(str(sample.path)) as ole:
            return _inside(ole, sample.extension)
    except BROKEN as error:
        disk.pass_on(error)
        return _unopened(sample)


def _inside(ole: Any, extension: str) -> Sort:
    """`ole` is an open OleFileIO, which has no types."""
    roots = {entry.name.lower() for entry in ole.root.kids}
    if "encryptedpackage" in roots:
        kind = extension if extension in _ENCRYPTED_NAMES else _guess_encrypted(extension)
        return Sort(format=kind, encrypted=True)
    found = next((word for stream, word in _STREAMS if stream in roots), "")
    if found:
        return Sort(format=found, macros=_has_macros(ole, roots))
    if str(ole.root.clsid).upper() == _INSTALLER:
        return Sort(format="msi", executable=True)
    if "contents" in roots and _WPS_NAMES.get(extension) == "wps":
        return Sort(format="wps")
    return Sort(format=_WPS_NAMES.get(extension, "ole"))


def _has_macros(ole: Any, roots: set[str]) -> bool:
    storages = [name for name in ("macros", "_vba_project_cur") if name in roots]
    return any(vba.has_code(ole, [storage]) for storage in storages)


def _guess_encrypted(extension: str) -> str:
    """The package hides what it is; its name tells, else it is taken for Word."""
    return {"xls": "xlsx", "et": "xlsx", "ppt": "pptx", "dps": "pptx"}.get(extension, "docx")


def _unopened(sample: Sample) -> Sort:
    """A broken compound file: the names of its streams may still stand in it."""
    with sample.path.open("rb") as file:
        text = file.read(4 << 20)
    marks = (("WordDocument", "doc"), ("Workbook", "xls"), ("PowerPoint Document", "ppt"))
    found = next((word for mark, word in marks if mark.encode("utf-16-le") in text), "")
    if not found:
        found = sample.extension if sample.extension in {"doc", "xls", "ppt", "wps"} else "ole"
    return Sort(format=found, damaged="unopenable")
