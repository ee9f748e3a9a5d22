"""What reading OLE compound files with olefile may raise."""

from typing import Final

# What olefile lets through on broken files (it reads sectors by offsets found in the file).
BROKEN: Final = (
    OSError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
    KeyError,
    OverflowError,
    RecursionError,
)
