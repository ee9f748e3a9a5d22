"""What an IMAP connection raises, turned into Unavailable with the name of what was attempted."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from imaplib import IMAP4
from threading import Event, Thread
from typing import Any

from daemon.errors import Unavailable
from daemon.log import plain

# What a network and a server in any mood raise through imaplib and imapclient: refusals and
# breaks (IMAP4.error, OSError, EOFError), text that is no answer (the parser's own slips),
# a literal announced larger than memory.
WORLD = (
    IMAP4.error,
    OSError,
    EOFError,
    MemoryError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    AssertionError,
    RecursionError,
)

Secrets = tuple[str, ...]
DEADLINE = 300.0  # seconds for one answer: 1 MiB over the slowest line that is worth waiting for


class Deadline:
    """Ends a connection under whoever waits on it for longer than one or two DEADLINEs.

    The timeout of a socket starts anew with each byte; a server that drips never meets it. One
    thread serves a connection, for a timer at each command would cost more than the command.
    """

    def __init__(self) -> None:
        self._over = Event()
        self._waiting = False
        self._answers = 0

    def begin(self, line: Any) -> None:
        Thread(target=self._watch, args=(line,), name="deadline", daemon=True).start()

    def end(self) -> None:
        self._over.set()

    @contextmanager
    def running(self) -> Iterator[None]:
        """One answer is waited for. The time between two of them does not count."""
        self._waiting = True
        try:
            yield
        finally:
            self._waiting = False
            self._answers += 1

    def _watch(self, line: Any) -> None:
        before = -1
        while not self._over.wait(DEADLINE):
            if self._waiting and self._answers == before:
                cut(line)
            before = self._answers


def cut(line: Any) -> None:
    """End the connection under whoever waits on it, from another thread."""
    with suppress(OSError):  # closed in the same moment
        # Of the plain socket, also below TLS: a farewell would wait for the other side.
        socket.socket.shutdown(line, socket.SHUT_RDWR)


@contextmanager
def attempting(
    what: str, *, secret: Secrets = (), refusal: type[Unavailable] = Unavailable
) -> Iterator[None]:
    """Only calls of the mail library belong inside: what they raise is the world's fault.

    `refusal` is raised when the server said no, Unavailable when the line broke.
    """
    try:
        yield
    except WORLD as error:
        told = _words(error)
        # Not chained, and before anything is cut off: a server that echoes the password must not
        # bring it into the log, nor the beginning of it.
        for word in filter(None, secret):
            told = told.replace(word, "***")
        fault = refusal if _refused(error) else Unavailable
        raise fault(what, plain(told, limit=300) or type(error).__name__) from None


def _words(error: BaseException) -> str:
    # imaplib hands on the server's line as it came.
    said = error.args[0] if error.args else ""
    if isinstance(said, bytes):
        return said.decode("utf-8", "replace")
    text = str(error)
    quoted = text.startswith(("b'", 'b"')) and text.endswith(text[1])
    return text[2:-1] if quoted else text


def _refused(error: BaseException) -> bool:
    # imapclient's login dresses a broken line as a refusal, too; the cause is kept as context.
    real = error.__context__ or error
    if not isinstance(real, IMAP4.error) or isinstance(real, IMAP4.abort):
        return False
    return "[UNAVAILABLE]" not in str(real)  # RFC 5530: the server's own trouble, not the login's
