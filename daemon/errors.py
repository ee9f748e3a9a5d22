"""Whose fault is it? The sender's is a Finding; these two are the operator's and the world's.

Any other exception is ours: the shell holds the message with its traceback and goes on.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of the operator. `key` is a path such as `mailbox.0.imap.port`."""

    key: str
    text: str

    def __str__(self) -> str:
        return f"{self.key}: {self.text}" if self.key else self.text


class ConfigError(Exception):
    """A configuration or notice that cannot be used: every problem at once. Exit status 78."""

    def __init__(self, problems: Iterable[Problem], *, source: str = "") -> None:
        self.problems = tuple(problems)
        self.source = source
        super().__init__("\n".join(str(p) for p in self.problems))


class Unavailable(Exception):
    """The world failed: network, server, disk, a missing reader. Retried; never a verdict."""

    def __init__(self, attempt: str, cause: object = "") -> None:
        self.attempt = attempt
        self.cause = str(cause)
        super().__init__(f"{attempt}: {self.cause}" if self.cause else attempt)
