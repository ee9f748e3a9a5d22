"""gzip, bzip2 and xz: one member, named by the archive without its last ending."""

import bz2
import gzip
import lzma
import zlib
from pathlib import Path, PurePath
from typing import Any, Final

from daemon.inspection import disk
from daemon.inspection.archive.bounds import Exceeded
from daemon.inspection.archive.member import Unpacking, chunks
from daemon.inspection.archive.unpacked import Unpacked

_OPENERS: Final = {b"\x1f\x8b": gzip.open, b"BZ": bz2.open, b"\xfd7": lzma.open}
_TARS: Final = {".tgz": ".tar", ".tbz2": ".tar", ".txz": ".tar"}


def unpack(path: Path, name: str, unpacking: Unpacking) -> Unpacked:
    with path.open("rb") as file:
        opener: Any = _OPENERS[file.read(2)]
    unpacking.count()
    try:
        with opener(path, "rb") as stream:
            unpacking.put(_inner(name), chunks(stream))
    except Exceeded as limit:
        return Unpacked(entries=1, bomb=limit.which)
    except EOFError:
        return Unpacked(entries=1, damaged="truncated")
    except (lzma.LZMAError, zlib.error, OSError) as error:  # OSError: bz2's and gzip's own word
        disk.pass_on(error)
        return Unpacked(entries=1, damaged="unopenable")
    return Unpacked(members=tuple(unpacking.members), entries=1)


def _inner(name: str) -> str:
    outer = PurePath(name)
    return outer.stem + _TARS.get(outer.suffix.lower(), "") or name
