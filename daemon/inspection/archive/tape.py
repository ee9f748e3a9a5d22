"""Tar by the standard library."""

import tarfile

from daemon.inspection.archive.bounds import Exceeded
from daemon.inspection.archive.member import Unpacking, chunks
from daemon.inspection.archive.unpacked import Unpacked


def unpack(unpacking: Unpacking) -> Unpacked:
    """Regular files only: links and devices are counted and left."""
    damaged = ""
    try:
        with tarfile.open(unpacking.path, "r:") as archive:
            for info in archive:
                unpacking.count()
                stream = archive.extractfile(info) if info.isreg() else None
                if stream is not None:
                    unpacking.put(info.name, chunks(stream))
    except Exceeded as limit:
        return unpacking.stopped(limit)
    except (tarfile.TarError, EOFError, ValueError, MemoryError):  # a head that lies, a missing end
        damaged = "truncated" if unpacking.members else "unopenable"
    members = tuple(unpacking.members)
    return Unpacked(members=members, entries=len(members), damaged=damaged)
