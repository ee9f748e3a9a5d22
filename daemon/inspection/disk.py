"""Which OSErrors are the world's: a full or failing disk, too many open files.

The others come from content: a seek to an offset that a file claims (EINVAL), a library that
calls every fault OSError.
"""

import errno
from typing import Final

_FAULTS: Final = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOENT}
    | {errno.EACCES, errno.EROFS, errno.ESTALE, errno.ENODEV}
)


def is_fault(error: BaseException) -> bool:
    return isinstance(error, OSError) and error.errno in _FAULTS


def pass_on(error: BaseException) -> None:
    """Raise `error` again when it is the world's fault, and not what the file contains."""
    if is_fault(error):
        raise error
