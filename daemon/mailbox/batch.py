"""One UID FETCH for many messages, whose literals are handed on as they come.

The mail libraries give an answer out when all of it is in memory. So their connection is read
here, by the three methods that imaplib has in every Python: send, readline, read.
"""

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from imaplib import IMAP4
from itertools import groupby
from typing import Any

from daemon.errors import Unavailable
from daemon.log import plain
from daemon.mailbox.attempt import Deadline, attempting
from daemon.mailbox.folder import Item

CHUNK = 1 << 20  # bytes handed on at a time: a letter as a rule, hashed and written in one go
SLACK = 64 << 10  # by how much a stated size may be wrong; or by an eighth

_FLAGS = re.compile(rb"FLAGS \([^)]*\)", re.IGNORECASE)  # words of strangers
_UID = re.compile(rb"\bUID (\d{1,19})\b", re.IGNORECASE)
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d{1,19})\b", re.IGNORECASE)
_BODY = re.compile(
    rb'\bBODY\[\] (?:~?\{(?P<size>\d{1,19})\+?\}\r\n$|"(?P<text>(?:[^"\\]|\\.)*)"|NIL)',
    re.IGNORECASE,
)
_FETCH = re.compile(rb"\* \d+ FETCH \(", re.IGNORECASE)
_END = re.compile(rb"(?: [^{}\r\n]*)?\)\r?\n$")
_LITERAL = re.compile(rb"\{\d+\+?\}\r\n$")


@dataclass(frozen=True, slots=True)
class Answer:
    """A message on its way. `stated` is its RFC822.SIZE, 0 where the server does not tell."""

    uid: int
    stated: int
    chunks: Iterator[bytes]


def loose(stated: int) -> int:
    """How far from its stated size a message may be.

    Exchange counts what it would have to convert, others count line ends as one byte.
    """
    return max(stated // 8, SLACK)


class Batch:
    """Asks once, and reads the answers in the order in which the server gives them.

    `clean` says whether the connection stands between two commands, so that it can be used on.
    """

    def __init__(self, client: Any, deadline: Deadline, what: str) -> None:
        self._imap = client._imap
        self._deadline = deadline
        self._what = what
        self.clean = True

    def answers(self, items: Sequence[Item]) -> Generator[Answer, None, None]:
        """Raises Unavailable for a line that breaks, and for an answer that is none."""
        sizes = {item.uid: item.size or 0 for item in items}
        tag = self._ask(sizes)
        while not self._done(head := self._line(), tag):
            answer = self._answer(head, sizes)
            if answer is not None:
                yield answer
                for _ in answer.chunks:  # what nobody wanted to read
                    pass

    def _ask(self, sizes: dict[int, int]) -> bytes:
        tag: bytes = self._imap._new_tag()
        del self._imap.tagged_commands[tag]  # the answer is read here
        self.clean = False
        line = b"%s UID FETCH %s (UID RFC822.SIZE BODY.PEEK[])\r\n" % (tag, uid_set(list(sizes)))
        with attempting(self._what), self._deadline.running():
            self._imap.send(line)
        return tag

    def _done(self, line: bytes, tag: bytes) -> bool:
        words = line.split(None, 2)
        if words[:1] != [tag]:
            return False
        self.clean = True
        if len(words) < 2 or words[1].upper() != b"OK":
            raise self._nonsense(line)
        return True

    def _answer(self, head: bytes, sizes: dict[int, int]) -> Answer | None:
        """The message that this line begins; None for a line that tells of something else."""
        body = _BODY.search(head) if _FETCH.match(head) else None
        if body is None:
            self._pass_over(head)
            return None
        rest = _FLAGS.sub(b"", head[: body.start()] + head[body.end() :])
        uid, size = _UID.search(rest), _SIZE.search(rest)
        if uid is None or int(uid[1]) not in sizes:
            raise self._nonsense(head)
        stated = int(size[1]) if size else sizes[int(uid[1])]
        return Answer(int(uid[1]), stated, self._chunks(body, stated))

    def _pass_over(self, head: bytes) -> None:
        """News of other messages, of flags; not what cannot be understood, and no farewell."""
        words = head.upper().split(None, 2)
        if words[:1] != [b"*"] or words[1:2] in ([b"BYE"], [b"BAD"]) or _LITERAL.search(head):
            raise self._nonsense(head)

    def _chunks(self, body: re.Match[bytes], stated: int) -> Iterator[bytes]:
        if body["size"] is None:
            if body["text"]:
                yield re.sub(rb"\\(.)", rb"\1", body["text"])
            return
        left = int(body["size"])
        if left > stated + loose(stated):
            raise self._nonsense(b"%d bytes are announced where %d were stated" % (left, stated))
        while left:
            chunk = self._read(min(left, CHUNK))
            left -= len(chunk)
            yield chunk
        if not _END.match(end := self._line()):
            raise self._nonsense(end)

    def _line(self) -> bytes:
        with attempting(self._what), self._deadline.running():
            line: bytes = self._imap.readline()
            if not line.endswith(b"\n"):
                raise IMAP4.abort("the server has hung up")
        return line

    def _read(self, size: int) -> bytes:
        with attempting(self._what), self._deadline.running():
            chunk: bytes = self._imap.read(size)
            if len(chunk) < size:
                raise IMAP4.abort("the server has hung up within a message")
        return chunk

    def _nonsense(self, said: bytes) -> Unavailable:
        return Unavailable(self._what, plain(said.decode("utf-8", "replace"), limit=300))


def uid_set(uids: Sequence[int]) -> bytes:
    """`uids`, which ascend, as IMAP writes them: 1:3,7. No range spans a UID not asked for."""
    runs = groupby(enumerate(uids), key=lambda pair: pair[1] - pair[0])
    return b",".join(_run([uid for _, uid in run]) for _, run in runs)


def _run(uids: list[int]) -> bytes:
    return b"%d:%d" % (uids[0], uids[-1]) if len(uids) > 1 else b"%d" % uids[0]
