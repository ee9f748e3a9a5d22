"""Servers that take a token of our own provider in place of a password."""

from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from aiosmtpd.smtp import SMTP, AuthResult

from tests.servers.dovecot import Dovecot, free_port
from tests.servers.letterbox import Letterbox
from tests.servers.oauth import CLIENT, SECRET, Provider
from tests.servers.postbox import Postbox

REASON = b'{"status":"401","schemes":"bearer","scope":"mail"}'


class VouchedPostbox(Postbox):
    """SMTP that asks `whose` a token is, and says why it refuses one. `seen`: every attempt."""

    def __init__(self, whose: Callable[[str], str]) -> None:
        super().__init__()
        self.whose = whose
        self.seen: list[tuple[str, bool]] = []
        self.answers: list[bytes] = []  # what came in answer to our reason

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:  # noqa: N802
        """`user=NAME^Aauth=Bearer TOKEN^A^A`, in base64."""
        words = b64decode(args[1]).decode().split("\1")
        user, token = words[0].removeprefix("user="), words[1].removeprefix("auth=Bearer ")
        good = words[2:] == ["", ""] and self.whose(token) == user != ""
        self.seen.append((user, good))
        if not good:
            answer = await server.challenge_auth(REASON)
            self.answers.append(answer if isinstance(answer, bytes) else b"nothing")
        return AuthResult(success=good, handled=False)


@dataclass
class Vouched:
    """A Dovecot and an SMTP server that both trust one provider."""

    dovecot: Dovecot
    provider: Provider
    postbox: VouchedPostbox
    _count: list[str] = field(default_factory=list)

    def account(self) -> Letterbox:
        name = f"office{len(self._count)}.{self.postbox.port}@example.org"
        self._count.append(name)
        return Letterbox(self.dovecot, self.dovecot.account(name))

    def oauth(self, **more: str) -> dict[str, object]:
        """The table of the configuration. With `authorize_url` alone a person pastes an address."""
        url = self.provider.url
        words: dict[str, object] = {
            "provider": "other",
            "client_id": CLIENT,
            "client_secret": SECRET,
            "token_url": f"{url}/token",
            "authorize_url": f"{url}/authorize",
            "scope": "mail offline_access",
        }
        return words | more


class VouchingDovecot:
    """A Dovecot that asks at one port; which provider answers there is each test's affair."""

    def __init__(self) -> None:
        self.port = free_port()
        self._folder = TemporaryDirectory(prefix="baosong-vouched-")
        url = f"http://127.0.0.1:{self.port}/introspect"
        self.dovecot = Dovecot(Path(self._folder.name), vouching=url)

    def __enter__(self) -> Self:
        self.dovecot.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.dovecot.stop()
        self._folder.cleanup()
