"""gzip, bzip2 and xz: one member, named by the archive without its last ending."""

import bz2
import gzip
import lzma
import zlib
from pathlib import PurePath
from typing import Any, Final

from daemon.inspection import disk
from daemon.inspection.archive.bounds import Exceeded
from daemon.inspection.archive.member import Unpacking, chunks
from daemon.inspection.archive.unpacked import Unpacked

_OPENERS: Final = {b"\x1f\x8b": gzip.open, b"BZ": bz2.open, b"\xfd7": lzma.open}
_TARS: Final = {".tgz": ".tar", ".tbz2": ".tar", ".txz": ".tar"}


def unpack(unpacking: Unpacking) -> Unpacked:
    with unpacking.path.open("rb") as file:
        opener: Any = _OPENERS[file.read(2)]
    unpacking.count()
    try:
        with opener(unpacking.path, "rb") as stream:
            unpacking.put(_inner(unpacking.name), chunks(stream))
    except Exceeded as limit:
        return unpacking.stopped(limit)
    except EOFError:
        return Unpacked(entries=1, damaged="truncated")
    except (lzma.LZMAError, zlib.error, OSError) as error:  # OSError: bz2's and gzip's own word
        disk.pass_on(error)
        return Unpacked(entries=1, damaged="unopenable")
    return Unpacked(members=tuple(unpacking.members), entries=1)


def _inner(name: str) -> str:
    outer = PurePath(name)
    return outer.stem + _TARS.get(outer.suffix.lower(), "") or name
