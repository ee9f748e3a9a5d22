"""What a server counts in a folder: as long as that stays the same, nothing has come."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tally:
    """The three numbers that a new message changes, all of them on an honest server."""

    uidvalidity: str
    uidnext: int
    messages: int


def tally(said: Mapping[bytes, object]) -> Tally | None:
    """From the answer to SELECT or STATUS. None where the server leaves one of them out.

    NetEase, Winmail and others have no UIDNEXT: they are looked through each time.
    """
    validity, following = said.get(b"UIDVALIDITY"), said.get(b"UIDNEXT")
    messages = said.get(b"MESSAGES", said.get(b"EXISTS"))
    if not (validity and isinstance(following, int) and isinstance(messages, int)):
        return None
    return Tally(str(validity), following, messages)
