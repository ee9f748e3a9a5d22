"""What kind of file it is: the word of `Facts.format`, with what the container says at once."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Sort:
    """`format` is one lower-case word, "unknown" when nothing was recognised."""

    format: str = "unknown"
    executable: bool = False
    encrypted: bool = False
    damaged: str = ""
    macros: bool = False
