"""Formats that are ZIP files inside: Word, Excel, OFD, OpenDocument, JAR, APK; else a ZIP."""

import lzma
import re
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Final

from daemon.inspection import disk
from daemon.inspection.sort import Sample, Sort
from daemon.inspection.word import vba

_MARKS: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", b"PK00PK\x03\x04")
_LARGEST_PROJECT: Final = 32 << 20
_CONTENT_TYPES: Final = "[Content_Types].xml"

# What opening a hostile or broken archive raises: a bad directory, a place before the file's
# start (OSError), an unknown method, a size that does not fit, a name that is not what its flag
# says, an empty name (IndexError), a damaged stream. `disk.pass_on` tells the disk's OSErrors.
BROKEN: Final = (
    OSError,
    zipfile.BadZipFile,
    NotImplementedError,
    OverflowError,
    UnicodeDecodeError,
    ValueError,
    EOFError,
    KeyError,
    IndexError,
    struct.error,
    zlib.error,
    lzma.LZMAError,
)

# The main part's content type, as far as it tells formats apart.
_OFFICE: Final = (
    (b"wordprocessingml.document.main", "docx"),
    (b"ms-word.document.macroEnabled.main", "docm"),
    (b"wordprocessingml.template.main", "dotx"),
    (b"ms-word.template.macroEnabledTemplate.main", "dotm"),
    (b"spreadsheetml.sheet.main", "xlsx"),
    (b"ms-excel.sheet.macroEnabled.main", "xlsm"),
    (b"ms-excel.sheet.binary.macroEnabled.main", "xlsb"),
    (b"spreadsheetml.template.main", "xltx"),
    (b"ms-excel.template.macroEnabled.main", "xltm"),
    (b"ms-excel.addin.macroEnabled.main", "xlam"),
    (b"presentationml.presentation.main", "pptx"),
    (b"presentationml.slideshow.main", "ppsx"),
    (b"presentationml.template.main", "potx"),
    (b"ms-powerpoint.presentation.macroEnabled.main", "pptm"),
    (b"ms-powerpoint.slideshow.macroEnabled.main", "ppsm"),
    (b"ms-visio.drawing", "vsdx"),
)
_MACRO_FORMATS: Final = frozenset({"docm", "dotm", "xlsm", "xltm", "xlam", "pptm", "ppsm"})
_MIMETYPES: Final = (
    (b"application/vnd.oasis.opendocument.text", "odt"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "ods"),
    (b"application/vnd.oasis.opendocument.presentation", "odp"),
    (b"application/epub+zip", "epub"),
)
# Without the main part's type: folders that only one format has.
_FOLDERS: Final = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"))


def recognise(sample: Sample) -> Sort | None:
    if not sample.head.startswith(_MARKS):
        return None
    try:
        return _inside(sample.archive, sample.extension)
    except BROKEN as error:
        disk.pass_on(error)
        word = _by_local_names(sample.head)
        # What a broken archive still holds, opening it will show.
        return Sort(format=word, damaged="" if word == "zip" else _damage(sample.path))


def recognise_late(sample: Sample) -> Sort | None:
    """An archive behind something else: an unpacker that was cut off, or junk."""
    if not zipfile.is_zipfile(sample.path):
        return None
    try:
        return _inside(sample.archive, sample.extension)
    except BROKEN as error:
        disk.pass_on(error)
        return None


def _inside(archive: zipfile.ZipFile, extension: str) -> Sort:
    names = {name.replace("\\", "/"): name for name in archive.namelist()}
    by_case = {name.lower(): real for name, real in names.items()}
    if _CONTENT_TYPES.lower() in by_case:
        return _office(archive, by_case)
    if "ofd.xml" in by_case:
        return Sort(format="ofd")
    if "androidmanifest.xml" in by_case:
        return Sort(format="apk", executable=True)
    classes = extension == "jar" or any(name.endswith(".class") for name in by_case)
    if "meta-inf/manifest.mf" in by_case and classes:
        return Sort(format="jar", executable=True)
    if "word/document.xml" in by_case:
        return Sort(format="docx", damaged="unopenable")
    mimetype = by_case.get("mimetype")
    return Sort(format=(mimetype and _marked(_start(archive, mimetype), _MIMETYPES)) or "zip")


def _office(archive: zipfile.ZipFile, by_case: dict[str, str]) -> Sort:
    types = by_case[_CONTENT_TYPES.lower()]
    if archive.getinfo(types).flag_bits & 1:
        return Sort(format=_by_folder(by_case) or "zip", encrypted=True)
    found = _marked(_start(archive, types), _OFFICE) or _by_folder(by_case)
    projects = [real for name, real in by_case.items() if name.endswith("vbaproject.bin")]
    macros = found in _MACRO_FORMATS or any(_has_code(archive, name) for name in projects)
    if found == "xlsx" and "xl/workbook.bin" in by_case:
        found = "xlsb"
    return Sort(format=found or "zip", macros=macros)


def _has_code(archive: zipfile.ZipFile, name: str) -> bool:
    if archive.getinfo(name).file_size > _LARGEST_PROJECT:
        return True
    return vba.file_has_code(archive.read(name))


def _start(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        text = part.read(1 << 20)
    if text.startswith((b"\xff\xfe", b"\xfe\xff")):
        return text.decode("utf-16", "replace").encode()
    return text


def _marked(text: bytes, marks: tuple[tuple[bytes, str], ...]) -> str:
    return next((word for mark, word in marks if mark in text), "")


def _by_folder(names: dict[str, str]) -> str:
    return next((w for folder, w in _FOLDERS if any(n.startswith(folder) for n in names)), "")


def _by_local_names(head: bytes) -> str:
    """The format of an archive without its directory, from the members that came first."""
    names = [n.decode("ascii", "replace").lower() for n in _local_names(head)]
    if "ofd.xml" in names:
        return "ofd"
    guess = next((w for folder, w in _FOLDERS if any(n.startswith(folder) for n in names)), "")
    if not guess and _CONTENT_TYPES.lower() in names:
        return "docx"
    return guess or "zip"


def _local_names(head: bytes) -> list[bytes]:
    found = []
    for match in re.finditer(rb"PK\x03\x04", head):
        at = match.start()
        if at + 30 <= len(head):
            (length,) = struct.unpack_from("<H", head, at + 26)
            found.append(head[at + 30 : at + 30 + length].replace(b"\\", b"/"))
    return found


def _damage(path: Path) -> str:
    """Truncated when the end of the directory is missing, else merely not to be opened."""
    with path.open("rb") as file:
        size = path.stat().st_size
        file.seek(max(0, size - (64 << 10) - 22))
        return "unopenable" if b"PK\x05\x06" in file.read() else "truncated"
