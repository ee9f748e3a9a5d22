"""Real SMTP servers on loopback, and how each of them misbehaves."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from daemon.outbox import Server

SENDER = "zuzhibu@example.edu.cn"
PASSWORD = "open sesame"


@dataclass
class Post:
    """What the server took, and what it answers: to DATA, and to RCPT of certain addresses."""

    taken: list[Envelope] = field(default_factory=list)
    connections: int = 0
    after_data: list[str] = field(default_factory=list)  # one for each mail, then 250
    at_rcpt: Mapping[str, str] = field(default_factory=dict)
    at_mail: str = ""
    drops: int = 0  # so many mails are taken and the connection cut before the answer

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's names
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, lines: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return lines

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self.at_mail or "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.at_rcpt.get(address, "250 OK")
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.drops:
            self.drops -= 1
            self.taken.append(envelope)
            assert server.transport is not None
            server.transport.close()
            return "250 never heard"
        answer = self.after_data.pop(0) if self.after_data else "250 OK"
        if answer.startswith("2"):
            self.taken.append(envelope)
        return answer


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def a_server(port: int, **changes: object) -> Server:
    known: dict[str, object] = {"host": "127.0.0.1", "port": port, "tls": "none", "timeout": 5.0}
    return Server(sender=SENDER, **(known | changes))  # type: ignore[arg-type]


@contextmanager
def serving(post: Post, port: int = 0, **options: Any) -> Iterator[Server]:
    """A server on this port; its coordinates. `options` are aiosmtpd's."""
    port = port or free_port()
    controller = Controller(post, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield a_server(port)
    finally:
        controller.stop()


def only(username: str, password: str) -> Callable[..., AuthResult]:
    def check(
        server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
    ) -> AuthResult:
        known = LoginPassword(username.encode(), password.encode())
        return AuthResult(success=data == known, handled=False)

    return check


@contextmanager
def scripted(talk: Callable[[socket.socket], None]) -> Iterator[Server]:
    """A server that says what no real one would; `talk` has each connection for itself."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=_accept, args=(listener, talk), daemon=True)
        thread.start()
        yield a_server(listener.getsockname()[1], timeout=0.5, deadline=0.5)
        listener.shutdown(socket.SHUT_RDWR)
        thread.join(5)


def _accept(listener: socket.socket, talk: Callable[[socket.socket], None]) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:  # the test is over
            return
        with connection:
            try:
                talk(connection)
            except OSError:  # the client hung up, as it should
                continue


def server_context(certificate: str, key: str) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    return context
