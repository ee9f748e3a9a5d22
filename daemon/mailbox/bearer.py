"""Logging in with a token in place of a password: AUTHENTICATE (RFC 9051) by hand.

imapclient sends the token again in answer to the server's reason, and loses the reason.
"""

from base64 import b64decode, b64encode
from binascii import Error
from contextlib import suppress
from dataclasses import dataclass
from imaplib import IMAP4
from typing import TYPE_CHECKING, Any

from daemon.mailbox.folder import LoginRefused
from daemon.oauth import Access, Exchange, mechanism

if TYPE_CHECKING:
    from daemon.mailbox.imap import Session


def login(session: "Session", access: Access, what: str) -> None:
    """With the token we have; a server that refuses it is shown a new one, once.

    Raises LoginRefused, and what `access` raises.
    """
    token = access.token()
    with suppress(LoginRefused):  # a token may be revoked before its time
        _present(session, token, what)
        return
    _present(session, access.another(token), what)


def _present(session: "Session", token: str, what: str) -> None:
    client = session.client
    with session.attempting(what):
        offered = [name.decode("ascii", "replace") for name in client.capabilities()]
    kind = mechanism(name.removeprefix("AUTH=") for name in offered if name.startswith("AUTH="))
    if kind is None:
        raise LoginRefused(what, "the server offers neither XOAUTH2 nor OAUTHBEARER")
    exchange = Exchange(kind, session.imap.username, token)
    at_once = "SASL-IR" in offered
    try:
        said = b64encode(exchange.first().encode()).decode()
        with session.attempting(what, secret=(token, said), refusal=LoginRefused):
            _authenticate(client._imap, exchange, at_once=at_once)
    except LoginRefused as refusal:
        reason = exchange.said.replace(token, "***")
        raise LoginRefused(what, f"{refusal.cause} {reason}".strip()) from None
    client._cached_capabilities = None  # those of before the login


def _authenticate(imap: Any, exchange: Exchange, *, at_once: bool) -> None:
    """`at_once` saves a round trip (RFC 4959): the token goes with the command."""
    dialogue = Dialogue(exchange, told=at_once)
    imap.literal = dialogue.respond  # imaplib tells a bound method from a literal by its type
    first = [dialogue.first.decode()] if at_once else []
    status, said = imap._simple_command("AUTHENTICATE", exchange.mechanism, *first)
    if status != "OK":
        raise IMAP4.error(said[-1])
    imap.state = "AUTH"


@dataclass(slots=True)
class Dialogue:
    """What is said to each challenge; `told`: the token has been said."""

    exchange: Exchange
    told: bool

    @property
    def first(self) -> bytes:
        return b64encode(self.exchange.first().encode())

    def respond(self, challenge: bytes) -> bytes:
        if not self.told:
            self.told = True
            return self.first
        return b64encode(self.exchange.answer(_decoded(challenge)).encode())


def _decoded(challenge: bytes) -> bytes:
    """The server's JSON; as it came when it is no base64."""
    try:
        return b64decode(challenge)
    except Error:
        return challenge
