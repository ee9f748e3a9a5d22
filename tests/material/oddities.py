"""Things that people attach by mistake, or should not attach at all."""

import struct

from tests.material.zips import zip_of

EMPTY = b""


def exe() -> bytes:
    """The headers of a Windows program."""
    stub = b"MZ" + bytes(58) + struct.pack("<I", 128)
    return stub.ljust(128, b"\0") + b"PE\0\0" + struct.pack("<HH", 0x8664, 1) + bytes(400)


def lnk() -> bytes:
    """A Windows shortcut: it points to a file that stayed on the sender's desk."""
    return struct.pack("<I", 0x4C) + bytes.fromhex("0114020000000000c000000000000046") + bytes(200)


def lock_file(owner: str = "zhang") -> bytes:
    """`~$稿件.docx`: what Word leaves beside a document that is open."""
    name = owner.encode("ascii")
    return (bytes([len(name)]) + name).ljust(55, b" ") + owner.encode("utf-16-le").ljust(107, b"\0")


def ofd() -> bytes:
    return zip_of(
        {"OFD.xml": b'<?xml version="1.0"?><ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"/>'}
    )


def ics() -> bytes:
    return b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"


def vcf() -> bytes:
    return "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:张老师\r\nEND:VCARD\r\n".encode()
