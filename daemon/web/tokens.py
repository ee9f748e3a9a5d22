"""Tokens: what a cookie holds, what the ledger knows of it, and what a form must say."""

import hmac
import secrets
from hashlib import sha256

BYTES = 32


def fresh() -> str:
    return secrets.token_urlsafe(BYTES)


def digest(token: str) -> str:
    """What is written down of a token: enough to know it again, not to be it."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def seal(secret: str, purpose: str) -> str:
    """A token derived from another one, for one purpose. Neither tells the other."""
    return hmac.new(secret.encode("utf-8", "replace"), purpose.encode(), sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """In constant time."""
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))
