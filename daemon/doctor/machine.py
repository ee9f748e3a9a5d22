"""What this machine must have: room, a clock, readers for strangers' files."""

import ctypes
import resource
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from daemon.config import Config
from daemon.doctor.check import Check, bad, look, ok
from daemon.errors import Unavailable
from daemon.inspection.clamd import Scanner

ROOM, LEAST_ROOM = 20 << 30, 3 << 30  # bytes; one video is 2 GB, spooled and decoded
FILES = 256  # open at a time
_TIME_ERROR = 5  # adjtimex(2): the clock is not synchronised


def examine(config: Config) -> Iterator[Check]:
    yield _state(config.state)
    yield _room(config.state)
    yield _clock()
    yield _open_files()
    yield from readers()
    if config.inspection.clamd:
        yield _scanner(config.inspection.clamd)


def readers() -> Iterator[Check]:
    """The C libraries that open what people send."""
    yield _libmagic()
    yield _libarchive()
    yield _libmediainfo()


def is_writable(folder: Path) -> bool:
    """Whether we may write there, or make it where it is to be."""
    try:
        with tempfile.TemporaryFile(dir=_existing(folder)):
            return True
    except OSError:  # another user's folder, a file system mounted read-only
        return False


def _state(state: Path) -> Check:
    if is_writable(state):
        return ok("state", f"{state} can be written")
    cure = "make the folder and give it to the user of the service"
    return bad("state", f"{state} cannot be written", cure)


def _room(state: Path) -> Check:
    free = shutil.disk_usage(_existing(state)).free
    said = f"{free / (1 << 30):.1f} GiB free for {state}"
    if free < LEAST_ROOM:
        return bad("disk", said, "make room: mail stays in the mailbox until there is some")
    if free < ROOM:
        return look("disk", said, "make room before the videos come")
    return ok("disk", said)


def _existing(path: Path) -> Path:
    return next(p for p in (path, *path.parents) if p.exists())


def _clock() -> Check:
    # struct timex is 208 bytes at most; all zero asks and changes nothing.
    state = ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(256))
    if state in {-1, _TIME_ERROR}:
        cure = "switch on a time service: timedatectl set-ntp true"
        return look("clock", "nobody keeps this clock right", cure)
    return ok("clock", "kept right by a time service")


def _open_files() -> Check:
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    said = f"{limit} may be open at a time"
    if limit != resource.RLIM_INFINITY and limit < FILES:
        return look("files", said, f"allow {FILES}: LimitNOFILE= in the unit")
    return ok("files", said)


def _libmagic() -> Check:
    try:
        import magic

        version: int = magic.version()  # type: ignore[no-untyped-call]
        return ok("libmagic", f"version {version / 100:.2f}")
    except (ImportError, OSError, NotImplementedError):  # the package's C half is missing
        cure = "apt install libmagic1"
        return look("libmagic", "missing: odd files are named less well", cure)


def _libarchive() -> Check:
    try:
        import libarchive.ffi  # type: ignore[import-untyped]

        said = libarchive.ffi.version_number() // 1000
    except (ImportError, OSError, AttributeError, TypeError):  # the package's C half is missing
        cure = "apt install libarchive13"
        return bad("libarchive", "missing: RAR and 7z cannot be opened, such mail is held", cure)
    return ok("libarchive", f"opens RAR and 7z, version {said // 1000}.{said % 1000}")


def _libmediainfo() -> Check:
    try:
        from pymediainfo import MediaInfo

        found = MediaInfo.can_parse()
    except (ImportError, OSError):  # a platform that the package has no library for
        found = False
    if found:
        return ok("libmediainfo", "measures videos")
    return bad("libmediainfo", "missing: videos are held", "apt install libmediainfo0v5")


def _scanner(address: str) -> Check:
    try:
        with tempfile.NamedTemporaryFile() as file:
            file.write(b"harmless")
            file.flush()
            Scanner(address).threat(Path(file.name))
    except Unavailable as error:
        return bad("clamd", str(error), "start clamav-daemon, or leave inspection.clamd empty")
    return ok("clamd", f"answers at {address}")
