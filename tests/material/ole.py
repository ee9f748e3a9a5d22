"""Compound files (OLE), the container of Word 97 and of encrypted Office files. After [MS-CFB]."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
# Streams below this size would live in the mini stream; they are padded instead.
MINI_CUTOFF = 4096


@dataclass
class _Entry:
    name: str
    kind: int  # 1 storage, 2 stream, 5 root
    data: bytes = b""
    left: int = FREE
    right: int = FREE
    child: int = FREE
    start: int = END


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file. A name such as `Macros/VBA/dir` puts the stream into storages."""
    entries = [_Entry("Root Entry", 5)]
    _grow(entries, 0, _tree(streams))
    body, fat = b"", list[int]()
    for entry in entries:
        if entry.kind == 2:
            entry.start = len(fat)
            body += _padded(entry.data)
            fat += _chain(len(fat), len(_padded(entry.data)) // SECTOR)
    directory = b"".join(map(_directory_entry, entries))
    directory += _directory_entry(_Entry("", 0)) * (-len(entries) % 4)
    first_directory = len(fat)
    fat += _chain(len(fat), len(directory) // SECTOR)
    return _assembled(body + directory, fat, first_directory)


def _assembled(body: bytes, fat: list[int], first_directory: int) -> bytes:
    sectors = 1
    while len(fat) + sectors > sectors * 128:
        sectors += 1
    places = [len(fat) + i for i in range(sectors)]
    table = fat + [FAT] * sectors
    table += [FREE] * (sectors * 128 - len(table))
    difat = places + [FREE] * (109 - sectors)
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIIII",
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6),
        *(0, sectors, first_directory, 0, MINI_CUTOFF, END, 0, END, 0, difat[0]),
    )
    header += struct.pack("<108I", *difat[1:])
    return header + body + struct.pack(f"<{len(table)}I", *table)


def _padded(data: bytes) -> bytes:
    size = max(len(data), MINI_CUTOFF)
    return data.ljust(size + -size % SECTOR, b"\0")


def _chain(start: int, count: int) -> list[int]:
    return [start + i + 1 for i in range(count - 1)] + [END]


def _tree(streams: Mapping[str, bytes]) -> dict[str, object]:
    root: dict[str, object] = {}
    for path, data in streams.items():
        *folders, name = path.split("/")
        place = root
        for folder in folders:
            below = place.setdefault(folder, {})
            assert isinstance(below, dict)
            place = below
        place[name] = data
    return root


def _grow(entries: list[_Entry], parent: int, tree: Mapping[str, object]) -> None:
    places: list[int] = []
    for name in sorted(tree, key=lambda n: (len(n), n.upper())):
        content = tree[name]
        places.append(len(entries))
        if isinstance(content, bytes):
            entries.append(_Entry(name, 2, content))
        elif isinstance(content, dict):
            entries.append(_Entry(name, 1))
            _grow(entries, places[-1], content)
    entries[parent].child = _balanced(entries, places)


def _balanced(entries: list[_Entry], places: Sequence[int]) -> int:
    if not places:
        return FREE
    middle = len(places) // 2
    entry = entries[places[middle]]
    entry.left = _balanced(entries, places[:middle])
    entry.right = _balanced(entries, places[middle + 1 :])
    return places[middle]


def _directory_entry(entry: _Entry) -> bytes:
    name = entry.name.encode("utf-16-le")
    length = len(name) + 2 if name else 0
    size = max(len(entry.data), MINI_CUTOFF) if entry.kind == 2 else 0
    start = entry.start if entry.kind == 2 else (END if entry.kind == 5 else 0)
    return struct.pack(
        "<64sHBBIII16xI16xIQ",
        *(name, length, entry.kind, 1, entry.left, entry.right, entry.child, 0, start, size),
    )


def encrypted_office() -> bytes:
    """What Word saves under a password: the real document is inside `EncryptedPackage`."""
    info = struct.pack("<HHI", 4, 4, 0x40) + (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<encryption '
        b'xmlns="http://schemas.microsoft.com/office/2006/encryption">'
        b'<keyData saltSize="16" blockSize="16" keyBits="256" hashSize="64" '
        b'cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512" '
        b'saltValue="AAAAAAAAAAAAAAAAAAAAAA=="/></encryption>'
    )
    package = struct.pack("<Q", 9000) + bytes((i * 197 + 13) % 256 for i in range(9008))
    return compound({"EncryptionInfo": info.ljust(MINI_CUTOFF), "EncryptedPackage": package})
