"""What nobody can do without for one large letter.

    python -m tests.bench.floor LETTER FOLDER       # a file
    python -m tests.bench.floor PORT USER FOLDER    # the first letter of a mailbox on loopback

Copied with its digest and synced, as a spool does; its base64 decoded, with its digest, to a file.
The second way fetches it by one command over a bare socket. Prints the seconds of both halves,
without those of starting Python.
"""

import binascii
import hashlib
import io
import json
import os
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pybase64

from tests.bench.wire_ways import examined

CHUNK = 78 << 14  # whole lines of base64


def from_file(letter: Path) -> Iterator[memoryview]:
    buffer = memoryview(bytearray(CHUNK))
    with letter.open("rb") as source:
        while count := source.readinto(buffer):
            yield buffer[:count]


def from_wire(port: int, user: str) -> Iterator[memoryview]:
    line = examined(port, user)
    line.sendall(b"c FETCH 1 BODY.PEEK[]\r\n")
    with line, io.BufferedReader(line.makefile("rb", buffering=0), 1 << 20) as source:
        found = re.search(rb"\{(\d+)\}", source.readline())
        assert found, "the mailbox is empty"
        left, buffer = int(found[1]), memoryview(bytearray(CHUNK))
        while left:
            count = source.readinto(buffer[: min(left, CHUNK)])
            assert count, "the server has hung up"
            left -= count
            yield buffer[:count]


def spool(chunks: Iterator[memoryview], path: Path) -> None:
    digest = hashlib.sha256()
    with path.open("wb", buffering=0) as target:
        for chunk in chunks:
            digest.update(chunk)
            target.write(chunk)
        os.fsync(target.fileno())


def decoded(lines: memoryview) -> bytes:
    try:
        return pybase64.b64decode(lines)
    except binascii.Error:  # the mail's own lines stand in the first and the last
        return binascii.a2b_base64(lines)


def decode(spooled: Path, path: Path) -> None:
    digest = hashlib.sha256()
    with path.open("wb", buffering=0) as target:
        for chunk in from_file(spooled):
            data = decoded(chunk[: len(chunk) // 78 * 78])
            digest.update(data)
            target.write(data)


def main(*words: str) -> None:
    *source, folder = words
    spooled, begun = Path(folder) / "spooled", time.monotonic()
    alone = len(source) == 1
    spool(from_file(Path(source[0])) if alone else from_wire(int(source[0]), source[1]), spooled)
    half = time.monotonic()
    decode(spooled, Path(folder) / "decoded")
    print(json.dumps({"spool": half - begun, "decode": time.monotonic() - half}))


if __name__ == "__main__":
    main(*sys.argv[1:])
