"""A proxy before a real IMAP server that behaves as a provider does: it refuses, rewrites, cuts.

What a real server would never do is written once, as a `Manners`; everything else is Dovecot.
"""

import re
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Thread
from typing import BinaryIO

LITERAL = re.compile(rb"\{(\d+)\}\r\n$")


@dataclass
class Talk:
    """One connection: the words of its commands so far, in upper case."""

    said: list[bytes] = field(default_factory=list)
    sent: int = 0  # bytes of literals given to the client


Command = Callable[[Talk, bytes, bytes], bytes | None]
"""talk, tag, the rest of the line → an answer of our own; None to ask the real server."""


def asks_the_server(_talk: Talk, _tag: bytes, _rest: bytes) -> bytes | None:
    return None


def as_it_is(_talk: Talk, line: bytes) -> bytes:
    return line


@dataclass(frozen=True)
class Manners:
    """`command` may answer instead of the server, `line` rewrites each line of an answer (b""
    drops it, None hangs up), `cut` ends the connection within a literal after so many bytes."""

    command: Command = asks_the_server
    line: Callable[[Talk, bytes], bytes | None] = as_it_is
    cut: Callable[[Talk], int | None] = lambda _talk: None


class Proxy:
    def __init__(self, port: int, manners: Manners) -> None:
        self._behind = port
        self._manners = manners
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.talks: list[Talk] = []

    def serve(self) -> None:
        with suppress(OSError):  # the listener is closed at the end of the test
            while True:
                client, _ = self._listener.accept()
                Thread(target=self._connection, args=(client,), daemon=True).start()

    def close(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _connection(self, client: socket.socket) -> None:
        talk = Talk()
        self.talks.append(talk)
        server = socket.create_connection(("127.0.0.1", self._behind))
        with client, server, suppress(OSError):
            back = Thread(target=self._answers, args=(talk, server, client), daemon=True)
            back.start()
            self._commands(talk, client, server)
            _hang_up(server)
            back.join(10)

    def _commands(self, talk: Talk, client: socket.socket, server: socket.socket) -> None:
        for line in client.makefile("rb"):
            tag, _, rest = line.partition(b" ")
            talk.said.append(rest.upper().strip())
            answer = self._manners.command(talk, tag, rest)
            if answer is None:
                server.sendall(line)
            else:
                client.sendall(answer)

    def _answers(self, talk: Talk, server: socket.socket, client: socket.socket) -> None:
        with suppress(OSError), server.makefile("rb") as answers:
            while line := answers.readline():
                told = self._manners.line(talk, line)
                if told is None or not self._literal(talk, told, line, answers, client):
                    break
        _hang_up(client)

    def _literal(
        self, talk: Talk, told: bytes, line: bytes, answers: BinaryIO, client: socket.socket
    ) -> bool:
        """Send the line and the literal that follows it; False when the connection is to end."""
        client.sendall(told)
        found = LITERAL.search(line)
        body = answers.read(int(found[1])) if found else b""
        cut = self._manners.cut(talk) if body else None
        client.sendall(body[:cut])
        talk.sent += len(body[:cut])
        return cut is None or cut >= len(body)


def _hang_up(line: socket.socket) -> None:
    with suppress(OSError):  # the other side was quicker
        line.shutdown(socket.SHUT_RDWR)


@contextmanager
def proxy(port: int, manners: Manners) -> Iterator[Proxy]:
    """A provider on loopback; `.port` is where it listens."""
    front = Proxy(port, manners)
    Thread(target=front.serve, daemon=True).start()
    try:
        yield front
    finally:
        front.close()
