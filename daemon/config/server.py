"""The tables that say how to reach a server: [mailbox.imap] and [mailbox.smtp]."""

import ipaddress
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, ValidationInfo, field_validator, model_validator

from daemon.config.model import Located, Section
from daemon.config.secret import Secret

Tls = Literal["implicit", "starttls", "none"]


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:  # a name, which may lead anywhere
        return False


def _printable(text: str) -> str:
    """Text that may stand in a protocol line: a line break would start another command."""
    if not text or not text.isprintable():
        raise ValueError("must not be empty or have control characters")
    return text


def _host(text: str) -> str:
    if any(c.isspace() or c in "/:@" for c in text) and not is_loopback(text):
        raise ValueError(f"{text!r} is no host name: leave out scheme, port and path")
    return _printable(text)


def _after(text: str) -> str:
    if text not in {"nothing", "seen"} and not (text.startswith("move:") and len(text) > 5):
        raise ValueError(f"{text!r} is unknown: nothing, seen or move:FOLDER")
    return _printable(text)


Line = Annotated[str, AfterValidator(_printable)]
Host = Annotated[str, AfterValidator(_host)]


class Server(Section):
    """One server. `insecure = true` is the second word that plain text off this machine needs."""

    host: Host
    insecure: bool = False
    tls: Tls = "implicit"
    port: int = Field(default=0, ge=0, le=65535)  # 0 = the usual one for `tls`
    ca: Located | None = None  # PEM file of an authority of one's own

    @field_validator("tls")
    @classmethod
    def _plain_text_is_said_twice(cls, tls: Tls, info: ValidationInfo) -> Tls:
        where = info.data.get("host")
        if tls == "none" and where and not is_loopback(where) and not info.data.get("insecure"):
            raise ValueError(
                f'"none" would send the password to {where} in plain text; '
                "if you must, add insecure = true"
            )
        return tls


class Imap(Server):
    """A mailbox on a server. `junk` is "auto", a folder's name, or "" for none."""

    username: Line
    password: Secret
    folder: Line = "INBOX"
    junk: str = "auto"
    after: Annotated[str, AfterValidator(_after)] = "nothing"

    @property
    def where(self) -> int:
        return self.port or (993 if self.tls == "implicit" else 143)


class Smtp(Server):
    """The server that takes the replies. Without `username` it is spoken to without a login."""

    username: Line | None = None
    password: Secret | None = None

    @property
    def where(self) -> int:
        return self.port or {"implicit": 465, "starttls": 587, "none": 25}[self.tls]

    @model_validator(mode="after")
    def _both_or_neither(self) -> Self:
        if (self.username is None) != (self.password is None):
            raise ValueError("username and password belong together: give both or neither")
        return self
