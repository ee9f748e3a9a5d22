"""XOAUTH2 and OAUTHBEARER (RFC 7628): what we say, and what the server says when it refuses."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from daemon.log import plain

Mechanism = Literal["XOAUTH2", "OAUTHBEARER"]
_KNOWN: tuple[Mechanism, ...] = ("XOAUTH2", "OAUTHBEARER")


def mechanism(offered: Iterable[str]) -> Mechanism | None:
    """The one to use, of those the server offers; XOAUTH2 is what the large providers speak."""
    names = {name.upper() for name in offered}
    return next((known for known in _KNOWN if known in names), None)


@dataclass(slots=True)
class Exchange:
    """One attempt. `said` is the server's reason afterwards, "" when it gave none.

    A refusal comes as a challenge that holds JSON, and must be answered before the server says
    NO; an answer that held the token again would be one more guess at a password.
    """

    mechanism: Mechanism
    user: str
    token: str = field(repr=False)
    said: str = ""

    def first(self) -> str:
        """The initial response, not yet in base64."""
        if self.mechanism == "XOAUTH2":
            return f"user={self.user}\1auth=Bearer {self.token}\1\1"
        name = self.user.replace("=", "=3D").replace(",", "=2C")
        return f"n,a={name},\1auth=Bearer {self.token}\1\1"

    def answer(self, challenge: bytes) -> str:
        """To a challenge: empty for XOAUTH2, a single control-A for OAUTHBEARER."""
        self.said = plain(challenge.decode("utf-8", "replace"), limit=300)
        return "" if self.mechanism == "XOAUTH2" else "\1"
