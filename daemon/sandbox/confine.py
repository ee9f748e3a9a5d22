"""Take away from this process what an inspector of files does not need. Linux, unprivileged.

What the kernel does not grant is left out: limits always hold; the network goes by an empty
network namespace where that is allowed, and by a seccomp filter where that is.
"""

import ctypes
import os
import platform
import resource
import signal
import struct
from typing import Final

_PR_SET_PDEATHSIG: Final = 1
_PR_SET_NO_NEW_PRIVS: Final = 38
_PR_SET_SECCOMP: Final = 22
_SECCOMP_MODE_FILTER: Final = 2
_CLONE_NEWUSER: Final = 0x10000000
_CLONE_NEWNET: Final = 0x40000000
_EPERM: Final = 1

# linux/audit.h architecture → numbers of socket, execve, execveat, ptrace.
_FORBIDDEN: Final = {
    "x86_64": (0xC000003E, (41, 59, 322, 101)),
    "aarch64": (0xC00000B7, (198, 221, 281, 117)),
}


def die_with(parent: int) -> None:
    """Be killed when the thread that started us ends. `parent` is the process that should be."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before we could ask
        os._exit(0)


def limit(*, memory: int, file_size: int, open_files: int) -> None:
    for what, value in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, file_size),
        (resource.RLIMIT_NOFILE, open_files),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        ceiling = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(what, (ceiling, ceiling))


def allow_cpu(seconds: float) -> None:
    """So much more processor time, then SIGXCPU."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(usage.ru_utime + usage.ru_stime + seconds) + 1
    if hard != resource.RLIM_INFINITY:
        soft = min(soft, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def shut() -> None:
    """No new privileges, no network, no other programs."""
    libc = ctypes.CDLL(None)
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    if libc.unshare(_CLONE_NEWNET) != 0:  # root may; anybody else needs a user namespace first
        libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)
    forbidden = _FORBIDDEN.get(platform.machine())
    if forbidden is not None:
        _filter(*forbidden)


def _prctl(option: int, value: int) -> None:
    ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def _filter(architecture: int, calls: tuple[int, ...]) -> None:
    """Install a seccomp filter under which `calls` fail with EPERM (linux/filter.h)."""
    load, equal, give = 0x20, 0x15, 0x06
    refuse = len(calls) + 2  # lines down; a foreign architecture may call nothing
    program = [(load, 0, 0, 4), (equal, 0, refuse, architecture), (load, 0, 0, 0)]
    program += [(equal, len(calls) - i, 0, number) for i, number in enumerate(calls)]
    program += [(give, 0, 0, 0x7FFF0000), (give, 0, 0, 0x00050000 | _EPERM)]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *line) for line in program))
    head = ctypes.create_string_buffer(
        struct.pack("HxxxxxxP", len(program), ctypes.addressof(code))
    )
    ctypes.CDLL(None).prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, head, 0, 0)
