"""The mail that answers a verdict."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from daemon.reply import wire
from daemon.reply.folding import field


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """`headers` are in clear, in the order in which they are written; `message_id` is bare."""

    subject: str
    text: str
    html: str
    headers: Mapping[str, str]
    to: str
    message_id: str

    def as_bytes(self) -> bytes:
        """The mail as it goes out: UTF-8 alone, CRLF, no line above 78 octets in the body.

        Raises ValueError for a header with a line end in it.
        """
        boundary = "=_" + sha256(self.message_id.encode()).hexdigest()[:32]
        head = b"".join(field(name, value) for name, value in self.headers.items())
        body = wire.alternatives(self.text, self.html, boundary)
        return wire.opening(boundary) + head + b"\r\n" + body
