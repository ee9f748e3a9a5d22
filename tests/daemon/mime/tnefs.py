"""winmail.dat files, built by the published layout (MS-OXTNEF)."""

import struct

LONG_NAME, SHORT_NAME, OBJECT = 0x3707, 0x3704, 0x3701
GUID = b"\x0b" + bytes(7) + b"\xc0" + bytes(6) + b"\x46"


def attribute(level: int, number: int, data: bytes) -> bytes:
    return struct.pack("<BHHI", level, number, 0, len(data)) + data + struct.pack("<H", 0)


def padded(data: bytes) -> bytes:
    return struct.pack("<I", len(data)) + data + bytes(-len(data) % 4)


def property_(number: int, kind: int, data: bytes) -> bytes:
    return struct.pack("<HHI", kind, number, 1) + padded(data)


def properties(*values: bytes) -> bytes:
    return struct.pack("<I", len(values)) + b"".join(values)


def wrapped(title: bytes, data: bytes, *values: bytes) -> bytes:
    """One file: its short title, its bytes, its MAPI properties."""
    rows = attribute(2, 0x9002, bytes(14)) + attribute(2, 0x8010, title + b"\x00")
    rows += attribute(2, 0x800F, data) if data else b""
    return rows + (attribute(2, 0x9005, properties(*values)) if values else b"")


def winmail(*files: bytes, codepage: int = 936) -> bytes:
    head = b"\x78\x9f\x3e\x22\x01\x00" + attribute(1, 0x9006, b"\x00\x00\x01\x00")
    return head + attribute(1, 0x9007, struct.pack("<II", codepage, 0)) + b"".join(files)
