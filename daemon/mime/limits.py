"""How much of a message is read. Past a limit it is held, with the reason in words."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """Lengths in bytes. Lines have no limit of their own: nothing is read line by line."""

    header: int = 1 << 20  # one header block; real ones stay under 64 KiB
    fields: int = 5_000  # headers of one block
    parts: int = 1_000  # of one message, as many as an archive may hold
    depth: int = 30  # multiparts within multiparts; real mail stays under 8
    text: int = 16 << 20  # the bodies, together, with the files that are pasted into them
    words: int = 4 << 20  # the bodies without those files: what people read
    inner: int = 1_000  # parts of all mails and TNEF files inside the message, together
    properties: int = 16 << 20  # the MAPI block of one file in winmail.dat
    block: int = 1 << 18  # read and decoded at once


LIMITS = Limits()


class Excess(Exception):
    """A limit is passed. The words go into Message.unreadable."""
