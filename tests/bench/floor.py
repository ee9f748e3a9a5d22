"""What nobody can do without for one large letter: python -m tests.bench.floor LETTER FOLDER.

Copied with its digest and synced, as a spool does; its base64 decoded, with its digest, to a file.
"""

import binascii
import hashlib
import os
import sys
from pathlib import Path

CHUNK = 78 << 14  # whole lines of base64


def main(letter: str, folder: str) -> None:
    spooled = Path(folder) / "spooled"
    digest = hashlib.sha256()
    with Path(letter).open("rb") as source, spooled.open("wb") as target:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            target.write(chunk)
        target.flush()
        os.fsync(target.fileno())
    decoded = hashlib.sha256()
    with spooled.open("rb") as source, (Path(folder) / "decoded").open("wb") as target:
        while chunk := source.read(CHUNK):
            data = binascii.a2b_base64(chunk[: len(chunk) // 78 * 78])
            decoded.update(data)
            target.write(data)


if __name__ == "__main__":
    main(*sys.argv[1:])
