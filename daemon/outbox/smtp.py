"""Replies by SMTP: the only importer of smtplib."""

import re
import smtplib
import socket
import ssl
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from daemon.errors import ConfigError, Unavailable
from daemon.ledger import Queued
from daemon.oauth import Access
from daemon.outbox import bearer
from daemon.outbox.transport import Barred, Postponed, Refused

# NetEase says these of the account, its quota or the likeness of its mails (554 MI:STC, DT:SPM)
OURS = re.compile(
    rb"\b(MI|DT|HL|IP):[A-Z]{2,4}\b|\b5\.4\.5\b|sending limit|submission quota|frequency limit",
    re.IGNORECASE,
)
NO_SUCH_ADDRESS = re.compile(rb"\b5\.1\.([1236]|10)\b")
LINE_END = re.compile(rb"\r\n|\r|\n")
TOO_LARGE = 552
CLOSING = 421


@dataclass(frozen=True, kw_only=True, slots=True)
class Server:
    """How to reach the server that takes our mail. `password` is asked at each login, or a token
    of `access` in its place.

    `sender` is the address of the mailbox; the envelope carries it, or is empty with "null".
    `timeout` is for one answer, `deadline` for one mail or login altogether, in seconds: a
    server that drips a byte now and then passes the first and not the second.
    """

    host: str
    port: int
    sender: str
    tls: Literal["implicit", "starttls", "none"] = "implicit"
    username: str = ""
    password: Callable[[], str] = str
    access: Access | None = None
    envelope: Literal["self", "null"] = "self"
    ca: Path | None = None
    hello: str = "[127.0.0.1]"  # else smtplib asks DNS for our name, which may take minutes
    timeout: float = 30.0
    deadline: float = 180.0


class Smtp:
    """One connection, kept for a batch."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._session: smtplib.SMTP | None = None

    def open(self) -> None:
        self.close()
        server = self.server
        with _reported(f"SMTP {server.host}:{server.port}"):
            session = _session(server)
            self._session = session
            with _within(server.deadline, session):
                _connect(session, server)
                _login(session, server)

    def send(self, reply: Queued) -> None:
        if not _speakable(reply.to):
            raise Refused(f"not an address for SMTP: {reply.to!r}")
        if self._session is None or self._session.sock is None:
            self.open()
        session = self._session
        assert session is not None
        attempt = f"SMTP {self.server.host} to {reply.to}"
        with _reported(attempt), _within(self.server.deadline, session):
            _hand_over(session, self.server, reply)

    def close(self) -> None:
        session, self._session = self._session, None
        if session is None or session.sock is None:
            return
        try:
            with _within(self.server.timeout, session):
                session.quit()
        except (smtplib.SMTPException, OSError):
            # it hung up first, or answers QUIT with nonsense: all mail is handed over by now
            session.close()


def _session(server: Server) -> smtplib.SMTP:
    if server.tls != "implicit":
        session = smtplib.SMTP(local_hostname=server.hello, timeout=server.timeout)
    else:
        session = smtplib.SMTP_SSL(
            local_hostname=server.hello, timeout=server.timeout, context=_context(server)
        )
    # set by the constructor only if it also connects, and then nothing can end a slow greeting
    session._host = server.host  # type: ignore[attr-defined]
    return session


def _connect(session: smtplib.SMTP, server: Server) -> None:
    code, answer = session.connect(server.host, server.port)
    if code != 220:
        raise smtplib.SMTPConnectError(code, answer)
    if server.tls == "starttls":
        session.starttls(context=_context(server))


def _login(session: smtplib.SMTP, server: Server) -> None:
    session.ehlo_or_helo_if_needed()
    if server.access is not None:
        bearer.login(session, server.username, server.access)
    elif server.username:
        _by_password(session, server.username, server.password())


def _by_password(session: smtplib.SMTP, user: str, password: str) -> None:
    try:
        session.login(user, password)
    except smtplib.SMTPAuthenticationError as refusal:
        said = _octets(refusal.smtp_error)
        # Some servers repeat what they refuse: in clear or in base64, it must come into no log.
        for secret in (password.encode(), f"\0{user}\0{password}".encode()):
            for word in filter(None, (secret, b64encode(secret))):
                said = said.replace(word, b"***")
        raise smtplib.SMTPAuthenticationError(refusal.smtp_code, said) from None


def _context(server: Server) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=server.ca)


def _hand_over(session: smtplib.SMTP, server: Server, reply: Queued) -> None:
    sender = server.sender if server.envelope == "self" else ""
    # a bare CR or LF could end the mail early on the way (smuggling)
    raw = LINE_END.sub(b"\r\n", reply.raw)
    eight_bit = not raw.isascii() and session.has_extn("8bitmime")
    session.sendmail(sender, [reply.to], raw, mail_options=["BODY=8BITMIME"] if eight_bit else [])


def _speakable(address: str) -> bool:
    """A line break in an address would be a command of its own; SMTPUTF8 is not spoken."""
    return address.isascii() and address.isprintable() and " " not in address and "@" in address


@contextmanager
def _within(seconds: float, session: smtplib.SMTP) -> Iterator[None]:
    timer = threading.Timer(seconds, _cut, (session,))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _cut(session: smtplib.SMTP) -> None:
    """End the connection under whoever waits on it; TLS is not asked."""
    sock = session.sock
    if sock is not None:
        try:
            socket.socket.shutdown(sock, socket.SHUT_RDWR)
        except OSError:  # closed in the same moment
            return


@contextmanager
def _reported(attempt: str) -> Iterator[None]:
    """Whose fault it is, by where in the exchange the server refused."""
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        code, answer = next(iter(error.recipients.values()))
        raise _refusal(attempt, code, answer) from error
    except smtplib.SMTPDataError as error:
        raise _refusal(attempt, error.smtp_code, _octets(error.smtp_error)) from error
    except smtplib.SMTPSenderRefused as error:
        # 553 Mail from must equal authorized user; 530 Authentication required
        answer = _octets(error.smtp_error)
        # a full quota of ours has no code of its own, but too large a mail has
        if error.smtp_code == TOO_LARGE:
            raise Refused(_said(error.smtp_code, answer)) from error
        raise _closed(attempt, error.smtp_code, answer) from error
    except smtplib.SMTPResponseException as error:
        # greeting, HELO, STARTTLS or AUTH refused
        raise _closed(attempt, error.smtp_code, _octets(error.smtp_error)) from error
    except smtplib.SMTPNotSupportedError as error:  # no STARTTLS or no AUTH offered
        raise Barred(attempt, error) from error
    except Unavailable:  # the provider that vouches for us is away
        raise
    except (smtplib.SMTPException, OSError) as error:
        # hung up, timed out, no route, no such host, a certificate that is not trusted
        raise Unavailable(attempt, error) from error
    except (ConfigError, UnicodeError) as error:
        # a password file that is gone; a password or host name that SMTP cannot carry
        raise Barred(attempt, error) from error


def _refusal(attempt: str, code: int, answer: bytes) -> Exception:
    # before the code: 554 is "never" of a mail and "not now" of an account
    if OURS.search(answer):
        return Barred(attempt, _said(code, answer))
    if code == CLOSING or not 400 <= code < 600:
        return Unavailable(attempt, _said(code, answer))
    if code < 500:
        return Postponed(_said(code, answer))
    return Refused(_said(code, answer), dead=bool(NO_SUCH_ADDRESS.search(answer)))


def _closed(attempt: str, code: int, answer: bytes) -> Unavailable:
    kind = Barred if code >= 500 else Unavailable
    return kind(attempt, _said(code, answer))


def _said(code: int, answer: bytes) -> str:
    return f"{code} {answer.decode('utf-8', 'replace')[:500]}"


def _octets(answer: bytes | str) -> bytes:
    """smtplib gives its own remarks as text and the server's as bytes."""
    return answer if isinstance(answer, bytes) else answer.encode()
