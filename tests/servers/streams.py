"""What servers do to a FETCH of many whole messages; pieces of one are handed out as usual."""

import re
from collections.abc import Callable, Sequence

from tests.servers.proxy import Manners, Talk

_ASKED = re.compile(rb"UID FETCH ([\d:,]+) \(UID RFC822\.SIZE BODY\.PEEK\[\]\)", re.IGNORECASE)


def uids_of(words: bytes) -> list[int]:
    """The UIDs that a command asks for whole; none for any other command."""
    asked = _ASKED.match(words.strip())
    ends = [[int(n) for n in run.split(b":")] for run in asked[1].split(b",")] if asked else []
    return [uid for run in ends for uid in range(run[0], run[-1] + 1)]


def batches(talks: Sequence[Talk]) -> list[list[int]]:
    """Every batch that was asked for."""
    return [uids for talk in talks for said in talk.said if (uids := uids_of(said))]


def answer(uid: int, raw: bytes, *, size: int | None = None, length: int | None = None) -> bytes:
    """An answer as it should be; or stating another size, announcing another length."""
    stated = len(raw) if size is None else size
    announced = len(raw) if length is None else length
    head = b"* %d FETCH (UID %d RFC822.SIZE %d BODY[] {%d}\r\n" % (uid, uid, stated, announced)
    return head + raw + b")\r\n"


def scripted(said: Callable[[list[int]], bytes]) -> Manners:
    """Says this to every batch, then that it is done."""

    def command(_talk: Talk, tag: bytes, rest: bytes) -> bytes | None:
        uids = uids_of(rest)
        return said(uids).replace(b"TAG", tag) if uids else None

    return Manners(command=command)


def cuts_batches(after: int) -> Manners:
    """Ends the connection within every long answer, and never within a piece."""

    def cut(talk: Talk) -> int | None:
        return after if uids_of(talk.said[-1]) else None

    return Manners(cut=cut)


def talkative(_talk: Talk, line: bytes) -> bytes:
    """News of everything before each message, and the flags after it."""
    if b"BODY[] {" not in line:
        return line.replace(b")\r\n", b" FLAGS (\\Seen BODY[]))\r\n") if line == b")\r\n" else line
    news = (
        b"* 2 EXISTS\r\n* 1 RECENT\r\n* OK still here\r\n* NO one thing failed\r\n",
        b"* 1 FETCH (FLAGS (\\Seen))\r\n* 3 FETCH (UID 3 FLAGS (\\Answered $UID 9))\r\n",
        b"* 99 EXPUNGE\r\n* VANISHED 7\r\n",
    )
    return b"".join(news) + line


TALKATIVE = Manners(line=talkative)
