"""A real SMTP server on loopback (aiosmtpd): it takes mail, or refuses as the test says."""

from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.servers.dovecot import free_port

LOGIN, PASSWORD = "zuzhibu@example.org", "smtp word"
GOOD = "250 OK"


@dataclass(frozen=True)
class Mail:
    """What came over the wire."""

    sender: str
    to: tuple[str, ...]
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        found = message_from_bytes(self.raw, policy=policy.default)
        assert isinstance(found, EmailMessage)
        return found


Answer = Callable[[Mail], str]
Taken = Callable[[str], str]


class Postbox:
    """`answer` may be set to what DATA gets, `envelope` to what MAIL FROM gets ("" is null)."""

    def __init__(self) -> None:
        self.port = free_port()
        self.mails: list[Mail] = []
        self.answer: Answer = lambda _mail: GOOD
        self.envelope: Taken = lambda _sender: GOOD
        self._controller: Controller | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        self._controller = Controller(
            self,
            hostname="127.0.0.1",
            port=self.port,
            authenticator=_authenticate,
            auth_require_tls=False,
            data_size_limit=0,
        )
        self._controller.start()

    def stop(self) -> None:
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if not session.authenticated:
            return "530 5.7.0 Authentication required"
        answer = self.envelope(address.strip("<>"))
        if answer == GOOD:
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return answer

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        raw = envelope.content
        assert isinstance(raw, bytes)
        mail = Mail(envelope.mail_from or "", tuple(envelope.rcpt_tos), raw)
        answer = self.answer(mail)
        if answer.startswith("250"):
            self.mails.append(mail)
        return answer


def _authenticate(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
) -> AuthResult:
    assert isinstance(data, LoginPassword)
    good = (data.login.decode(), data.password.decode()) == (LOGIN, PASSWORD)
    return AuthResult(success=good, handled=False)
