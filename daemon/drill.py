"""A drill: a made-up submission goes through the real mailbox, and each step is timed.

It is sealed, so that the daemon knows it: judged like any mail, then put down as 演练, never a
version, never answered.
"""

import io
import secrets
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from daemon.config import Config
from daemon.config import Mailbox as Box
from daemon.errors import Unavailable
from daemon.ledger import Ledger, Queued, Trace
from daemon.outbox import Maildir, Postponed, Refused, Transport
from daemon.seal import HEADER, seal

LOOK = 1.0  # seconds between two looks into the ledger
DOCX = "vnd.openxmlformats-officedocument.wordprocessingml.document"
_DOCUMENT = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    "<w:p><w:r><w:t>演练 {name}</w:t></w:r></w:p></w:body></w:document>"
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="word/document.xml" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/officeDocument"/></Relationships>'
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """`well`: it went as it must."""

    at: datetime
    said: str
    well: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Drill:
    """`send` is the mailbox's way out; `look` is called between two looks, and waits or polls."""

    config: Config
    box: Box
    ledger: Ledger
    send: Transport
    clock: Callable[[], datetime]
    look: Callable[[], object]

    def steps(self, wait: timedelta) -> Iterator[Step]:
        """Each step as it is made. The last one is not well when the letter did not come."""
        name = secrets.token_hex(8)
        raw = letter(self.box, name, seal(self.config.state, self.box.address, name), self.clock())
        message_id = _message_id(self.box, name)
        yield Step(at=self.clock(), said=f"letter {name} is written, {len(raw)} bytes")
        yield self._sent(raw, message_id)
        until = self.clock() + wait
        while (found := self.ledger.trace(self.box.name, message_id)) is None:
            if self.clock() >= until:
                said = f"not read within {wait}: is the daemon running? `baosong doctor` says more"
                yield Step(at=self.clock(), said=said, well=False)
                return
            self.look()
        yield from _recorded(found)

    def _sent(self, raw: bytes, message_id: str) -> Step:
        """Raises Unavailable when the way out is closed."""
        reply = Queued(
            id=0,
            message=0,
            message_id=message_id,
            mailbox=self.box.name,
            to=self.box.address,
            subject="",
            attempts=0,
            created=self.clock(),
            raw=raw,
        )
        try:
            self.send.open()
            self.send.send(reply)
        except (Refused, Postponed) as error:  # the server does not take mail to ourselves
            raise Unavailable(f"sending to {self.box.address}", error) from error
        finally:
            self.send.close()
        return Step(at=self.clock(), said=f"handed over for {self.box.address}")


def way(box: Box, out: Transport | None) -> Transport | None:
    """Without SMTP a letter to ourselves is laid where a delivery agent would lay it."""
    if box.smtp is None and box.maildir is not None:
        return Maildir(box.maildir.path)
    return out


def letter(box: Box, name: str, mark: str, now: datetime) -> bytes:
    """A letter that claims no unit and no category: without its seal it is no submission either."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address("报送", addr_spec=box.address)
    mail["To"] = box.address
    mail["Subject"] = f"演练 {name}"
    mail["Date"] = now
    mail["Message-ID"] = f"<{_message_id(box, name)}>"
    mail["X-Baosong"] = "baosong; drill"
    mail[HEADER] = mark
    mail.set_content("这是报送系统的演练邮件，不是材料，无需处理。\n", cte="base64")
    mail.add_attachment(
        _document(name), maintype="application", subtype=DOCX, filename=f"演练{name}.docx"
    )
    return mail.as_bytes()


def _message_id(box: Box, name: str) -> str:
    return f"baosong.drill.{name}@{box.address.rpartition('@')[2]}"


def _document(name: str) -> bytes:
    """A real Word document, so that the inspection has something to open."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS)
        archive.writestr("word/document.xml", _DOCUMENT.format(name=name))
    return file.getvalue()


def _recorded(found: Trace) -> Iterator[Step]:
    yield Step(at=found.received, said=f"lies in the mailbox as UID {found.uid}")
    spooled = found.spool.is_file()
    said = f"raw copy {found.spool}" if spooled else f"the raw copy {found.spool} is not there"
    yield Step(at=found.recorded, said=said, well=spooled)
    known = found.status == "ignored" and found.reason == "演练"
    said = f"recorded as message {found.message}, {found.status} ({found.reason})"
    said += f", {found.files} file inspected"
    yield Step(at=found.recorded, said=said, well=known and found.files == 1)
    quiet = found.version is None and not found.answered
    said = "no version, no answer" if quiet else "it became a version, or was answered"
    yield Step(at=found.recorded, said=said, well=quiet)
