"""The mail that answers a verdict."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.header import Header
from email.message import Message as Mime
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from hashlib import sha256

# The older policy folds References between identifiers; the newer one encodes the long ones.
POLICY = compat32.clone(linesep="\r\n")


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
        """The mail as it goes out: UTF-8 alone, CRLF, no line above 78 octets in the body."""
        mail = MIMEMultipart("alternative", self._boundary(), policy=POLICY)
        mail.attach(part(self.text, "plain"))
        mail.attach(part(self.html, "html"))
        for name, value in self.headers.items():
            _set(mail, name, value)
        return mail.as_bytes(policy=POLICY)

    def _boundary(self) -> str:
        return "=_" + sha256(self.message_id.encode()).hexdigest()[:32]


def part(text: str, subtype: str) -> MIMEText:
    part = MIMEText(text.replace("\n", "\r\n"), subtype, "utf-8", policy=POLICY)
    del part["MIME-Version"]
    return part


def _set(mail: Mime, name: str, value: str) -> None:
    """Only the words before an address are encoded. Line ends must not be in `value`."""
    if re.search(r"[\r\n\0]", name + value):
        raise ValueError(f"a line end in the header {name}")
    words, bracket, address = value.rpartition(" <") if value.endswith(">") else (value, "", "")
    if value.isascii():
        mail[name] = value
    else:
        encoded = Header(words, "utf-8", maxlinelen=70, header_name=name).encode(linesep="\r\n")
        mail[name] = encoded + bracket + address
