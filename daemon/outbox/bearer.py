"""AUTH with a token in place of a password (RFC 4954)."""

import smtplib
from binascii import Error

from daemon.oauth import Access, Exchange, mechanism


def login(session: smtplib.SMTP, user: str, access: Access) -> None:
    """With the token we have; a server that refuses it is shown a new one, once.

    Raises smtplib's exceptions, and what `access` raises.
    """
    token = access.token()
    try:
        _present(session, user, token)
    except smtplib.SMTPAuthenticationError as refusal:  # it may be revoked before its time
        if refusal.smtp_code < 500:  # not now
            raise
        _present(session, user, access.another(token))


def _present(session: smtplib.SMTP, user: str, token: str) -> None:
    kind = mechanism(session.esmtp_features.get("auth", "").split())
    if kind is None:
        raise smtplib.SMTPNotSupportedError("the server offers neither XOAUTH2 nor OAUTHBEARER")
    exchange = Exchange(kind, user, token)

    def respond(challenge: bytes | None = None) -> str:
        return exchange.first() if challenge is None else exchange.answer(challenge)

    try:
        session.auth(kind, respond)
    except smtplib.SMTPAuthenticationError as refusal:
        said = f"{_text(refusal.smtp_error)} {exchange.said}".strip().replace(token, "***")
        raise smtplib.SMTPAuthenticationError(refusal.smtp_code, said.encode()) from None
    except Error:  # a challenge that is no base64
        raise smtplib.SMTPServerDisconnected("the server's challenge is not readable") from None


def _text(answer: bytes | str) -> str:
    return answer if isinstance(answer, str) else answer.decode("utf-8", "replace")
